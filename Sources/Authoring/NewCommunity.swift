import StoaAddresses
import StoaHistory
import StoaIntake
import StoaLoad
package import StoaModel
import StoaPlatform
import StoaStarter
package import StoaSystem
import StoaYAML

/// A new community: a few files that build without further setup.
package struct NewCommunity: Sendable {
  /// The result for one file.
  package struct Made: Sendable {
    /// Its path below the community's folder.
    package let path: String
    /// False when the file existed already; it is not changed.
    package let isNew: Bool
  }

  /// The options of the command line; an option that is nil is detected, or left open.
  package struct Choices: Sendable {
    package var title: String?
    /// The site's URL.
    package var url: String?
    package var forge: Settings.Forge.Kind?

    package init() {}
  }

  /// A step that is left before the site can be published.
  package enum Task: Sendable {
    /// Set `url` in stoa.yml, and the repository below `forge`.
    case settings(needsURL: Bool, needsForge: Bool)
    /// Tell .ci/install-stoa where to get Stoa from.
    case installation
    /// Publishing has to be enabled in the forge's settings first.
    case publishing(Settings.Forge.Kind)

    /// The file, or the section of the forge's settings.
    package var place: String {
      switch self {
      case .settings: "stoa.yml"
      case .installation: ".ci/install-stoa"
      case .publishing(.github): "Settings, Pages (GitHub)"
      case .publishing: "Settings, Units (Forgejo)"
      }
    }

    /// What to do there.
    package var action: String {
      switch self {
      case .settings(true, true):
        "set url to the site's address, and below forge where the repository is"
      case .settings(true, false): "set url to the site's address"
      case .settings: "set, below forge, where the repository is"
      case .installation: "set the address of Stoa's repository"
      case .publishing(.github): "Source: GitHub Actions"
      case .publishing: "Actions, if the workflow is not started by a push"
      }
    }
  }

  private let folder: String
  private let values: [String: String]
  /// The kind of forge that hosts the community; nil if it is unknown.
  private let forge: Settings.Forge.Kind?
  /// Whether the first documents are signed with the placeholder, because git has no name that may be shown.
  package let hasPlaceholder: Bool
  package let tasks: [Task]

  /// - Parameters:
  ///   - folder: the absolute path of the community's folder, which need not exist.
  ///   - git: the absolute path of git; nil when it is not installed.
  ///   - seconds: the time since 1970.
  ///   - checkout: the folder of Stoa's own source, if the program was built in it; otherwise nil.
  package init(
    folder: String, git: String?, seconds: Int64, checkout: String?, choices: Choices = Choices()
  ) {
    self.folder = folder
    let repository =
      Self.exists(folder)
      ? git.flatMap { gitRepository(at: folder, git: $0) } : nil
    let remote = repository?.remote.flatMap { RemoteRepository(remote: $0) }
    let kind = choices.forge ?? remote?.kind
    let url = choices.url ?? remote?.site
    let name = remote?.name ?? folder.split(separator: "/").last.map(String.init) ?? ""
    let title = choices.title ?? Self.title(from: name)
    let now = Timestamp(seconds: seconds, offset: 0, isDay: true)
    let source = StoaSource(checkout: checkout, git: git)
    let author = AuthoringContext.userName(in: Self.existing(folder), git: git)
    hasPlaceholder = author == nil
    forge = kind
    let hasForge = kind != nil && remote != nil
    let found: [Task?] = [
      source.isKnown ? nil : .installation,
      url == nil || !hasForge ? .settings(needsURL: url == nil, needsForge: !hasForge) : nil,
    ]
    tasks = found.compactMap { $0 } + Self.publishing(on: kind)
    let todo = tasks.map { "- \($0.place): \($0.action).\n" }.joined()
    var generator = SystemRandomNumberGenerator()
    values = [
      "title": FrontMatterText.scalar(title), "name": title,
      "author": FrontMatterText.scalar(author ?? PlaceholderName.text),
      "date": now.day.description,
      "id": ResponseIdentifier.make(on: now.day, using: &generator),
      "feed-id": Self.feedName(on: now.day, using: &generator),
      "url": url.map { "url: \($0)" } ?? "# url: https://notes.example",
      "forge": Self.forgeSettings(kind, remote, branch: repository?.branch),
      "tasks": todo.isEmpty ? "" : "Before the site can be published, once:\n\n\(todo)\n",
      "workflows": Self.workflows(of: kind),
      "repository": source.repository, "version": source.version,
      "image": source.image,
      "container": source.isReleased ? "" : "\n    container: \(source.image)",
      "runner": remote?.runner ?? "docker",
      "schema": StoaSource.schemaAddress.map { "# yaml-language-server: $schema=\($0)\n" } ?? "",
      "guide": Release.repository.map {
        ":\n# content/posts/format-reference.md in \($0)"
      } ?? " to Stoa",
    ]
  }

  /// The `forge` section of stoa.yml, for the repository.
  private static func forgeSettings(
    _ kind: Settings.Forge.Kind?, _ remote: RemoteRepository?, branch: String?
  ) -> String {
    let branch =
      branch.flatMap { $0 == "main" ? nil : "\n  branch: \(FrontMatterText.scalar($0))" } ?? ""
    let address = remote?.address ?? "https://github.com/your-name/your-repository"
    let text = "forge:\n  kind: \(kind?.rawValue ?? "github")\n  url: \(address)\(branch)"
    guard kind == nil || remote == nil else { return text }
    return "# " + text.split(separator: "\n").joined(separator: "\n# ")
  }

  /// What to switch on at the forge before it publishes; at each that needs it if the kind is unknown.
  private static func publishing(on kind: Settings.Forge.Kind?) -> [Task] {
    let kinds: [Settings.Forge.Kind] = kind.map { [$0] } ?? [.github, .forgejo]
    return kinds.filter { $0 != .gitlab }.map { Task.publishing($0) }
  }

  /// The existing workflows that publish, as the README names them.
  private static func workflows(of kind: Settings.Forge.Kind?) -> String {
    let paths = files(of: kind).map(\.path)
      .filter { $0.hasSuffix("/site.yml") || $0 == ".gitlab-ci.yml" }.map { "[\($0)](\($0))" }
    guard paths.count > 1, let last = paths.last else { return "\(paths.joined()) says how." }
    return
      "\(paths.dropLast().joined(separator: ", ")) and \(last) say how, for three kinds of forges. "
      + "Delete the two that you do not need."
  }

  /// The files of a community on a forge; those for all forges if the kind is unknown.
  private static func files(of kind: Settings.Forge.Kind?) -> [Starter.File] {
    Starter.files.filter { $0.forge == nil || kind == nil || $0.forge == kind?.rawValue }
  }

  /// A unique name below a reserved domain: the community may have no URL yet, and a URL may change.
  private static func feedName(
    on day: CalendarDay, using generator: inout some RandomNumberGenerator
  ) -> String {
    let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
    let name = (0..<10).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] }
    return "\(String(name)).stoa.invalid,\(day)"
  }

  /// Writes the files that are missing.
  package func make() throws(InputError) -> [Made] {
    let root = try RootFolder.making(folder)
    var made: [Made] = []
    for file in Self.files(of: forge) {
      let path = fill(file.path)
      let isNew = try root.create(
        path, Array(fill(String(decoding: file.bytes, as: UTF8.self)).utf8),
        isExecutable: file.isExecutable)
      made.append(Made(path: path, isNew: isNew))
    }
    return made
  }

  /// Whether the folder already holds a community.
  package var isThere: Bool { Self.exists("\(folder)/stoa.yml") }

  /// Replaces `@name@` by its value.
  private func fill(_ text: String) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
      filled += rest[..<open]
      rest = rest[open...]
      let name = rest.dropFirst().prefix { $0 != "@" && $0 != "\n" && $0 != " " }
      let end = rest.utf8.index(open, offsetBy: name.utf8.count + 1)
      if end < rest.endIndex, rest[end] == "@", let value = values[String(name)] {
        filled += value
        rest = rest[rest.utf8.index(after: end)...]
      } else {
        filled += "@"
        rest = rest.dropFirst()
      }
    }
    return filled + rest
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The folder, or its nearest ancestor that exists.
  private static func existing(_ folder: String) -> String {
    var path = folder[...]
    while !path.isEmpty, !Self.exists(String(path)) {
      path = path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
    }
    return path.isEmpty ? "/" : String(path)
  }

  /// “My notes” from `my-notes`.
  private static func title(from name: String) -> String {
    let words = name.unicodeScalars.map { Slug.isLetterOrDigit($0) ? Character($0) : " " }
    let title = String(words).split(separator: " ").joined(separator: " ")
    guard let first = title.first else { return "A community" }
    return first.uppercased() + title.dropFirst()
  }
}

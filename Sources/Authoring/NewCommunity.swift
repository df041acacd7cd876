import StoaAddresses
import StoaHistory
import StoaIntake
import StoaLoad
import StoaModel
import StoaStarter
import StoaYAML

/// A community that begins: a few files that build, and nothing that anybody has to answer first.
package struct NewCommunity: Sendable {
  /// What was made of one file.
  package struct Made: Sendable {
    /// Its path below the community's folder.
    package let path: String
    /// False when a file of that name was there, which stays as it is.
    package let isNew: Bool
  }

  private let folder: String
  private let values: [String: String]
  /// Whether the first texts are signed with the placeholder, because git has no name that may be shown.
  package let hasPlaceholder: Bool
  /// Whether the workflows know where to get Stoa: the program was built in a clone of a repository on the web.
  package let knowsRepository: Bool

  /// - Parameters:
  ///   - folder: the absolute path of the community's folder, which need not be there.
  ///   - git: the absolute path of git; nil when it is not installed.
  ///   - seconds: the time since 1970.
  ///   - checkout: the folder of Stoa's own source, where the program was built; nil when it is elsewhere.
  package init(folder: String, git: String?, seconds: Int64, checkout: String?) {
    self.folder = folder
    let name = folder.split(separator: "/").last.map(String.init) ?? ""
    let title = Self.title(from: name)
    let now = Timestamp(seconds: seconds, offset: 0, isDay: true)
    let origin = checkout.flatMap { checkout in git.flatMap { gitOrigin(of: checkout, git: $0) } }
    let author = AuthoringContext.userName(in: Self.existing(folder), git: git)
    hasPlaceholder = author == nil
    knowsRepository = origin != nil
    var generator = SystemRandomNumberGenerator()
    values = [
      "title": FrontMatterText.scalar(title), "name": title,
      "author": FrontMatterText.scalar(author ?? PlaceholderName.text),
      "date": now.day.description,
      "id": ResponseIdentifier.make(on: now.day, using: &generator),
      "feed-id": Self.feedName(on: now.day, using: &generator),
      "repository": origin?.repository ?? "https://forge.example/stoa",
      "version": origin?.revision ?? "main",
    ]
  }

  /// A unique name below a reserved domain: the community may have no address yet, and an address may change.
  private static func feedName(
    on day: CalendarDay, using generator: inout some RandomNumberGenerator
  ) -> String {
    let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
    let name = (0..<10).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] }
    return "\(String(name)).stoa.invalid,\(day)"
  }

  /// Makes the files that are missing.
  package func make() throws(AuthoringError) -> [Made] {
    var made: [Made] = []
    for file in Starter.files {
      let path = fill(file.path)
      let isNew = try NewFile.create(
        "\(folder)/\(path)", Array(fill(String(decoding: file.bytes, as: UTF8.self)).utf8),
        isExecutable: file.isExecutable)
      made.append(Made(path: path, isNew: isNew))
    }
    return made
  }

  /// Whether a community is there already.
  package var isThere: Bool { NewFile.exists("\(folder)/stoa.yml") }

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

  /// The folder, or the nearest above it that is there already.
  private static func existing(_ folder: String) -> String {
    var path = folder[...]
    while !path.isEmpty, !NewFile.exists(String(path)) {
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

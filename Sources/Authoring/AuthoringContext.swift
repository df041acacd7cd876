import StoaAddresses
import StoaHistory
import StoaLoad
import StoaModel
import StoaYAML

/// A file that was made for an author to fill in.
package struct NewText: Sendable {
  /// Its path below the folder of stoa.yml.
  package let file: String
  /// Whether it has the placeholder instead of a name.
  package let hasPlaceholder: Bool
}

/// A community as its authors need it: the existing items, the user's own name, and the time.
package struct AuthoringContext: Sendable {
  package let root: String
  let sources: Sources
  /// The user's name; nil when git has none, or one that may not be shown.
  private let userName: String?
  /// The current time, in the community's zone.
  let now: Timestamp

  /// Reads a community.
  ///
  /// - Parameters:
  ///   - root: the absolute path of the folder of stoa.yml.
  ///   - git: the absolute path of git; nil when it is not installed.
  ///   - seconds: the time since 1970.
  package init(root: String, git: String?, seconds: Int64, jobs: Int) async throws {
    self.root = root
    sources = try await load(from: root, options: LoadOptions(jobs: jobs))
    userName = Self.userName(in: root, git: git)
    now = sources.dates.timestamp(atInstant: seconds)
  }

  /// The name that git would put on a commit in a folder; nil when there is none, when it may not be shown, or when it was copied
  /// from an example.
  package static func userName(in folder: String, git: String?) -> String? {
    guard let name = git.flatMap({ gitUserName(in: folder, git: $0) }),
      !PlaceholderName.matches(name)
    else { return nil }
    return name
  }

  /// The value of `author` for this user in all documents: their handle, the name they have written under, or git's name for them;
  /// the placeholder when there is none.
  var signature: String {
    userName.map { author(named: $0) ?? $0 } ?? PlaceholderName.text
  }

  /// A contributor by handle, name or alias, or by the name under which they have written.
  func author(named name: String) -> String? {
    let key = NameKey(name)
    if let contributor = sources.contributors.first(where: { $0.item.isCalled(key) }) {
      return contributor.item.handle
    }
    return authorNames.first { NameKey($0) == key || Slug.make(from: $0) == name }
  }

  /// All names that can be given as an author.
  var knownNames: [String] {
    sources.contributors.flatMap { [$0.item.handle] + ($0.item.name.map { [$0.value] } ?? []) }
      + authorNames
  }

  private var authorNames: [String] {
    sources.posts.flatMap { $0.item.authors.map(\.value) }
      + sources.responses.compactMap { response in
        guard case .author(let name)? = response.item.voice else { return nil }
        return name.value
      }
  }

  /// The current time, to the second, in UTC.
  var iso8601: String {
    Timestamp(seconds: now.seconds, offset: 0, isDay: false).iso8601
  }
}

extension Contributor {
  fileprivate func isCalled(_ key: NameKey) -> Bool {
    NameKey(handle) == key || name.map { NameKey($0.value) } == key
      || aliases.contains { NameKey($0.value) == key }
  }
}

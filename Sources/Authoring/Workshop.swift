internal import StoaAddresses
internal import StoaHistory
internal import StoaLoad
internal import StoaModel
internal import StoaYAML

/// A community as whoever writes for it needs to know it: what there is, who they are, and what time it is.
package struct Workshop: Sendable {
  package let root: String
  internal let sources: Sources
  /// The name that git would put on a commit; nil when it has none, or one that may not be shown.
  internal let userName: String?
  /// When this is, in the community's zone.
  internal let now: Moment

  /// Reads a community.
  ///
  /// - Parameters:
  ///   - root: the absolute path of the folder of stoa.yml.
  ///   - git: the absolute path of git; nil when it is not installed.
  ///   - seconds: the time since 1970.
  package init(root: String, git: String?, seconds: Int64, jobs: Int) async throws {
    self.root = root
    sources = try await load(from: root, options: LoadOptions(jobs: jobs))
    userName = git.flatMap { gitUserName(in: root, git: $0) }
    now = sources.dates.moment(atInstant: seconds)
  }

  /// Whether files are signed “Your Name”, because git has no name that may be shown.
  package var authorIsUnknown: Bool { userName == nil }

  /// What stands below `author` for this user: their handle, the name under which they have written, or nil for a stranger.
  internal var knownAuthor: String? { userName.flatMap(author(named:)) }

  /// A contributor by handle, name or alias, or by the name under which they have written.
  internal func author(named name: String) -> String? {
    let key = NameKey(name)
    if let contributor = sources.contributors.first(where: { $0.item.isCalled(key) }) {
      return contributor.item.handle
    }
    return authorNames.first { NameKey($0) == key || Slug.make(from: $0) == name }
  }

  /// Everybody who can be named as an author.
  internal var knownNames: [String] {
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

  /// Today in the community's zone, as front matter writes it.
  internal var today: String { now.day.description }

  /// Now, to the second, in UTC.
  internal var timestamp: String {
    Moment(seconds: now.seconds, offset: 0, isDay: false).timestamp
  }
}

extension Contributor {
  fileprivate func isCalled(_ key: NameKey) -> Bool {
    NameKey(handle) == key || name.map { NameKey($0.value) } == key
      || aliases.contains { NameKey($0.value) == key }
  }
}

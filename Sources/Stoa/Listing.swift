import StoaAddresses
import StoaLink
import StoaLoad
package import StoaModel
import StoaParse
import StoaSelect

/// The lists of `stoa list`.
package enum Listing: String, Sendable, CaseIterable {
  case drafts
  case scheduled
  case unanswered
  case guests
  case closed
  case removed
  case conflicts
  case overdue
  case gaps

  /// A description of the list.
  package var summary: String {
    switch self {
    case .drafts: "posts that are marked as drafts"
    case .scheduled: "posts and responses dated after today"
    case .unanswered: "open posts without responses by others"
    case .guests: "responses by guests"
    case .closed: "posts that take no more responses"
    case .removed: "posts and responses that were removed"
    case .conflicts: "files with a name that another file has"
    case .overdue: "posts that are overdue for review"
    case .gaps: "posts about one subject that are not connected"
    }
  }

  /// A line of a list.
  package struct Entry: Sendable {
    /// Nil if front matter has none.
    package let date: Timestamp?
    package let file: String
    /// A title, a name or a reason.
    package let text: String
  }
}

/// Lists what an audience would see, without a build; newest first, then by file.
package func list(_ listing: Listing, _ options: BuildOptions) async throws -> [Listing.Entry] {
  try await Lists(options, with: [listing]).entries(of: listing)
}

/// All lists, in order.
package func lists(
  _ options: BuildOptions
) async throws -> [(listing: Listing, entries: [Listing.Entry])] {
  let lists = try await Lists(options, with: Listing.allCases)
  return Listing.allCases.map { ($0, lists.entries(of: $0)) }
}

/// The selected items that lists are made from.
private struct Lists {
  /// With drafts and scheduled items.
  private let all: Selected
  private let due: Selected
  private let titles: [String: String]
  private var gaps: [Listing.Entry] = []

  /// - Parameter listings: the lists that are needed; only gaps require parsing.
  init(_ options: BuildOptions, with listings: [Listing]) async throws {
    let sources = try await load(from: options.root, options: options.loading)
    var selection = try options.selection(for: sources)
    if options.audience == nil { selection.audience = Audience(rank: 0) }
    selection.includesDrafts = false
    due = select(sources, options: selection)
    selection.includesDrafts = true
    all = select(sources, options: selection)
    titles = Dictionary(
      sources.posts.map { ($0.item.file, $0.shownTitle) }, uniquingKeysWith: { first, _ in first })
    guard listings.contains(.gaps) else { return }
    let community = await link(
      try await parse(due, workers: options.workers), jobs: options.jobs)
    gaps = community.gaps.filter(\.bridges.isEmpty).map { gap in
      let (newer, older) = (
        community.conversations[gap.newer], community.conversations[gap.older]
      )
      return Listing.Entry(
        date: newer.date, file: newer.post.file,
        text: "\(older.post.file): \(gap.words.joined(separator: ", "))")
    }
  }

  func entries(of listing: Listing) -> [Listing.Entry] {
    let entries: [Listing.Entry] =
      switch listing {
      case .drafts: all.posts.filter { $0.status == .draft }.map { entry($0.item) }
      case .scheduled:
        all.posts.filter { $0.status == .scheduled }.map { entry($0.item) }
          + all.responses.filter { $0.status == .scheduled }.map { entry($0.item) }
      case .unanswered: unanswered
      case .guests: guests
      case .closed: due.posts.map(\.item).filter { !$0.acceptsResponses }.map { entry($0) }
      case .removed:
        due.posts.map(\.item).compactMap { post in post.removed.map { entry(post, $0) } }
          + due.responses.map(\.item).compactMap { response in
            response.removed.map { entry(response, $0) }
          }
      case .conflicts: conflicts
      case .overdue: due.posts.map(\.item).filter(\.isOverdue).map { entry($0) }
      case .gaps: gaps
      }
    return entries.sorted { left, right in
      let (first, second) = (left.date?.seconds ?? .max, right.date?.seconds ?? .max)
      if first != second { return first > second }
      return left.file == right.file
        ? left.text.precedes(right.text) : left.file.precedes(right.file)
    }
  }

  /// Guests' responses that no contributor claims.
  private var guests: [Listing.Entry] {
    let claimed = Set(
      due.contributors.flatMap { $0.item.claims.compactMap { Contributor.Claim($0.value) } })
    return due.responses.map(\.item).filter {
      $0.removed == nil && $0.isByGuest
        && !claimed.contains(Contributor.Claim(post: $0.postSlug, id: $0.id))
    }.map { entry($0) }
  }

  private func entry(_ post: Post, _ text: String? = nil) -> Listing.Entry {
    Listing.Entry(
      date: post.date, file: post.file, text: text ?? titles[post.file] ?? post.slug)
  }

  private func entry(_ response: Response, _ text: String? = nil) -> Listing.Entry {
    Listing.Entry(
      date: response.date, file: response.file, text: text ?? response.voice?.name ?? "")
  }

  // MARK: Answers

  /// Open posts without responses from anyone except their authors.
  private var unanswered: [Listing.Entry] {
    var handles: [NameKey: String] = [:]
    for person in due.contributors.map(\.item) {
      for key in person.keys where handles[key] == nil { handles[key] = person.handle }
    }
    let person = { (name: String) in NameKey(handles[NameKey(name)] ?? name) }
    let posts = due.posts.map(\.item)
    let authors = Dictionary(
      posts.map { ($0.slug, Set($0.authors.map { person($0.value) })) }, uniquingKeysWith: { $1 })
    var claimants: [Contributor.Claim: String] = [:]
    for contributor in due.contributors.map(\.item) {
      for claim in contributor.claims.compactMap({ Contributor.Claim($0.value) }) {
        claimants[claim] = contributor.handle
      }
    }
    var answered: Set<String> = []
    for response in due.responses.map(\.item) where response.isCounted {
      let claim = Contributor.Claim(post: response.postSlug, id: response.id)
      let name: String? =
        switch response.voice {
        case .author(let name)?: name.value
        case .guest?: claimants[claim]
        case nil: nil
        }
      if let name, authors[response.postSlug]?.contains(person(name)) == true { continue }
      answered.insert(response.postSlug)
    }
    // A response to one of the posts that say the same in different languages answers all of them.
    let originals = Dictionary(
      posts.compactMap { post in post.translationOf.map { (post.slug, $0.value) } },
      uniquingKeysWith: { $1 })
    let original = { (slug: String) in originals[slug] ?? slug }
    let answeredTexts = Set(answered.map(original))
    let guidePages = Set(
      due.topics.map(\.item).filter(\.isGuide).flatMap { $0.order.flatMap(\.posts).map(\.value) })
    return posts.filter {
      $0.awaitsFirstAnswer(
        isAnswered: answered.contains($0.slug) || answeredTexts.contains(original($0.slug)),
        isGuidePage: guidePages.contains($0.slug))
    }.map { entry($0) }
  }

  // MARK: Names

  /// Files with a name that another of their kind has: a slug, a handle, a title or an alias.
  private var conflicts: [Listing.Entry] {
    let texts =
      all.posts.map { ($0.item.file, $0.item.date, [$0.item.slug]) }
      + all.pages.map { ($0.item.file, Timestamp?.none, [$0.item.slug]) }
    let people = all.contributors.map(\.item).map {
      (
        $0.file, Timestamp?.none,
        [$0.handle] + ($0.name.map { [$0.value] } ?? []) + $0.aliases.map(\.value)
      )
    }
    let topics = all.topics.map(\.item).map {
      (
        $0.file, Timestamp?.none,
        [$0.slug] + ($0.title.map { [$0.value] } ?? []) + $0.aliases.map(\.value)
      )
    }
    return [texts, people, topics].flatMap(Self.conflicts)
  }

  private static func conflicts(
    among files: [(file: String, date: Timestamp?, names: [String])]
  ) -> [Listing.Entry] {
    var bearers: [NameKey: [Int]] = [:]
    for (index, file) in files.enumerated() {
      for key in Set(file.names.map { NameKey($0) }) { bearers[key, default: []].append(index) }
    }
    return files.flatMap { file in
      var seen: Set<NameKey> = []
      return file.names.filter { name in
        let key = NameKey(name)
        return (bearers[key]?.count ?? 0) > 1 && seen.insert(key).inserted
      }.map { Listing.Entry(date: file.date, file: file.file, text: $0) }
    }
  }
}

extension Response {
  fileprivate var isByGuest: Bool {
    if case .guest? = voice { true } else { false }
  }
}

extension Response.Voice {
  fileprivate var name: String {
    switch self {
    case .author(let name): name.value
    case .guest(let name, _): name
    }
  }
}

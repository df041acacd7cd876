import StoaLoad
import StoaModel

/// Decides the audience of each response: at most that of what it answers, and none without it.
///
/// It also decides about files that should be responses but could not be read, because their diagnostics have the same audience.
struct ResponseStanding {
  /// The decision about one response in this build.
  struct Decision {
    /// The index in the list of responses; unread files come after all items.
    let index: Int
    let audience: Audience
    let status: ItemStatus?
    let isShown: Bool
    /// Whether it would be shown if it, and what it answers, could be read.
    let isUnread: Bool
    /// Whether its diagnostics are reported although it is not shown, because its audience is known.
    let isTold: Bool
    /// Whether diagnostics about a file that answers it may be reported.
    let isOpen: Bool
    let tooWide: TooWide?
  }

  /// A response that declares a wider audience than what it answers.
  ///
  /// A class, to keep decisions small: few of them have one.
  final class TooWide {
    private let location: SourceLocation
    private let claimed: Audience
    private let held: Audience

    fileprivate init(location: SourceLocation, claimed: Audience, held: Audience) {
      self.location = location
      self.claimed = claimed
      self.held = held
    }

    func diagnostic(names: Settings) -> Diagnostic {
      Diagnostic(
        .audienceTooWide, at: location,
        "a response for “\(names.name(of: claimed))” answers a document that is only for “\(names.name(of: held))”",
        suggestion: "take the line out: a response has the audience of what it answers")
    }
  }

  private struct Standing {
    let audience: Audience
    let isShown: Bool
    var isUnread = false
    var isTold = false
    /// Whether diagnostics about a file that answers this may be reported.
    var isOpen: Bool
  }

  /// By slug.
  ///
  /// Two posts with one slug are an error; until it is fixed, their responses have the narrower audience.
  private var posts: [String: Standing] = [:]
  private let gate: Gate
  /// The audience of responses to a missing post, or to one without an audience.
  private let orphanAudience: Audience

  init(gate: Gate, orphanAudience: Audience) {
    self.gate = gate
    self.orphanAudience = orphanAudience
  }

  /// - Parameter isHeldBack: whether only a mistake keeps the post from being shown.
  mutating func add(
    post slug: String, audience: Audience, isShown: Bool, isHeldBack: Bool = false
  ) {
    let before = posts[slug]
    let isTold = isHeldBack && before?.isShown ?? true
    posts[slug] = Standing(
      audience: min(audience, before?.audience ?? audience),
      isShown: isShown && before?.isShown ?? true, isUnread: isTold, isTold: isTold,
      isOpen: (isShown || isHeldBack) && before?.isOpen ?? true)
  }

  /// Adds a post that could not be read: its responses are not shown, even if another post has the same name.
  ///
  /// - Parameters:
  ///   - audience: the widest audience that it may have.
  ///   - isTold: whether this build may report it.
  mutating func add(unreadPost slug: String, audience: Audience, isTold: Bool) {
    let before = posts[slug]
    posts[slug] = Standing(
      audience: min(audience, before?.audience ?? audience), isShown: false,
      isOpen: isTold && before?.isOpen ?? true)
  }

  /// The shown responses, those that only an error hides, and the unread files that this build may report.
  ///
  /// A response to a post that does not exist has the audience of a post without one, so that the mistake is reported; Link leaves
  /// it out.
  func decide(_ responses: [Loaded<Response>], _ unread: [UnreadFile]) -> [Decision] {
    let subjects = Subjects(responses: responses, unread: unread)
    var decided = [Decision?](repeating: nil, count: subjects.count)
    for (slug, members) in Self.grouped(subjects) {
      let orphan = Standing(audience: orphanAudience, isShown: true, isOpen: true)
      decide(members, of: subjects, post: posts[slug] ?? orphan, &decided)
    }
    return decided.compactMap { decision in
      decision.flatMap { $0.isShown || $0.isUnread ? $0 : nil }
    }
  }

  /// Responses, and after them the unread files that should be responses.
  private struct Subjects {
    let responses: [Loaded<Response>]
    let unread: [UnreadFile]

    var count: Int { responses.count + unread.count }

    func item(_ index: Int) -> Response? {
      index < responses.count ? responses[index].item : nil
    }

    func file(_ index: Int) -> UnreadFile? {
      index < responses.count ? nil : unread[index - responses.count]
    }

    func postSlug(_ index: Int) -> String {
      if let item = item(index) { return item.postSlug }
      if case .response(let post)? = file(index)?.kind { return post }
      return ""
    }

    func id(_ index: Int) -> String { item(index)?.id ?? file(index)?.name ?? "" }

    func answersResponse(_ index: Int) -> Bool {
      item(index)?.replyTo != nil || file(index)?.visibility.parents.isEmpty == false
    }
  }

  /// The indexes of each post's responses, which are adjacent except in a list made by hand.
  private static func grouped(_ subjects: Subjects) -> [(slug: String, members: [Int])] {
    var groups: [(slug: String, members: [Int])] = []
    var places: [String: Int] = [:]
    var place = 0
    for index in 0..<subjects.count {
      let slug = subjects.postSlug(index)
      if groups.isEmpty || groups[place].slug != slug {
        place = places[slug] ?? groups.count
        if place == groups.count {
          places[slug] = place
          groups.append((slug, []))
        }
      }
      groups[place].members.append(index)
    }
    return groups
  }

  /// Decides about the responses of one post.
  private func decide(
    _ members: [Int], of subjects: Subjects, post: Standing, _ decided: inout [Decision?]
  ) {
    let parents = Parents(of: members, in: subjects)
    var isMet = [Bool](repeating: false, count: members.count)
    var path: [Int] = []
    for start in members.indices where !isMet[start] {
      path.append(start)
      // Walk up to the post or a decided response, then decide on the way back.
      while let place = path.last {
        if !isMet[place] {
          isMet[place] = true
          let depth = path.count
          parents.forEach(of: place) { parent in
            if !isMet[parent] { path.append(parent) }
          }
          if path.count > depth { continue }
        }
        path.removeLast()
        let index = members[place]
        guard decided[index] == nil else { continue }
        // A missing or cyclic parent is an error; meanwhile the response answers the post.
        var answered: Standing?
        parents.forEach(of: place) { parent in
          guard let decision = decided[members[parent]] else { return }
          let standing = Self.standing(
            under: decision, isItem: decision.index < subjects.responses.count)
          answered = answered.map { Self.narrower($0, standing) } ?? standing
        }
        decided[index] = decision(on: index, of: subjects, answered ?? post)
      }
    }
  }

  /// The parents of a post's responses, if they are other responses of that post, as indexes in a list.
  private struct Parents {
    private var first: [Int?]
    /// A file that could not be read may name several.
    private var others: [Int: [Int]] = [:]

    init(of members: [Int], in subjects: Subjects) {
      first = [Int?](repeating: nil, count: members.count)
      guard members.contains(where: { subjects.answersResponse($0) }) else { return }
      let byId = Dictionary(
        members.indices.map { (subjects.id(members[$0]), $0) }, uniquingKeysWith: { $1 })
      for (place, index) in members.enumerated() {
        if let item = subjects.item(index) {
          first[place] = item.replyTo.flatMap { byId[$0.value] }
        } else if let file = subjects.file(index) {
          others[place] = file.visibility.parents.compactMap { byId[$0] }
        }
      }
    }

    func forEach(of place: Int, _ body: (Int) -> Void) {
      if let parent = first[place] { body(parent) }
      if !others.isEmpty { others[place]?.forEach(body) }
    }
  }

  private func decision(on index: Int, of subjects: Subjects, _ answered: Standing) -> Decision {
    guard let file = subjects.file(index) else {
      return decision(on: subjects.responses[index], index, answered)
    }
    let written = file.visibility
    let audience = min(
      written.widest(ifUnknown: answered.audience, ifSilent: answered.audience), answered.audience)
    let status = gate.status(isDraft: written.isDraft, date: written.date)
    let isTold = answered.isOpen && gate.shows(audience, status)
    return Decision(
      index: index, audience: audience, status: status, isShown: false, isUnread: isTold,
      isTold: isTold, isOpen: isTold, tooWide: nil)
  }

  private func decision(
    on response: Loaded<Response>, _ index: Int, _ answered: Standing
  ) -> Decision {
    let claimed = response.item.audience
    let audience = min(claimed?.value ?? answered.audience, answered.audience)
    let isHeldBack = response.isHeldBack
    let status = gate.status(isDraft: isHeldBack, date: response.item.date)
    let isShown = answered.isShown && gate.shows(audience, status)
    let isDue = gate.shows(audience, gate.status(isDraft: false, date: response.item.date))
    let tooWide = claimed.flatMap {
      $0.value > answered.audience
        ? TooWide(location: $0.location, claimed: $0.value, held: answered.audience) : nil
    }
    return Decision(
      index: index, audience: audience, status: status, isShown: isShown,
      isUnread: !isShown && isDue && (answered.isUnread || answered.isShown && isHeldBack),
      isTold: !isShown && isDue && (answered.isTold || answered.isShown && isHeldBack),
      isOpen: answered.isOpen && isDue, tooWide: tooWide)
  }

  /// The standing of a reply to a response: a reply to one that could not be read is left out without a diagnostic.
  private static func standing(under decision: Decision, isItem: Bool) -> Standing {
    Standing(
      audience: decision.audience, isShown: decision.isShown, isUnread: decision.isUnread,
      isTold: isItem && decision.isTold, isOpen: decision.isOpen)
  }

  /// A response that answers two others has the narrower audience.
  private static func narrower(_ one: Standing, _ other: Standing) -> Standing {
    Standing(
      audience: min(one.audience, other.audience), isShown: one.isShown && other.isShown,
      isUnread: one.isUnread && other.isUnread, isTold: one.isTold && other.isTold,
      isOpen: one.isOpen && other.isOpen)
  }
}

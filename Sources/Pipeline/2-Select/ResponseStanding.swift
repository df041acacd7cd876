import StoaLoad
import StoaModel

/// Works out how far each response travels: no farther than what it answers, and not at all without it.
struct ResponseStanding {
  /// How one response stands in this build.
  struct Decision {
    /// The index in the list of responses that was decided on.
    let index: Int
    let audience: Audience
    let status: ItemStatus?
    let isShown: Bool
    /// Whether it would be shown if it, or what it answers, could be read.
    let isUnread: Bool
    /// Whether its diagnostics are told although it is not shown: for whom it is is known.
    let isTold: Bool
    let tooWide: TooWide?
  }

  /// A response that claims a wider audience than what it answers.
  ///
  /// A class, because hardly a decision has one.
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
        "a response for “\(names.name(of: claimed))” answers what is only for “\(names.name(of: held))”",
        suggestion: "take the line out: a response travels as far as what it answers")
    }
  }

  private struct Standing {
    let audience: Audience
    let isShown: Bool
    var isUnread = false
    var isTold = false
  }

  /// By slug.
  ///
  /// Two posts of one slug are an error; until it is mended their responses go with the narrower one.
  private var posts: [String: Standing] = [:]
  private let unread: UnreadNames

  init(unread: UnreadNames) {
    self.unread = unread
  }

  /// - Parameter isHeldBack: whether a mistake alone keeps the post from being shown.
  mutating func add(
    post slug: String, audience: Audience, isShown: Bool, isHeldBack: Bool = false
  ) {
    let before = posts[slug]
    let isTold = isHeldBack && before?.isShown ?? true
    posts[slug] = Standing(
      audience: min(audience, before?.audience ?? audience),
      isShown: isShown && before?.isShown ?? true, isUnread: isTold, isTold: isTold)
  }

  /// The responses that are shown, and those that only a mistake keeps from it, in the order given.
  ///
  /// A response to a post that does not exist is shown as far as a post without an audience would be, so that the mistake is
  /// reported; Link has no place for it.
  func decide(
    _ responses: [Loaded<Response>], gate: Gate, orphanAudience: Audience
  ) -> [Decision] {
    var decided = [Decision?](repeating: nil, count: responses.count)
    for (slug, members) in Self.grouped(responses) {
      decide(
        members, of: responses, post: standing(ofPost: slug, orphanAudience), gate: gate, &decided)
    }
    return decided.compactMap { decision in
      decision.flatMap { $0.isShown || $0.isUnread ? $0 : nil }
    }
  }

  /// The indexes of each post's responses, which come one after the other in all but a list made by hand.
  private static func grouped(_ responses: [Loaded<Response>]) -> [(slug: String, members: [Int])] {
    var groups: [(slug: String, members: [Int])] = []
    var places: [String: Int] = [:]
    var place = 0
    for index in responses.indices {
      let slug = responses[index].item.postSlug
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

  /// Decides on the responses of one post.
  private func decide(
    _ members: [Int], of responses: [Loaded<Response>], post: Standing, gate: Gate,
    _ decided: inout [Decision?]
  ) {
    let parents = parents(of: members, in: responses)
    var isMet = [Bool](repeating: false, count: members.count)
    var path: [Int] = []
    for start in members.indices {
      // Walk up to what is decided already (or is the post), then decide on the way back.
      var next: Int? = start
      while let place = next, !isMet[place] {
        isMet[place] = true
        path.append(place)
        next = parents[place]
      }
      while let place = path.popLast() {
        let index = members[place]
        // A parent that is missing or in a cycle is an error; meanwhile the response answers the post.
        let answered =
          parents[place].flatMap { decided[members[$0]] }
          .map {
            Standing(
              audience: $0.audience, isShown: $0.isShown, isUnread: $0.isUnread, isTold: $0.isTold)
          }
          ?? standing(under: post, of: responses[index].item, parent: parents[place])
        let claimed = responses[index].item.audience
        let audience = min(claimed?.value ?? answered.audience, answered.audience)
        let isHeldBack = responses[index].isHeldBack
        let status = gate.status(isDraft: isHeldBack, date: responses[index].item.date)
        let isShown = answered.isShown && gate.shows(audience, status)
        let tooWide = claimed.flatMap {
          $0.value > answered.audience
            ? TooWide(location: $0.location, claimed: $0.value, held: answered.audience) : nil
        }
        decided[index] = Decision(
          index: index, audience: audience, status: status,
          isShown: isShown,
          isUnread: !isShown && (answered.isUnread || answered.isShown && isHeldBack)
            && gate.shows(audience, nil),
          isTold: !isShown && (answered.isTold || answered.isShown && isHeldBack)
            && gate.shows(audience, nil),
          tooWide: tooWide)
      }
    }
  }

  /// What each of a post's responses answers, if it is another response of that post; both by their places in `members`.
  private func parents(of members: [Int], in responses: [Loaded<Response>]) -> [Int?] {
    let replies = members.indices.filter { responses[members[$0]].item.replyTo != nil }
    var parents = [Int?](repeating: nil, count: members.count)
    guard !replies.isEmpty else { return parents }
    let byId = Dictionary(
      members.indices.map { (responses[members[$0]].item.id, $0) }, uniquingKeysWith: { $1 })
    for reply in replies {
      parents[reply] = responses[members[reply]].item.replyTo.flatMap { byId[$0.value] }
    }
    return parents
  }

  private func standing(ofPost slug: String, _ orphanAudience: Audience) -> Standing {
    let known = posts[slug] ?? Standing(audience: orphanAudience, isShown: true)
    // The audience of an unreadable post is unknown, so its responses are held back, also when another item has its name.
    return Standing(
      audience: known.audience, isShown: known.isShown && !unread.posts.contains(slug),
      isUnread: known.isUnread, isTold: known.isTold && !unread.posts.contains(slug))
  }

  /// Where a response stands whose parent is the post, or is not there.
  private func standing(under post: Standing, of response: Response, parent: Int?) -> Standing {
    guard parent == nil, let replyTo = response.replyTo?.value, !unread.responses.isEmpty,
      unread.responses.contains("\(response.postSlug)/\(replyTo)")
    else { return post }
    // As little is known of how far an unreadable response travels.
    return Standing(audience: post.audience, isShown: false, isUnread: post.isShown)
  }
}

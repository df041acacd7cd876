internal import StoaLoad
internal import StoaModel

/// Works out how far each response travels: no farther than what it answers, and not at all without it.
internal struct ResponseStanding {
  /// How one response stands in this build.
  internal struct Decision {
    /// The index in the list of responses that was decided on.
    internal let index: Int
    internal let audience: Audience
    internal let mark: Mark?
    internal let tooWide: TooWide?
  }

  /// A response that claims a wider audience than what it answers.
  internal struct TooWide {
    internal let location: SourceLocation
    internal let claimed: Audience
    internal let held: Audience

    internal func diagnostic(names: Settings) -> Diagnostic {
      Diagnostic(
        .audienceTooWide, at: location,
        "a response for “\(names.name(of: claimed))” answers what is only for “\(names.name(of: held))”",
        suggestion: "take the line out: a response travels as far as what it answers")
    }
  }

  private struct Standing {
    let audience: Audience
    let isShown: Bool
  }

  /// By slug.
  ///
  /// Two posts of one slug are an error; until it is mended their responses go with the narrower one.
  private var posts: [String: Standing] = [:]
  private let unreadablePosts: Set<String>

  internal init(unreadablePosts: Set<String>) {
    self.unreadablePosts = unreadablePosts
  }

  internal mutating func add(post slug: String, audience: Audience, isShown: Bool) {
    let before = posts[slug]
    posts[slug] = Standing(
      audience: min(audience, before?.audience ?? audience),
      isShown: isShown && before?.isShown ?? true)
  }

  /// The responses that are shown, in the order given.
  ///
  /// A response to a post that does not exist is shown as far as a post without an audience would be, so that the mistake is
  /// reported; Link has no place for it.
  internal func decide(
    _ responses: [Loaded<Response>], gate: Gate, orphanAudience: Audience
  ) -> [Decision] {
    var byId: [String: [String: Int]] = [:]
    for (index, response) in responses.enumerated() {
      byId[response.item.postSlug, default: [:]][response.item.id] = index
    }
    let parents = responses.map { response in
      response.item.replyTo.flatMap { byId[response.item.postSlug]?[$0.value] }
    }
    var decided = [Decision?](repeating: nil, count: responses.count)
    var isShown = [Bool](repeating: false, count: responses.count)
    var state = [Progress](repeating: .open, count: responses.count)

    for start in responses.indices {
      // Walk up to what is decided already (or is the post), then decide on the way back.
      var path: [Int] = []
      var next: Int? = start
      while let index = next, state[index] == .open {
        state[index] = .onPath
        path.append(index)
        next = parents[index]
      }
      for index in path.reversed() {
        let answered: Standing
        if let parent = parents[index], state[parent] == .decided, let standing = decided[parent] {
          answered = Standing(audience: standing.audience, isShown: isShown[parent])
        } else {
          // A parent that is missing or in a cycle is an error; meanwhile the response answers the post.
          answered = standing(ofPost: responses[index].item.postSlug, orphanAudience)
        }
        let claimed = responses[index].item.audience
        let audience = min(claimed?.value ?? answered.audience, answered.audience)
        let mark = gate.mark(isDraft: false, date: responses[index].item.date)
        let tooWide = claimed.flatMap {
          $0.value > answered.audience
            ? TooWide(location: $0.location, claimed: $0.value, held: answered.audience) : nil
        }
        decided[index] = Decision(index: index, audience: audience, mark: mark, tooWide: tooWide)
        isShown[index] = answered.isShown && gate.shows(audience, mark)
        state[index] = .decided
      }
    }
    return decided.compactMap { $0 }.filter { isShown[$0.index] }
  }

  private func standing(ofPost slug: String, _ orphanAudience: Audience) -> Standing {
    let known = posts[slug] ?? Standing(audience: orphanAudience, isShown: true)
    // Nobody knows how far an unreadable post travels, so what answers it stays at home, whatever else has its name.
    return Standing(
      audience: known.audience, isShown: known.isShown && !unreadablePosts.contains(slug))
  }

  private enum Progress {
    case open
    case onPath
    case decided
  }
}

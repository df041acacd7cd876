import StoaModel

// The audiences that a source names for its items.
extension ImportPlanner {
  /// The conversation without the items that are for an audience that the community does not have: nothing may become readable for
  /// more people than it was written for.
  func withKnownAudiences(_ source: SourceConversation) -> SourceConversation {
    var conversation = source
    if let audience = source.post.audience, !isKnown(audience) {
      if case .leftOut = source.post.state { return conversation }
      conversation.post.state = .leftOut(reason: reason(audience))
      return conversation
    }
    guard source.comments.contains(where: { $0.audience != nil }) else { return conversation }
    // A post that the community has may be for anybody, and a build says so if a response is for more people than its post.
    let post =
      source.post.isStandIn
      ? existing.audiences.count
      : rank(of: source.post.audience ?? context.publicAudience ?? existing.defaultAudience)
    let parents = ThreadPlan(source.comments).parents
    var ranks = Array(repeating: post, count: source.comments.count)
    for index in ThreadPlan.parentsFirst(parents) {
      let comment = source.comments[index]
      let parent = parents[index]
      if let parent { ranks[index] = ranks[parent] }
      if comment.leftOut != nil { continue }
      if let audience = comment.audience, !isKnown(audience) {
        conversation.comments[index].leftOut = reason(audience)
        continue
      }
      if let parent, conversation.comments[parent].isForUnknownAudience(of: source.comments[parent])
      {
        // It was as narrow as what it answers.
        guard comment.audience != nil else {
          conversation.comments[index].leftOut =
            "it answers an item that is left out, for an audience that this community does not have"
          continue
        }
      }
      guard let audience = comment.audience else { continue }
      // The audience of a response is never wider than that of the item that it answers.
      let isNarrower = rank(of: audience) < ranks[index]
      ranks[index] = min(ranks[index], rank(of: audience))
      if !isNarrower { conversation.comments[index].audience = nil }
    }
    return conversation
  }

  private func isKnown(_ audience: String) -> Bool { existing.audiences.contains(audience) }

  /// The narrowest audience is the first.
  private func rank(of audience: String?) -> Int {
    audience.flatMap { existing.audiences.firstIndex(of: $0) } ?? existing.audiences.count
  }

  /// Why an item for an audience is left out; nil when it need not be.
  func reasonToLeaveOut(for audience: String?) -> String? {
    audience.flatMap { isKnown($0) ? nil : reason($0) }
  }

  private func reason(_ audience: String) -> String {
    audience.isEmpty
      ? "its “audience” is no name"
      : "it is for “\(audience)”, which is no audience in this community’s stoa.yml"
  }
}

extension SourceComment {
  /// Whether it, or what it answers, was left out because of its audience.
  fileprivate func isForUnknownAudience(of source: SourceComment) -> Bool {
    leftOut != nil && source.leftOut == nil
  }
}

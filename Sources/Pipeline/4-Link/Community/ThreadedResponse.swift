package import StoaAddresses
package import StoaModel

/// A response in its place in a thread.
package final class ThreadedResponse: Sendable {
  package let response: Response
  package let body: LinkedBody
  /// Nil for a tombstone.
  package let speaker: Speaker?
  package let date: Timestamp
  package let audience: Audience
  package let status: ItemStatus?
  /// 0 for a response to the post itself.
  package let depth: Int
  /// The index of its parent in the conversation's `responses`; nil for a response to the post.
  package let parent: Index<ThreadedResponse>?
  /// From 1, for responses to the post itself; nil for others.
  package let number: Int?
  /// Whether its author is one of the post's authors.
  package let isByPostAuthor: Bool
  /// Whether its author agreed to its audience.
  package let isAgreed: Bool
  package let isAnswer: Bool
  /// Old anchors that nothing else on the page has.
  package let anchors: [String]
  /// The number of its descendants, which follow it in `responses`.
  package let descendants: Int
  package let revisions: Revisions?

  init(
    response: Response, body: LinkedBody, speaker: Speaker?, date: Timestamp, audience: Audience,
    status: ItemStatus?, depth: Int, parent: Index<ThreadedResponse>?, number: Int?,
    isByPostAuthor: Bool,
    isAgreed: Bool,
    isAnswer: Bool,
    anchors: [String], descendants: Int, revisions: Revisions?
  ) {
    self.response = response
    self.body = body
    self.speaker = speaker
    self.date = date
    self.audience = audience
    self.status = status
    self.depth = depth
    self.parent = parent
    self.number = number
    self.isByPostAuthor = isByPostAuthor
    self.isAgreed = isAgreed
    self.isAnswer = isAnswer
    self.anchors = anchors
    self.descendants = descendants
    self.revisions = revisions
    fragment = "response-" + response.id
  }

  /// The same response with another body.
  func withBody(_ body: LinkedBody) -> ThreadedResponse {
    ThreadedResponse(
      response: response, body: body, speaker: speaker, date: date, audience: audience,
      status: status,
      depth: depth, parent: parent, number: number, isByPostAuthor: isByPostAuthor,
      isAgreed: isAgreed, isAnswer: isAnswer, anchors: anchors, descendants: descendants,
      revisions: revisions)
  }

  /// The anchor of the response on its page.
  package let fragment: String
}

/// A response that was on this page before and is now on another one.
package struct MovedResponse: Sendable {
  /// Its anchor on the former page.
  package let fragment: String
  package let address: SiteAddress
  /// The slug of the post that it answers now.
  package let title: String
}

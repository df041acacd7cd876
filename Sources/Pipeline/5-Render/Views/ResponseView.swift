internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// A response in its thread, with the replies to it.
internal enum ResponseView {
  internal static let shape: Shape = Shape(
    "response",
    [
      .init("fragment", .text, "its anchor, such as response-20260304-k7m2q9wd"),
      .init("anchors", .list(of: .text), "old anchors that still lead here"),
      .init("person", .record { SharedShapes.person }, "who wrote it; nothing for a tombstone"),
      .init("isByPostAuthor", .flag, "whether an author of the post wrote it"),
      .init("isAnswer", .flag, "whether it answers the question"),
      .init("isTombstone", .flag, "whether it was taken away"),
      .init("reason", .text, "why it was taken away, or empty"),
      .init("stance", .record { stance }, "the author's own word for it, if there is one"),
      .init("badges", .list(of: .text), "scheduled, audience"),
      .init("date", .record { SharedShapes.date }, "when it was written"),
      .init("edited", .record { HistoryView.moment }, "when it was changed afterwards, if it was"),
      .init("inReplyTo", .record { inReplyTo }, "what it answers"),
      .init("isDeep", .flag, "whether it is nested so deep that what it answers has to be said"),
      .init("body", .html, "its text"),
      .init("source", .record { SharedShapes.link }, "where it was said first, if elsewhere"),
      .init("replyUrl", .text, "where to answer it, or empty"),
      .init("replyLabel", .text, "“Reply to” with the name"),
      .init("editUrl", .text, "where to improve it on the forge, or empty"),
      .init("role", .text, "its microdata property: comment, acceptedAnswer, suggestedAnswer"),
      .init("type", .text, "its schema.org type: Comment or Answer"),
      .init("replyCount", .text, "how many replies, in words"),
      .init("hasReplies", .flag, "whether there are any"),
      .init("isFlat", .flag, "whether the replies are no longer indented"),
      .init("responses", .records { shape }, "the replies"),
      .init("x", SharedShapes.extras, "the response's own keys"),
    ])

  internal static let stance = Shape(
    "stance",
    [
      .init("name", .text, "builds-on, differs, experience or asks"),
      .init("label", .text, "in words"),
    ])

  internal static let inReplyTo = Shape(
    "in reply to",
    [
      .init("url", .text, "the address of what is answered"),
      .init("label", .text, "in words; empty for the post itself"),
    ])

  /// How many levels are nested; what is deeper follows its parent as a sibling.
  internal static let nestedLevels = 64
  /// How many levels are indented.
  internal static let indentedLevels = 6

  /// The top-level responses of a conversation, each with its replies.
  internal static func thread(_ conversation: Conversation, _ context: ViewContext) -> [Value] {
    let responses = conversation.responses
    var parents: [Int?] = []
    var levels: [Int] = []
    for response in responses {
      // Past the last level a response joins its parent's siblings; reading order keeps it after its parent.
      if response.depth >= nestedLevels, let parent = response.parent {
        parents.append(levels[parent] >= nestedLevels - 1 ? parents[parent] : parent)
        levels.append(nestedLevels - 1)
      } else {
        parents.append(response.parent)
        levels.append(response.depth)
      }
    }
    var children = [[Value]](repeating: [], count: responses.count)
    var tops: [Value] = []
    for index in responses.indices.reversed() {
      let view = view(
        index, in: conversation, level: levels[index], replies: children[index].reversed(), context)
      children[index] = []
      if let parent = parents[index] { children[parent].append(view) } else { tops.append(view) }
    }
    return tops.reversed()
  }

  private static func view(
    _ index: Int, in conversation: Conversation, level: Int, replies: [Value],
    _ context: ViewContext
  ) -> Value {
    let response = conversation.responses[index]
    let isTombstone = response.response.removed != nil
    let words = context.words
    let name = response.speaker.map { context.name(of: $0) } ?? words.text("removed")
    let isAnswered = conversation.answer != nil
    // What was taken away is no answer; it stays as the comment that it was.
    let isProposal = isAnswered && level == 0 && !isTombstone
    // The question names a nested answer by its address; where it stands, it is a comment on what it replies to.
    let isNestedAnswer = isAnswered && level > 0 && response.isAnswer
    let source = response.response.source.map { citation in
      context.link(to: citation.url, citation.title.isEmpty ? words.text("source") : citation.title)
    }
    let canReply = conversation.post.acceptsResponses && !isTombstone
    return .record(
      Record(
        shape,
        [
          "fragment": .text(response.fragment),
          "anchors": .list(response.anchors.map { .text($0) }),
          "person": response.speaker.map { context.person($0) } ?? .nothing,
          "isByPostAuthor": .flag(response.isByPostAuthor),
          "isAnswer": .flag(response.isAnswer && !isTombstone),
          "isTombstone": .flag(isTombstone),
          "reason": .text(response.response.removed?.directionBalanced ?? ""),
          "stance": response.response.stance.map { stance in
            .record(
              Record(
                Self.stance,
                [
                  "name": .text(stance.rawValue),
                  "label": .text(words.text("stance-\(stance.rawValue)")),
                ]))
          } ?? .nothing, "badges": context.badges(response.audience, response.mark),
          "date": context.date(response.date),
          "edited": HistoryView.mark(response.revisions, context),
          "inReplyTo": inReplyTo(response, in: conversation, context),
          "isDeep": .flag(level >= indentedLevels),
          "body": context.markup(response.body, isFromVisitors: true), "source": source ?? .nothing,
          "replyUrl": .text(
            canReply ? ReplyView.address(answering: response, in: conversation, context) : ""),
          "replyLabel": .text(words.phrase("reply-to-person", ["name": name])),
          "editUrl": .text(context.forge?.edit(response.response.file) ?? ""),
          "role": .text(
            isProposal ? response.isAnswer ? "acceptedAnswer" : "suggestedAnswer" : "comment"),
          "type": .text(isProposal || isNestedAnswer ? "Answer" : "Comment"),
          "replyCount": .text(words.count("reply-count", response.descendants)),
          "hasReplies": .flag(!replies.isEmpty), "isFlat": .flag(level + 1 >= indentedLevels),
          "responses": .list(replies), "x": context.extras(response.response.extras),
        ]))
  }

  private static func inReplyTo(
    _ response: ThreadedResponse, in conversation: Conversation, _ context: ViewContext
  ) -> Value {
    let words = context.words
    guard let parent = response.parent.map({ conversation.responses[$0] }) else {
      return .record(
        Record(
          inReplyTo,
          [
            "url": .text(context.href(conversation.address)), "label": .text(""),
          ]))
    }
    let name = parent.speaker.map { context.name(of: $0) } ?? words.text("removed")
    return .record(
      Record(
        inReplyTo,
        [
          "url": .text("#\(parent.fragment)"),
          "label": .text(words.phrase("in-reply-to", ["name": name])),
        ]))
  }
}

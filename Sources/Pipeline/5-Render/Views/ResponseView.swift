import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// A response in its thread, with the replies to it.
struct ResponseView: Shaped {
  private let conversation: Conversation
  private let index: Index<ThreadedResponse>
  private let response: ThreadedResponse
  private let level: Int
  private let siblings: Siblings
  private let replies: [Part<ResponseView>]
  private let context: ViewContext

  private init(
    _ index: Index<ThreadedResponse>, in conversation: Conversation, level: Int,
    siblings: Siblings, replies: [Part<ResponseView>],
    _ context: ViewContext
  ) {
    self.conversation = conversation
    self.index = index
    response = conversation.responses[index]
    self.level = level
    self.siblings = siblings
    self.replies = replies
    self.context = context
  }

  static let shape = Shape<Self>(
    "response",
    [
      .text("fragment", "its anchor, such as response-20260304-k7m2q9wd") { $0.response.fragment },
      .text("number", "its number, of responses to the post itself; else empty") {
        $0.response.number.map { String($0) } ?? ""
      },
      .text("previousUrl", "the response before it to the same, in long conversations, or empty") {
        $0.url(of: $0.siblings.previous)
      },
      .text("nextUrl", "the one after it, likewise") { $0.url(of: $0.siblings.next) },
      .texts("anchors", "old anchors that still lead here") { $0.response.anchors },
      .record("person", of: PersonView.self, "who wrote it; nothing for a tombstone") { view in
        view.response.speaker.map { view.context.person($0) }
      },
      .flag("isByPostAuthor", "whether an author of the post wrote it") {
        $0.response.isByPostAuthor
      },
      .flag("isAnswer", "whether it answers the question") {
        $0.response.isAnswer && !$0.isTombstone
      },
      .flag("isTombstone", "whether it was removed") { $0.isTombstone },
      .text("reason", "the reason for the removal, or empty") {
        $0.response.response.removed?.directionBalanced ?? ""
      },
      .text("language", "the language of its text, or empty when it does not say") {
        $0.response.response.language ?? ""
      },
      .text("direction", "`ltr` or `rtl`, for that language") { view in
        view.response.response.language.map { view.context.direction(of: $0) } ?? ""
      },
      .record("stance", of: StanceView.self, "the author's stance, if there is one") {
        view in
        view.response.response.stance.map {
          Part(StanceView(stance: $0, context: view.context))
        }
      },
      .texts("badges", "scheduled, audience") {
        $0.context.badges($0.response.audience, $0.response.status)
      },
      .record("date", of: DateView.self, "when it was written") {
        $0.context.dateAndTime($0.response.date)
      },
      .record("edited", of: HistoryMomentView.self, "when it was last changed, if it was") {
        HistoryMomentView(
          editsOf: $0.response, on: $0.conversation.address, $0.context
        ).map { Part($0) }
      },
      .record("shared", of: SharedView.self, "that its author agreed to its audience") {
        SharedView($0.response, $0.context).map { Part($0) }
      },
      .record("inReplyTo", of: InReplyToView.self, "the post or response that it answers") {
        $0.inReplyTo
      },
      .flag("isDeep", "whether it is nested so deep that the page must name its parent") {
        $0.level >= indentedLevels
      },
      .html("body", "its text") { view in
        view.context.markup(
          view.response.body, isFromVisitors: true,
          passages: view.conversation.responsePassages[view.index] ?? [])
      },
      .flaggedList("quotedIn", of: BacklinkView.self, "the texts that quote it") { view in
        view.context.backlinks(view.conversation.responseQuotes[view.index] ?? [])
      },
      .flaggedList("continuations", of: LinkView.self, "the posts that began in it") { view in
        view.conversation.continuations.filter { $0.response == view.index }
          .map { view.context.link(toConversation: $0.post) }
      },
      .record("source", of: LinkView.self, "the source, if it was written elsewhere first") {
        $0.context.link(to: $0.response.response.source)
      },
      .text("replyUrl", "the page to reply to it, or empty") { $0.replyURL },
      .text("replyLabel", "“Reply to” with the name") {
        $0.context.strings.phrase("reply-to-person", ["name": $0.context.name(of: $0.response)])
      },
      .text("editUrl", "the page to edit it on the forge, or empty") {
        $0.context.forge?.edit($0.response.response.file) ?? ""
      },
      .record("about", of: AboutView.self, "the words that it is about, if it says so") { view in
        view.response.response.about.map { about in
          Part(
            AboutView(
              words: about.value.directionBalanced,
              anchor: view.conversation.passageAnchors[view.index] ?? ""))
        }
      },
      .text("role", "its microdata property: comment, acceptedAnswer, suggestedAnswer") {
        $0.isProposal ? $0.response.isAnswer ? "acceptedAnswer" : "suggestedAnswer" : "comment"
      },
      .text("type", "its schema.org type: Comment or Answer") {
        $0.isProposal || $0.isNestedAnswer ? "Answer" : "Comment"
      },
      .flag("beginsFlat", "whether its replies are the first that are no longer indented") {
        $0.level + 1 == indentedLevels
      },
      .text("replyCount", "how many replies, in words") {
        $0.context.strings.count("reply-count", $0.response.descendants)
      },
      .flag("isFlat", "whether the replies are no longer indented") {
        $0.level + 1 >= indentedLevels
      },
      .flaggedList("responses", of: ResponseView.self, "the replies", flag: "hasReplies") {
        $0.replies
      },
      .open("x", "the response's own keys") { $0.context.extras($0.response.response.extras) },
    ])

  struct StanceView: Shaped {
    fileprivate let stance: Response.Stance
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "stance",
      [
        .text("name", "builds-on, differs, experience or asks") { $0.stance.rawValue },
        .text("label", "in words") { $0.context.strings.text("stance-\($0.stance.rawValue)") },
      ])
  }

  struct AboutView: Shaped {
    fileprivate let words: String
    fileprivate let anchor: String

    static let shape = Shape<Self>(
      "about",
      [
        .text("words", "the words") { $0.words },
        .text("url", "the address of the words; empty when they are not there any more") {
          $0.anchor.isEmpty
            ? "" : "#" + PercentEncoding.encode($0.anchor, keeping: PercentEncoding.fragment)
        },
      ])
  }

  struct InReplyToView: Shaped {
    fileprivate let url: String
    fileprivate let label: String

    static let shape = Shape<Self>(
      "in reply to",
      [
        .text("url", "the address of what is answered") { $0.url },
        .text("label", "in words; empty for the post itself") { $0.label },
      ])
  }

  private struct Siblings {
    var previous: Index<ThreadedResponse>?
    var next: Index<ThreadedResponse>?
  }

  private func url(of sibling: Index<ThreadedResponse>?) -> String {
    guard conversation.isLong, let sibling else { return "" }
    return "#\(conversation.responses[sibling].fragment)"
  }

  /// The number of nested levels; a deeper response follows its parent as a sibling.
  static let nestedLevels = 64
  /// The number of indented levels.
  static let indentedLevels = 6

  /// The top-level responses of a conversation, each with its replies.
  static func thread(_ conversation: Conversation, _ context: ViewContext)
    -> [Part<ResponseView>]
  {
    let responses = conversation.responses
    var parents: [Index<ThreadedResponse>?] = []
    var levels: [Int] = []
    for response in responses {
      // Beyond the last level a response becomes its parent's sibling; reading order keeps it after its parent.
      if response.depth >= nestedLevels, let parent = response.parent {
        let isLast = levels[parent.position] >= nestedLevels - 1
        parents.append(isLast ? parents[parent.position] : parent)
        levels.append(nestedLevels - 1)
      } else {
        parents.append(response.parent)
        levels.append(response.depth)
      }
    }
    var siblings = [Siblings](repeating: Siblings(), count: responses.count)
    var latest: [Index<ThreadedResponse>?: Index<ThreadedResponse>] = [:]
    for (index, parent) in zip(responses.places, parents) {
      if let before = latest.updateValue(index, forKey: parent) {
        siblings[index.position].previous = before
        siblings[before.position].next = index
      }
    }
    var children = [[Part<ResponseView>]](repeating: [], count: responses.count)
    var tops: [Part<ResponseView>] = []
    for index in responses.places.reversed() {
      let view = Part(
        ResponseView(
          index, in: conversation, level: levels[index.position],
          siblings: siblings[index.position],
          replies: children[index.position].reversed(), context))
      children[index.position] = []
      if let parent = parents[index.position] {
        children[parent.position].append(view)
      } else {
        tops.append(view)
      }
    }
    return tops.reversed()
  }

  private var isTombstone: Bool { response.response.removed != nil }

  private var isAnswered: Bool { conversation.answer != nil }

  /// A removed response is not an answer; it remains as a comment.
  private var isProposal: Bool { isAnswered && level == 0 && !isTombstone }

  /// The question links to a nested answer by its address; in its place in the thread, it is a comment on its parent.
  private var isNestedAnswer: Bool { isAnswered && level > 0 && response.isAnswer }

  private var replyURL: String {
    guard conversation.post.acceptsResponses, !isTombstone else { return "" }
    return ReplyView.address(answering: index, in: conversation, context)
  }

  private var inReplyTo: Part<InReplyToView> {
    guard let parent = response.parent.map({ conversation.responses[$0] }) else {
      return Part(InReplyToView(url: context.href(conversation.address), label: ""))
    }
    let label =
      parent.speaker == nil
      ? context.strings.text("in-reply-to-removed")
      : context.strings.phrase("in-reply-to", ["name": context.name(of: parent)])
    return Part(InReplyToView(url: "#\(parent.fragment)", label: label))
  }
}

extension CopyOnWrite<ConversationEntry> {
  /// Whether the conversation is so long that navigation aids are shown.
  var isLong: Bool { self.responses.count >= 8 }
}

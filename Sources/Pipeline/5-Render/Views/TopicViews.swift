internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The list of topics.
internal enum TopicsView {
  internal static let shape = Shape(
    "topics",
    PageFrame.fields + [
      .init("topics", .records { entry }, "this page's topics, by title"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
    ])

  internal static let entry = Shape(
    "topic entry",
    [
      .init("url", .text, "the topic's address"),
      .init("title", .text, "its title"),
      .init("summary", .text, "the beginning of its description, or empty"),
      .init("count", .text, "how many conversations, in words"),
      .init("children", .records { SharedShapes.link }, "topics within it"),
    ])

  internal static func view(_ page: ListPage, _ frame: PageFrame, _ context: ViewContext) -> Record
  {
    Record(
      shape, frame.values(page.describe(context.title(of: .topics), context)),
      [
        "topics": .list(
          page.items(of: context.community.topics).map { topic in
            .record(
              Record(
                entry,
                [
                  "url": .text(context.href(topic.address)), "title": .text(topic.title),
                  "summary": .text(topic.description?.summary.excerpt(200) ?? ""),
                  "count": .text(
                    context.words.count("conversation-count", topic.conversations.count)),
                  "children": .list(topic.children.map { context.link(toTopic: $0) }),
                ]))
          }),
        "pager": page.pager(context),
      ])
  }
}

/// The page of a topic.
internal enum TopicView {
  internal static let shape = Shape(
    "topic",
    PageFrame.fields + [
      .init("title", .text, "the topic's title"),
      .init("topicsUrl", .text, "the list of topics"),
      .init("badges", .list(of: .text), "its audience, if it is not for everybody"),
      .init("description", .html, "its description"),
      .init("order", .records { SharedShapes.link }, "a path to read in"),
      .init("hasOrder", .flag, "whether there is one"),
      .init("writers", .records { SharedShapes.writer }, "who has written about it"),
      .init("hasWriters", .flag, "whether anybody has"),
      .init("count", .text, "how many conversations, in words"),
      .init("conversations", .records { SharedShapes.listItem }, "this page's conversations"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
      .init("parent", .record { SharedShapes.link }, "the topic that this is part of"),
      .init("children", .records { SharedShapes.link }, "topics within it"),
      .init("hasChildren", .flag, "whether there are any"),
      .init("close", .records { SharedShapes.link }, "topics that share conversations with it"),
      .init("hasClose", .flag, "whether there are any"),
      .init("joining", .records { SharedShapes.link }, "conversations that join it to others"),
      .init("hasJoining", .flag, "whether there are any"),
      .init("feedUrl", .text, "its feed"),
      .init("x", SharedShapes.extras, "the topic's own keys"),
    ])

  private static let railShown = 6

  internal static func view(
    _ index: Int, _ list: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    let community = context.community
    let topic = community.topics[index]
    let words = context.words
    var page = list.describe(
      topic.title, summary: topic.description?.summary ?? "", context)
    page.feeds = context.feeds(.topic, beside: topic.address, of: topic.title)
    let isFirst = list.isFirst
    let joining = topic.joining.prefix(railShown)
    return Record(
      shape, frame.values(page),
      [
        "title": .text(topic.title), "topicsUrl": .text(context.href(to: .topics)),
        "badges": context.badges(topic.audience, nil),
        "description": isFirst
          ? topic.description.map { context.markup($0) } ?? .html(nil) : .html(nil),
        "order": .list(isFirst ? topic.order.map { context.link(toConversation: $0) } : []),
        "hasOrder": .flag(isFirst && !topic.order.isEmpty),
        "writers": .list(isFirst ? topic.writers.map { writer($0, context) } : []),
        "hasWriters": .flag(isFirst && !topic.writers.isEmpty),
        "count": .text(words.count("conversation-count", topic.conversations.count)),
        "conversations": .list(list.items(of: topic.conversations).map { context.listItem($0) }),
        "pager": list.pager(context),
        "parent": topic.parent.map { context.link(toTopic: $0) } ?? .nothing,
        "children": .list(
          topic.children.map {
            context.link(toTopic: $0, note: String(community.topics[$0].conversations.count))
          }), "hasChildren": .flag(!topic.children.isEmpty),
        "close": .list(
          topic.close.prefix(railShown).map {
            context.link(toTopic: $0.topic, note: words.count("shared-count", $0.shared))
          }), "hasClose": .flag(!topic.close.isEmpty),
        "joining": .list(
          joining.map { conversation in
            let others = community.conversations[conversation].topics.filter { $0 != index }
            return context.link(
              toConversation: conversation,
              note: others.map { community.topics[$0].title }.joined(separator: " · "))
          }), "hasJoining": .flag(!joining.isEmpty),
        "feedUrl": .text(page.feeds.first.map { context.href($0.address) } ?? ""),
        "x": context.extras(topic.file?.extras ?? []),
      ])
  }

  private static func writer(_ writer: Writer, _ context: ViewContext) -> Value {
    let conversation = context.community.conversations[writer.latest.conversation]
    let words =
      writer.latest.response == nil
      ? conversation.title : context.words.phrase("replied-in", ["title": conversation.title])
    return context.writer(
      writer.contributor, evidence: context.words.phrase("latest-in", ["title": words]),
      evidenceURL: context.href(of: writer.latest))
  }
}

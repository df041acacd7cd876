import StoaLink
import StoaModel
import StoaTemplates

/// A guide on each of its pages: its groups of pages, with the current one marked.
struct GuideView: Shaped {
  private let topic: TopicEntry
  private let page: Index<Conversation>
  private let context: ViewContext

  init(_ guide: Index<TopicEntry>, page: Index<Conversation>, _ context: ViewContext) {
    topic = context.community.topics[guide]
    self.page = page
    self.context = context
  }

  static let shape = Shape<Self>(
    "guide",
    [
      .text("title", "the topic's title") { $0.topic.title },
      .text("url", "the topic's address") { $0.context.href($0.topic.address) },
      .list("groups", of: GroupView.self, "its pages by heading") { view in
        view.topic.groups.map { Part(GroupView(group: $0, guide: view)) }
      },
    ])

  struct GroupView: Shaped {
    fileprivate let group: PathGroup
    fileprivate let guide: GuideView

    static let shape = Shape<Self>(
      "guide group",
      [
        .text("title", "its heading, or empty") { $0.group.heading },
        .list("pages", of: MenuItemView.self, "its pages") { view in
          view.group.posts.map { view.guide.item($0) }
        },
      ])
  }

  private func item(_ index: Index<Conversation>) -> Part<MenuItemView> {
    let conversation = context.community.conversations[index]
    return Part(
      MenuItemView(
        url: context.href(conversation.address), title: conversation.title,
        isCurrent: index == page))
  }
}

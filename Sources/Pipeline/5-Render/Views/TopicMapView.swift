import StoaLink
import StoaModel
import StoaTemplates

/// The map of topics, as numbers for a drawing.
struct TopicMapView: Shaped {
  private let map: TopicMap
  private let topics: [Index<TopicEntry>]
  private let context: ViewContext

  private static let titleShown = 28

  /// Nil if there are too few topics for a map.
  init?(_ context: ViewContext) {
    let topics = TopicMap.shown(of: context.community)
    guard topics.count > 2 else { return nil }
    self.topics = topics
    self.context = context
    map = TopicMap(
      topics.map {
        let topic = context.community.topics[$0]
        return (topic.slug, topic.title.excerpt(Self.titleShown))
      }, closeness: TopicMap.closeness(of: topics, in: context.community))
  }

  static let shape = Shape<Self>(
    "topic map",
    [
      .text("width", "the width of the drawing, in its own units") { String($0.map.size.width) },
      .text("height", "its height") { String($0.map.size.height) },
      .list("lines", of: LineView.self, "lines between topics that are close") { view in
        view.map.lines.map { line in
          Part(
            LineView(
              from: view.map.nodes[line.from], to: view.map.nodes[line.to],
              strength: line.strength))
        }
      },
      .list("nodes", of: NodeView.self, "the topics, by title") { view in
        zip(view.map.nodes, view.topics).map { node, index in
          let topic = view.context.community.topics[index]
          return Part(
            NodeView(
              node: node, url: view.context.href(topic.address), title: topic.title,
              label: topic.title.excerpt(titleShown)))
        }
      },
    ])

  struct LineView: Shaped {
    fileprivate let from: TopicMap.Node
    fileprivate let to: TopicMap.Node
    fileprivate let strength: Int

    static let shape = Shape<Self>(
      "map line",
      [
        .text("x1", "where it begins") { String($0.from.x) },
        .text("y1", "where it begins") { String($0.from.y) },
        .text("x2", "where it ends") { String($0.to.x) },
        .text("y2", "where it ends") { String($0.to.y) },
        .text("strength", "1 to 3: how much the two share") { String($0.strength) },
      ])
  }

  struct NodeView: Shaped {
    fileprivate let node: TopicMap.Node
    fileprivate let url: String
    fileprivate let title: String
    fileprivate let label: String

    static let shape = Shape<Self>(
      "map node",
      [
        .text("url", "the topic's address") { $0.url },
        .text("title", "its title") { $0.title },
        .text("label", "its title, or the beginning of a long one") { $0.label },
        .text("x", "the middle of the label") { String($0.node.x) },
        .text("y", "the middle of the label") { String($0.node.y) },
        .text("left", "the left side of the label") { String($0.node.x - $0.node.width / 2) },
        .text("top", "its upper side") { String($0.node.y - TopicMap.height / 2) },
        .text("width", "its width") { String($0.node.width) },
        .text("height", "its height") { _ in String(TopicMap.height) },
      ])
  }
}

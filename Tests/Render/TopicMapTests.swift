import Testing

@testable import StoaRender

@Suite("The map of topics") struct TopicMapTests {
  private static let labels = (0..<40).map { (slug: "topic-\($0)", title: "Topic number \($0)") }

  private static func map(
    _ labels: [(slug: String, title: String)] = labels, _ closeness: [TopicMap.Pair: Int] = [:]
  ) -> TopicMap { TopicMap(labels, closeness: closeness) }

  @Test("has every topic, none over another, all within the drawing")
  func separate() {
    let map = Self.map()
    #expect(map.nodes.count == 40)
    for (index, one) in map.nodes.enumerated() {
      #expect(one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= map.size.width)
      #expect(one.y - TopicMap.height / 2 >= 0 && one.y + TopicMap.height / 2 <= map.size.height)
      for other in map.nodes.dropFirst(index + 1) {
        let isApart =
          abs(one.x - other.x) * 2 >= one.width + other.width
          || abs(one.y - other.y) >= TopicMap.height
        #expect(isApart, "\(one) and \(other)")
      }
    }
  }

  @Test("is the same each time") func repeatable() {
    let closeness = [TopicMap.Pair(first: 0, second: 1): 3, TopicMap.Pair(first: 2, second: 9): 7]
    let (one, other) = (Self.map(Self.labels, closeness), Self.map(Self.labels, closeness))
    #expect(one.nodes == other.nodes && one.lines == other.lines)
  }

  @Test("draws close topics together, and a line between them") func closeness() {
    let pair = TopicMap.Pair(first: 3, second: 31)
    func distance(_ map: TopicMap) -> Int {
      let (one, other) = (map.nodes[3], map.nodes[31])
      return abs(one.x - other.x) + abs(one.y - other.y)
    }
    let close = Self.map(Self.labels, [pair: 6])
    #expect(distance(close) < distance(Self.map()))
    #expect(close.lines == [TopicMap.Line(from: 3, to: 31, strength: 2)])
  }

  @Test("moves the others little when two become close") func steady() {
    let before = Self.map()
    let after = Self.map(Self.labels, [TopicMap.Pair(first: 3, second: 31): 6])
    let moved = zip(before.nodes, after.nodes).enumerated().filter { place, nodes in
      place != 3 && place != 31 && abs(nodes.0.x - nodes.1.x) > 150
    }
    #expect(moved.count < 4)
  }

  @Test("takes no topics, one, and titles of any length", arguments: [0, 1, 2])
  func small(_ count: Int) {
    let map = Self.map((0..<count).map { ("s\($0)", String(repeating: "長", count: 28)) })
    #expect(map.nodes.count == count)
  }
}

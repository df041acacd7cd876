import StoaLink
import StoaModel

/// Positions of topics on the map: near topics with common conversations, and otherwise determined by their slugs.
///
/// All numbers are integers, so that every machine draws the same map. A topic's initial position depends on its slug alone,
/// and related topics attract it from there: a new conversation moves few topics, and only a little.
struct TopicMap {
  struct Node: Equatable {
    let topic: Int
    /// The middle of its label.
    var x: Int
    var y: Int
    let width: Int
  }

  struct Line: Equatable {
    /// Places in `nodes`.
    let from: Int
    let to: Int
    /// 1 to 3: how strongly the two are related.
    let strength: Int
  }

  static let height = 28
  private static let margin = 8
  /// The minimum distance between labels.
  private static let apart = (x: 16, y: 18)
  /// The size of the area of initial positions.
  private let field: (columns: Int, rows: Int)

  private(set) var nodes: [Node]
  private(set) var lines: [Line] = []
  private(set) var size = (width: 0, height: 0)

  /// - Parameters:
  ///   - labels: slug and title of each topic.
  ///   - closeness: how much two topics share, by their places in `labels`, the smaller one first.
  init(_ labels: [(slug: String, title: String)], closeness: [Pair: Int]) {
    let (columns, rows) = (820, 120 + labels.count * 13)
    field = (columns, rows)
    nodes = labels.enumerated().map { number, label in
      let hash = Self.hash(of: label.slug)
      return Node(
        topic: number, x: Int(hash % UInt64(columns)), y: Int((hash >> 32) % UInt64(rows)),
        width: Self.width(of: label.title))
    }
    let homes = nodes
    let pairs = closeness.sorted { $0.key < $1.key }
    for _ in 0..<Self.rounds {
      attract(pairs, homes)
      separate()
    }
    for _ in 0..<Self.finalRounds where separate() == false { break }
    moveToOrigin()
    drawLines(pairs)
  }

  /// Two topics, the one with the smaller place first.
  struct Pair: Hashable, Comparable {
    let first: Int
    let second: Int

    static func < (left: Pair, right: Pair) -> Bool {
      (left.first, left.second) < (right.first, right.second)
    }
  }

  private static let rounds = 60
  private static let finalRounds = 200
  private static let linesEach = 3

  /// FNV-1a in 64 bits: well distributed, and the same on every machine.
  private static func hash(of slug: String) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in slug.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    // Its low bits depend on the last letter alone.
    hash ^= hash >> 33
    return hash &* 0xff51_afd7_ed55_8ccd
  }

  /// The approximate width of a title, in units of the drawing.
  static func width(of title: String) -> Int {
    24 + title.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 15 : 8) }
  }

  /// Moves each topic towards the centre of its related topics, and back towards its initial position.
  private mutating func attract(_ pairs: [(key: Pair, value: Int)], _ homes: [Node]) {
    var pulls = [(x: Int, y: Int, weight: Int)](repeating: (0, 0, 0), count: nodes.count)
    for (pair, closeness) in pairs {
      let weight = min(closeness, 8)
      for (one, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
        pulls[one].x += (nodes[other].x - nodes[one].x) * weight
        pulls[one].y += (nodes[other].y - nodes[one].y) * weight
        pulls[one].weight += weight
      }
    }
    for index in nodes.indices {
      let pull = pulls[index]
      let share = max(pull.weight * 8, 1)
      nodes[index].x += pull.x / share + (homes[index].x - nodes[index].x) / 6
      nodes[index].y += pull.y / share + (homes[index].y - nodes[index].y) / 6
    }
  }

  /// Moves overlapping labels apart.
  ///
  /// - Returns: Whether any overlapped.
  @discardableResult
  private mutating func separate() -> Bool {
    var isMoved = false
    for one in nodes.indices {
      for other in nodes.indices.dropFirst(one + 1) {
        let x = nodes[other].x - nodes[one].x
        let y = nodes[other].y - nodes[one].y
        let overlapX = (nodes[one].width + nodes[other].width) / 2 + Self.apart.x - abs(x)
        let overlapY = Self.height + Self.apart.y - abs(y)
        guard overlapX > 0, overlapY > 0 else { continue }
        isMoved = true
        // Each moves further in its own direction, unless that is far: labels are wide and low.
        if abs(x) * field.rows > abs(y) * field.columns, overlapX < 3 * overlapY {
          let push = (overlapX / 2 + 1) * (x < 0 ? -1 : 1)
          nodes[one].x -= push
          nodes[other].x += push
        } else {
          let push = (overlapY / 2 + 1) * (y < 0 ? -1 : 1)
          nodes[one].y -= push
          nodes[other].y += push
        }
      }
    }
    return isMoved
  }

  private mutating func moveToOrigin() {
    guard let left = nodes.map({ $0.x - $0.width / 2 }).min(),
      let top = nodes.map({ $0.y - Self.height / 2 }).min()
    else { return }
    for index in nodes.indices {
      nodes[index].x += Self.margin - left
      nodes[index].y += Self.margin - top
    }
    size.width = (nodes.map { $0.x + $0.width / 2 }.max() ?? 0) + Self.margin
    size.height = (nodes.map { $0.y + Self.height / 2 }.max() ?? 0) + Self.margin
  }

  /// For each topic, the lines to the most related topics.
  private mutating func drawLines(_ pairs: [(key: Pair, value: Int)]) {
    var drawn = [Int](repeating: 0, count: nodes.count)
    let strongest = pairs.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    for (pair, weight) in strongest
    where drawn[pair.first] < Self.linesEach && drawn[pair.second] < Self.linesEach {
      drawn[pair.first] += 1
      drawn[pair.second] += 1
      lines.append(
        Line(from: pair.first, to: pair.second, strength: weight > 6 ? 3 : weight > 2 ? 2 : 1))
    }
  }
}

extension TopicMap {
  /// The maximum number of topics on a map.
  static let most = 40

  /// The topics with the most conversations, in the community's order.
  static func shown(of community: Community) -> [Index<TopicEntry>] {
    let topics = community.topics
    return topics.places.filter { !topics[$0].conversations.isEmpty }
      .sorted { left, right in
        let (one, other) = (topics[left].conversations.count, topics[right].conversations.count)
        return one != other ? one > other : left < right
      }.prefix(most).sorted()
  }

  /// How strongly each two topics are related: conversations about both, and conversations about one that are close to one
  /// about the other.
  static func closeness(
    of shown: [Index<TopicEntry>], in community: Community
  ) -> [Pair: Int] {
    var places: [Index<TopicEntry>: Int] = [:]
    for (place, topic) in shown.enumerated() { places[topic] = place }
    var closeness: [Pair: Int] = [:]
    func add(_ one: Int, _ other: Int, _ weight: Int) {
      guard one != other else { return }
      closeness[Pair(first: min(one, other), second: max(one, other)), default: 0] += weight
    }
    for index in community.conversations.places where community.isListed(index) {
      let conversation = community.conversations[index]
      let own = conversation.topics.prefix(topicsCompared).compactMap { places[$0] }
      for (number, one) in own.enumerated() {
        for other in own.dropFirst(number + 1) { add(one, other, 2) }
      }
      for related in conversation.related {
        let others = community.conversations[related].topics.prefix(topicsCompared)
        for one in own {
          for other in others.compactMap({ places[$0] }) where !own.contains(other) {
            add(one, other, 1)
          }
        }
      }
    }
    return closeness
  }

  /// A conversation about many topics says little about their relation.
  private static let topicsCompared = 8
}

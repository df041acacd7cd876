import StoaModel

extension Community {
  /// With fewer conversations, two topics share most of them by chance.
  private static var fewestInTopic: Int { 3 }
  /// In per cent of the smaller topic's conversations.
  private static var leastShared: Int { 70 }
  /// In per cent: the minimum similarity of the texts about both.
  private static var leastAlike: Int { 75 }

  /// Finds topics that may be one, or one within the other: they share conversations, and the words of these are similar.
  mutating func addTopicOverlaps(_ index: TermIndex) {
    topicOverlaps = []
    var centroids: [Index<TopicEntry>: [UInt32: Int]] = [:]
    for smaller in topics.places {
      let count = topics[smaller].conversations.count
      guard count >= Self.fewestInTopic else { continue }
      for close in topics[smaller].close where 100 * close.shared >= Self.leastShared * count {
        let larger = close.topic
        let others = topics[larger].conversations.count
        // Of two topics of the same size, each is compared with the other; keep one pair.
        guard count < others || count == others && smaller > larger,
          !isWithin(smaller, larger), !isWithin(larger, smaller)
        else { continue }
        for topic in [smaller, larger] where centroids[topic] == nil {
          centroids[topic] = index.centroid(of: topics[topic].conversations)
        }
        if Self.isAlike(centroids[smaller] ?? [:], centroids[larger] ?? [:]) {
          topicOverlaps.append(TopicOverlap(smaller: smaller, larger: larger))
        }
      }
    }
  }

  private func isWithin(_ topic: Index<TopicEntry>, _ ancestor: Index<TopicEntry>) -> Bool {
    var parent = topics[topic].parent
    while let next = parent, next != ancestor { parent = topics[next].parent }
    return parent != nil
  }

  /// Whether the cosine of two sums is large enough, in integers.
  private static func isAlike(_ left: [UInt32: Int], _ right: [UInt32: Int]) -> Bool {
    let product = left.reduce(0) { $0 + $1.value * (right[$1.key] ?? 0) }
    let lengths = [left, right].map { $0.values.reduce(0) { $0 + $1 * $1 }.squareRoot }
    return product > 0 && 100 * product >= leastAlike * lengths[0] * lengths[1]
  }
}

extension TermIndex {
  /// The sum of conversations' word vectors, without topics and code; only of the newest if a topic has very many.
  fileprivate func centroid(of conversations: [Index<Conversation>]) -> [UInt32: Int] {
    var sum: [UInt32: Int] = [:]
    for index in conversations.prefix(200) {
      for entry in vectorOfWords(index.position).terms {
        sum[entry.term, default: 0] += Int(entry.weight)
      }
    }
    return sum
  }
}

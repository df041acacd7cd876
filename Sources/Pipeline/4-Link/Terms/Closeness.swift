import StoaModel

extension TermIndex {
  /// How many of the closest conversations are kept.
  static let nearestKept = 24
  /// Two conversations with fewer common terms are not close.
  private static let fewestShared = 2
  /// The reciprocal of the minimum cosine for closeness.
  private static let closenessDivisor = 25

  /// The closest other conversations for each, closest first; among equals the newer first.
  func nearest() async -> [[Index<Conversation>]] {
    await mapRanges(of: vectors.count, jobs: jobs, parts: 8) { range in
      // For each conversation the score, with the number of shared terms in its last sixteen bits.
      var scores = [Int](repeating: 0, count: vectors.count)
      var touched: [Int] = []
      return scores.withUnsafeMutableBufferPointer { scores in
        range.map { nearest(to: $0, scores, &touched) }
      }
    }.flatMap { $0 }
  }

  private func nearest(
    to position: Int, _ scores: UnsafeMutableBufferPointer<Int>, _ touched: inout [Int]
  ) -> [Index<Conversation>] {
    touched.removeAll(keepingCapacity: true)
    for entry in vectors[position].terms {
      withPostings(of: entry.term) { postings in
        for posting in postings {
          let other = Int(posting.conversation)
          if scores[other] == 0 { touched.append(other) }
          scores[other] += (Int(entry.weight) * Int(posting.weight)) << 16 + 1
        }
      }
    }
    var best: [(score: Int, other: Int)] = []
    for other in touched {
      let (score, shared) = (scores[other] >> 16, scores[other] & 0xFFFF)
      scores[other] = 0
      guard other != position, shared >= Self.fewestShared,
        score * Self.closenessDivisor >= vectors[position].length * vectors[other].length
      else { continue }
      if best.count == Self.nearestKept {
        let last = best[best.count - 1]
        guard score > last.score || score == last.score && other < last.other else { continue }
        best.removeLast()
      }
      var place = best.count
      while place > 0,
        score > best[place - 1].score
          || score == best[place - 1].score && other < best[place - 1].other
      {
        place -= 1
      }
      best.insert((score, other), at: place)
    }
    return best.map { Index($0.other) }
  }
}

extension Community {
  private static var relatedShown: Int { 6 }

  /// Adds the connections between conversations that follow from their words.
  mutating func addCloseness(_ edges: [Bodies.Edge], jobs: Int) async {
    gaps = []
    for index in conversations.indices where !conversations[index].unknown.isEmpty {
      conversations[index].unknown = []
    }
    let index = await TermIndex(self, jobs: jobs)
    let nearest = await index.nearest()
    let links = ConversationLinks(edges, conversations)
    addRelated(nearest, links: links)
    addNearWriters(nearest)
    addTopicOverlaps(index)
    await addGaps(index, nearest, links, jobs: jobs)
    deallocateInBackground(index)
  }

  /// Adds close conversations that are not already linked from each conversation's page.
  private mutating func addRelated(
    _ nearest: [[Index<Conversation>]], links: ConversationLinks
  ) {
    for (index, others) in zip(conversations.places, nearest) {
      let shown = links.neighbours[index] ?? []
      conversations[index].related = Array(
        others.lazy.filter { !shown.contains($0) }.prefix(Self.relatedShown))
    }
  }
}

/// The links between conversations.
struct ConversationLinks {
  /// The conversations that link to each other in either direction, in posts and responses, or that are connected by posts' sources
  /// or replacements.
  private(set) var neighbours: [Index<Conversation>: Set<Index<Conversation>>] = [:]
  /// For each conversation, those whose posts link to it.
  private var posts: [Index<Conversation>: Set<Index<Conversation>>] = [:]

  init(_ edges: [Bodies.Edge], _ conversations: [Conversation]) {
    for index in conversations.places {
      for origin in conversations[index].learnedFrom { add(index, origin.conversation) }
      if let successor = conversations[index].successor { add(index, successor) }
      if let origin = conversations[index].beganIn { add(index, origin.conversation) }
      for translation in conversations[index].translations { add(index, translation) }
    }
    for edge in edges {
      guard case .conversation(let target) = edge.target else { continue }
      switch edge.source {
      case .post(let source):
        add(source, target)
        if source != target { posts[target, default: []].insert(source) }
      case .response(let source, _): add(source, target)
      case .page: break
      }
    }
  }

  /// The conversations whose posts link to a conversation.
  func sources(to target: Index<Conversation>) -> Set<Index<Conversation>> { posts[target] ?? [] }

  private mutating func add(_ source: Index<Conversation>, _ target: Index<Conversation>) {
    guard source != target else { return }
    neighbours[source, default: []].insert(target)
    neighbours[target, default: []].insert(source)
  }
}

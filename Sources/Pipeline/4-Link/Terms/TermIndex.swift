import StoaModel
import StoaWords

/// The subjects of conversations, as their most distinctive words.
///
/// Computed only from shown content, and only with integers: hidden words change nothing, and the same words give the same lists on
/// every machine. The time grows with the words and with the number of conversations, never with its square.
struct TermIndex: Sendable {
  /// A term of a conversation's vector.
  struct Weighted: Sendable, BitwiseCopyable {
    var term: UInt32
    var weight: Int32
  }

  /// A conversation that has a term in its vector.
  struct Posting: Sendable, BitwiseCopyable {
    var conversation: Int32
    var weight: Int32
  }

  /// The heaviest terms of a conversation, and the length of their vector.
  struct Vector: Sendable {
    var terms: [Weighted] = []
    var length = 0
  }

  /// The maximum number of terms in a vector.
  private static let termsKept = 256
  /// The maximum number of conversations for a term.
  private static let postingsKept = 64

  let table: WordTable
  /// The number of conversations that have each term.
  let frequencies: [Int32]
  /// The information of each term: 256 times the binary logarithm; 0 for a term that is too rare or too common.
  private let telling: [Int32]
  private(set) var vectors: [Vector] = []
  private var postings: [Posting] = []
  private var postingEnds: [Int] = []
  /// Whether a conversation can be suggested: lists show it, and its words are available.
  let isOffered: [Bool]
  let offeredCount: Int
  private let counts: [TermCounter]
  private let starts: [Int]
  let jobs: Int

  init(_ community: Community, jobs: Int) async {
    self.jobs = jobs
    let count = community.conversations.count
    isOffered = community.conversations.map { !$0.post.isUnlisted && $0.post.removed == nil }
    offeredCount = isOffered.count { $0 }
    var counters = await mapRanges(of: count, jobs: jobs, parts: 2) { TermCounter(community, $0) }
    starts = counters.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.ends.count) }

    var table = WordTable()
    var frequencies: [Int32] = []
    for (part, counter) in counters.enumerated() {
      let numbers = table.numbers(of: counter.table)
      frequencies += [Int32](repeating: 0, count: table.count - frequencies.count)
      counters[part].renumber(numbers)
      for place in counters[part].ends.indices where isOffered[starts[part] + place] {
        for count in counters[part].terms(of: place) { frequencies[Int(count.term)] += 1 }
      }
    }
    self.table = table
    self.frequencies = frequencies
    counts = counters
    let most = max(10, offeredCount / 5)
    telling = frequencies.map { [offeredCount] frequency in
      (2...max(2, most)).contains(Int(frequency))
        ? Int32(Self.logarithm(offeredCount, Int(frequency))) : 0
    }
    vectors = await mapRanges(of: count, jobs: jobs, parts: 8) { [self] range in
      range.map { vector(of: $0) { Int($0.weight) + $0.code } }
    }.flatMap { $0 }
    addPostings()
  }

  // MARK: Vectors

  /// The heaviest terms of a conversation.
  ///
  /// - Parameter weigh: the weight of a term in the conversation.
  private func vector(of position: Int, _ weigh: (TermCount) -> Int) -> Vector {
    var weighted: [Weighted] = []
    for count in terms(of: position) {
      let telling = Int(telling[Int(count.term)])
      guard telling > 0 else { continue }
      let amount = weigh(count)
      let weight = (768 * amount / (amount + 4) * telling) >> 4
      if weight > 0 { weighted.append(Weighted(term: count.term, weight: Int32(weight))) }
    }
    weighted = heaviest(weighted)
    let length = weighted.reduce(0) { $0 + Int($1.weight) * Int($1.weight) }.squareRoot
    let divisor = length.squareRoot
    guard divisor > 0 else { return Vector() }
    for index in weighted.indices {
      weighted[index].weight = Int32(8 * Int(weighted[index].weight) / divisor)
    }
    return Vector(
      terms: weighted,
      length: weighted.reduce(0) { $0 + Int($1.weight) * Int($1.weight) }.squareRoot)
  }

  /// As above, but only of a conversation's words, without its topics and code.
  func vectorOfWords(_ position: Int) -> Vector {
    vector(of: position) { isTopic($0.term) ? 0 : Int($0.weight) }
  }

  private func heaviest(_ terms: [Weighted]) -> [Weighted] {
    guard terms.count > Self.termsKept else { return terms }
    var weights = terms.map(\.weight)
    let limit = weights.element(atDescending: Self.termsKept - 1)
    var kept = terms.filter { $0.weight > limit }
    kept += terms.filter { $0.weight == limit }
      .sorted { table.precedes(Int($0.term), Int($1.term)) }
      .prefix(Self.termsKept - kept.count)
    return kept
  }

  /// 256 · log2((all + some) / some), from the highest bit and linear interpolation.
  private static func logarithm(_ all: Int, _ some: Int) -> Int {
    let ratio = ((all + some) << 16) / some
    let bit = Int.bitWidth - 1 - ratio.leadingZeroBitCount
    return 256 * (bit - 16) + ((ratio << 8) >> bit) - 256
  }

  /// The terms of a conversation, in arbitrary order.
  func terms(of position: Int) -> ArraySlice<TermCount> {
    let part = starts.partition(upTo: position)
    return counts[part].terms(of: position - starts[part])
  }

  func isTopic(_ term: UInt32) -> Bool {
    table[Int(term)].contains(UInt8(ascii: ":"))
  }

  // MARK: Postings

  private mutating func addPostings() {
    var ends = [Int](repeating: 0, count: table.count)
    for (position, vector) in vectors.enumerated() where isOffered[position] {
      for entry in vector.terms { ends[Int(entry.term)] += 1 }
    }
    var sum = 0
    for index in ends.indices {
      (ends[index], sum) = (sum, sum + ends[index])
    }
    var all = [Posting](repeating: Posting(conversation: 0, weight: 0), count: sum)
    for (position, vector) in vectors.enumerated() where isOffered[position] {
      for entry in vector.terms {
        all[ends[Int(entry.term)]] = Posting(
          conversation: Int32(position), weight: entry.weight)
        ends[Int(entry.term)] += 1
      }
    }
    postings.reserveCapacity(all.count)
    postingEnds.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      appendHeaviest(all[start..<end])
      postingEnds.append(postings.count)
      start = end
    }
  }

  /// Keeps the heaviest entries; among equals the newer ones, which come first.
  private mutating func appendHeaviest(_ entries: ArraySlice<Posting>) {
    guard entries.count > Self.postingsKept else {
      postings += entries
      return
    }
    var weights = entries.map(\.weight)
    let limit = weights.element(atDescending: Self.postingsKept - 1)
    var room = Self.postingsKept - entries.count { $0.weight > limit }
    for entry in entries where entry.weight >= limit {
      if entry.weight == limit {
        guard room > 0 else { continue }
        room -= 1
      }
      postings.append(entry)
    }
  }

  @inline(__always)
  func withPostings(of term: UInt32, _ use: (UnsafeBufferPointer<Posting>) -> Void) {
    let term = Int(term)
    let range = (term == 0 ? 0 : postingEnds[term - 1])..<postingEnds[term]
    postings.withUnsafeBufferPointer { use(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}

extension Int {
  /// The largest integer whose square is at most this number.
  var squareRoot: Int {
    var root = Int(Double(self).squareRoot())
    while root * root > self { root -= 1 }
    while (root + 1) * (root + 1) <= self { root += 1 }
    return root
  }
}

extension [Int] {
  /// In ascending numbers, the index of the last that is at most a value.
  fileprivate func partition(upTo value: Int) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if self[middle] <= value { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension [Int32] {
  /// The element that would be at an index in descending order; the other elements are reordered.
  fileprivate mutating func element(atDescending place: Int) -> Int32 {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] > pivot { left += 1 }
        while self[right] < pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        return self[place]
      }
    }
    return self[place]
  }
}

import StoaModel

/// Finds the known name that a misspelt one probably stands for.
///
/// A lookup compares letter counts before it compares words, so that it takes some microseconds among ten thousand names. It gives
/// up early on untrusted names that are all alike.
package struct Nearest: Sendable {
  private typealias Letters = SIMD16<UInt8>

  /// The candidates that are long enough and short enough, shorter ones first, then in byte order.
  private var names: [String] = []
  private var words: [[Unicode.Scalar]] = []
  private var letters: [Letters] = []
  /// For each length, the index of its first word in `names`; one more at the end.
  private var starts: [Int] = [0]

  private static let longestWord = 100
  /// The largest distance that counts as a misspelling.
  private static let farthest = 3
  /// The maximum number of words that one lookup compares letter by letter.
  private static let mostComparisons = 128

  package init(_ candidates: some Sequence<String>) {
    var known: [(name: String, word: [Unicode.Scalar])] = []
    for name in candidates {
      let word = Self.scalars(of: name)
      if word.count <= Self.longestWord + Self.farthest { known.append((name, word)) }
    }
    known.sort { left, right in
      left.word.count != right.word.count
        ? left.word.count < right.word.count : left.name.precedes(right.name)
    }
    names = known.map(\.name)
    words = known.map(\.word)
    letters = words.map { Self.letters(of: $0) }
    for (index, word) in words.enumerated() {
      while starts.count <= word.count { starts.append(index) }
    }
    starts.append(words.count)
  }

  /// The candidate closest to a word by edit distance (a transposition counts one), if it is close enough to be a misspelling.
  ///
  /// Ties go to the first in byte order.
  ///
  /// - Parameter limit: the largest distance; nil: a third of the word's length, and never more than 3.
  package func match(for word: String, within limit: Int? = nil) -> String? {
    let wanted = Self.scalars(of: word)
    guard !wanted.isEmpty, wanted.count <= Self.longestWord else { return nil }
    var limit = limit ?? min(Self.farthest, max(1, wanted.count / 3))
    let range = start(of: wanted.count - limit)..<start(of: wanted.count + limit + 1)
    let wantedLetters = Self.letters(of: wanted)
    // The candidates, grouped by the least number of edits that their letter counts allow.
    var candidates = [[Int]](repeating: [], count: limit + 1)
    for index in range {
      let edits = Self.fewestEdits(wantedLetters, letters[index])
      if edits <= limit { candidates[edits].append(index) }
    }
    var best: String?
    var comparisonsLeft = Self.mostComparisons
    for (edits, indexes) in candidates.enumerated() where edits <= limit {
      for index in indexes.prefix(comparisonsLeft) {
        comparisonsLeft -= 1
        let distance = Self.distance(wanted, words[index])
        guard distance <= limit else { continue }
        if distance == limit, let best, best.precedes(names[index]) { continue }
        best = names[index]
        limit = distance
      }
    }
    return best
  }

  /// The closest of a few candidates, each compared once.
  package static func match(
    for word: String, among candidates: some Sequence<String>, within limit: Int? = nil
  ) -> String? {
    Nearest(candidates).match(for: word, within: limit)
  }

  private func start(of length: Int) -> Int {
    length < 0 ? 0 : starts[min(length, starts.count - 1)]
  }

  private static func scalars(of name: String) -> [Unicode.Scalar] {
    Array(name.lowercased().unicodeScalars)
  }

  /// How often each letter occurs; letters with the same remainder share a counter.
  private static func letters(of word: [Unicode.Scalar]) -> Letters {
    var letters = Letters()
    for scalar in word { letters[Int(scalar.value & 15)] &+= 1 }
    return letters
  }

  /// A lower bound of the edit distance: each edit changes at most two of the counts, by one each.
  private static func fewestEdits(_ left: Letters, _ right: Letters) -> Int {
    let more = pointwiseMax(left, right) &- pointwiseMin(left, right)
    return (Int(more.wrappedSum()) + 1) / 2
  }

  /// The optimal string alignment distance.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = beforePrevious
    for i in left.indices {
      current[0] = i + 1
      for j in right.indices {
        var cost = min(
          previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current[j + 1] = cost
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count]
  }
}

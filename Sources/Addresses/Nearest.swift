import StoaModel

/// Finds the name that a misspelled one probably stands for, among names that are known beforehand.
///
/// A lookup compares how often each letter occurs before it compares the words, so that one among ten thousand names takes
/// some microseconds, and it gives up on names of strangers that are all alike.
package struct Nearest: Sendable {
  private typealias Letters = SIMD16<UInt8>

  /// The candidates that are long enough and short enough, shorter ones first, then in byte order.
  private var names: [String] = []
  private var words: [[Unicode.Scalar]] = []
  private var letters: [Letters] = []
  /// Where the words of each length begin in these; one more at the end.
  private var starts: [Int] = [0]

  private static let longestWord = 100
  /// The largest distance that is a slip.
  private static let farthest = 3
  /// How many words one lookup compares letter by letter.
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

  /// The candidate closest to a word by edit distance (transpositions count one), if it is close enough to be a slip.
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
    // By how many edits the letters alone ask for.
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

  /// The closest of a few candidates, each looked at once.
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

  /// How often each letter occurs; those of one remainder are counted together.
  private static func letters(of word: [Unicode.Scalar]) -> Letters {
    var letters = Letters()
    for scalar in word { letters[Int(scalar.value & 15)] &+= 1 }
    return letters
  }

  /// Fewer edits than this cannot make one word of the other: each changes two of the counts by one, or one of them.
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

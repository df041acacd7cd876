/// Finds pairs of words that are one edit apart: a letter added, missing or different, or two letters exchanged.
///
/// Two such words share a variant after one letter is removed from one or both. Words are looked up by these variants, so the work
/// grows with the number of words, not with its square.
///
/// Untrusted words may be arbitrarily alike: long ones, and more than a few that share a variant, are skipped.
struct SlipIndex {
  private static let maximumLength = 100
  private static let mostBearers = 32

  private let words: [[Unicode.Scalar]]
  private let lengths: ClosedRange<Int>
  /// The indexes of the words that have a variant.
  private var bearers: [[Unicode.Scalar]: [Int]] = [:]

  /// - Parameter minimumLength: shorter words are skipped, because one edit may make another word of them.
  init(_ words: [String], minimumLength: Int) {
    lengths = minimumLength...Self.maximumLength
    self.words = words.map { Self.scalars(of: $0) }
    for (index, word) in self.words.enumerated() {
      for spelling in spellings(of: word)
      where bearers[spelling, default: []].count < Self.mostBearers {
        bearers[spelling, default: []].append(index)
      }
    }
  }

  /// Pairs of indexes, each with the lower first, in order.
  static func pairs(in words: [String], minimumLength: Int) -> [(Int, Int)] {
    let index = SlipIndex(words, minimumLength: minimumLength)
    var found: Set<[Int]> = []
    for indexes in index.bearers.values where indexes.count > 1 {
      for (place, first) in indexes.enumerated() {
        for second in indexes[(place + 1)...]
        where isSlip(index.words[first], index.words[second]) {
          found.insert([min(first, second), max(first, second)])
        }
      }
    }
    return found.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
  }

  /// The first of the words that is one edit away from another.
  func first(near word: String) -> Int? {
    let word = Self.scalars(of: word)
    return spellings(of: word).flatMap { bearers[$0] ?? [] }
      .filter { Self.isSlip(words[$0], word) }.min()
  }

  /// The scalars, at most one more than the limit.
  private static func scalars(of word: String) -> [Unicode.Scalar] {
    Array(word.unicodeScalars.prefix(maximumLength + 1))
  }

  /// A word, and the word with each of its letters removed; empty for a word that is skipped.
  private func spellings(of word: [Unicode.Scalar]) -> Set<[Unicode.Scalar]> {
    guard lengths.contains(word.count) else { return [] }
    var spellings: Set<[Unicode.Scalar]> = [word]
    for position in word.indices {
      var shorter = word
      shorter.remove(at: position)
      spellings.insert(shorter)
    }
    return spellings
  }

  /// Whether two different words are one edit apart; a different number does not count, since years and versions differ by one
  /// digit.
  static func isSlip(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
    let start = zip(left, right).prefix { $0 == $1 }.count
    let end = zip(left[start...].reversed(), right[start...].reversed()).prefix { $0 == $1 }.count
    let first = Array(left[start..<(left.count - end)])
    let second = Array(right[start..<(right.count - end)])
    guard !(first + second).contains(where: { $0.properties.numericType != nil }) else {
      return false
    }
    switch (first.count, second.count) {
    case (0, 1), (1, 0), (1, 1): return true
    case (2, 2): return first[0] == second[1] && first[1] == second[0]
    default: return false
    }
  }
}

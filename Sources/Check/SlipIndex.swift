/// Finds pairs of words that are one slip apart: a letter too many, too few or different, or two that changed places.
///
/// Two such words have a spelling in common once a letter is struck from one or both, so words are looked up by what is left of
/// them, and the work grows with the number of words, not with its square.
internal enum SlipIndex {
  /// Pairs of indexes, each with the lower first, in order.
  internal static func pairs(in words: [String], minimumLength: Int) -> [(Int, Int)] {
    let spellings = words.map { Array($0.unicodeScalars) }
    var bearers: [[Unicode.Scalar]: [Int]] = [:]
    for (index, word) in spellings.enumerated() where word.count >= minimumLength {
      bearers[word, default: []].append(index)
      var seen: Set<[Unicode.Scalar]> = []
      for position in word.indices {
        var shorter = word
        shorter.remove(at: position)
        if seen.insert(shorter).inserted { bearers[shorter, default: []].append(index) }
      }
    }
    var found: Set<[Int]> = []
    for indexes in bearers.values where indexes.count > 1 {
      for (place, first) in indexes.enumerated() {
        for second in indexes[(place + 1)...]
        where isSlip(spellings[first], spellings[second]) {
          found.insert([min(first, second), max(first, second)])
        }
      }
    }
    return found.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
  }

  /// Whether two different words are one slip apart; another number is no slip, since years and versions differ by one digit.
  internal static func isSlip(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
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

internal import StoaModel

/// Finds what somebody probably meant.
package enum Nearest {
  /// The candidate closest to a word by edit distance (transpositions count one), if it is close enough to be a slip.
  ///
  /// Ties go to the first in byte order.
  ///
  /// - Parameter limit: the largest distance; nil: a third of the word's length, and never more than 3.
  package static func match<Candidates: Sequence<String>>(
    for word: String, among candidates: Candidates, within limit: Int? = nil
  ) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    let limit = limit ?? min(3, max(1, wanted.count / 3))
    var best: (distance: Int, text: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, other)
      guard distance <= limit else { continue }
      if let best,
        best.distance < distance
          || best.distance == distance && best.text.precedes(candidate)
      {
        continue
      }
      best = (distance, candidate)
    }
    return best?.text
  }

  /// The optimal string alignment distance.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        var cost = min(
          previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}

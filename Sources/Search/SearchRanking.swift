/// The ranking of results, in integers: the single definition, which templates/search.js implements too.
///
/// BM25, weighted by where a word is. The weight of a word in one document is a level from 1 to 31, which is in the index; its
/// weight in the community is its rarity, which the reader computes from the number of documents with the word.
///
/// The score of a group (a page with its responses) is the sum of each word's best level in any of its documents, plus the score of
/// its best document for all words. So a post with one word in its title and the other in a response is found, and one with both in
/// the same document comes first.
enum SearchRanking {
  /// Places where a word shows the subject of a document, one bit each.
  static let title: UInt8 = 1
  static let topic: UInt8 = 2
  static let name: UInt8 = 4

  static let headingWeight: UInt32 = 3
  static let textWeight: UInt32 = 1

  static let highestLevel = 31
  private static let titleLevel = 12
  private static let topicLevel = 7
  private static let nameLevel = 9
  /// The limit that the level of an often repeated word approaches.
  private static let textLevel = 16

  /// The level of a word in a document.
  ///
  /// The length reduces the weight of words in the body but not in the title, because long posts must be found by their titles.
  ///
  /// - Parameters:
  ///   - weight: how often it is in the body; a heading counts more than once.
  ///   - places: the bits of the other places.
  ///   - length: the number of words in the document.
  ///   - mean: the mean length of all documents that have words, at least 1.
  static func level(_ weight: Int, places: UInt8, length: Int, mean: Int) -> Int {
    // BM25 with k = 1.25 and b = 0.75, in sixteenths.
    let saturation = 20 * (mean + 3 * length) / (4 * mean)
    var level = textLevel * 16 * weight / max(1, 16 * weight + saturation)
    if places & title != 0 { level += titleLevel }
    if places & topic != 0 { level += topicLevel }
    if places & name != 0 { level += nameLevel }
    return min(max(1, level), highestLevel)
  }

  /// 256 times the binary logarithm of (all + some) / some, linear between powers of two.
  static func rarity(all: Int, some: Int) -> Int {
    let ratio = 256 * (all + some) / some
    let bits = Int.bitWidth - 1 - ratio.leadingZeroBitCount
    return bits * 256 + ((ratio * 256) >> bits) - 256 - 2048
  }

  /// The weight, of 16, of an index word for a query word; 0 when it is none of its forms.
  ///
  /// - Parameter isOpen: whether the word is still being typed.
  static func weight(of found: String, for word: String, isOpen: Bool) -> Int {
    if found.utf8.elementsEqual(word.utf8) { return 16 }
    let (length, other) = (word.unicodeScalars.count, found.unicodeScalars.count)
    if found.utf8.starts(with: word.utf8) {
      return isOpen && length > 1 || length > 3 && other - length < 4 ? 8 : 0
    }
    return word.utf8.starts(with: found.utf8) && other > 3 && length - other < 3 ? 6 : 0
  }

  /// Whether two words differ by one letter added, missing or replaced, or by two letters exchanged.
  static func isSlip(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
    var (left, right) = (Array(left.unicodeScalars)[...], Array(right.unicodeScalars)[...])
    while let first = left.first, first == right.first {
      left.removeFirst()
      right.removeFirst()
    }
    while let last = left.last, last == right.last {
      left.removeLast()
      right.removeLast()
    }
    return left.count < 2 && right.count < 2
      || left.count == 2 && right.count == 2 && left.first == right.last
        && left.last == right.first
  }

  /// How many of the required words a result may lack.
  static func allowance(of needed: Int) -> Int { needed > 3 ? needed / 2 : 0 }

  /// The maximum number of words in a query.
  static let mostWords = 12
  /// The maximum number of forms of one word.
  static let mostForms = 24
  /// A word in more documents than this, or than a quarter of all, is not required in results.
  static let fewTexts = 24
}

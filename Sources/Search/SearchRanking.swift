/// How results are ranked, in whole numbers: the one definition, which templates/search.js follows.
///
/// BM25, with what a word counts for where it stands. What it counts in one text is a level from 1 to 31, which the index holds;
/// what it counts in the community is its rarity, which the reader computes from the number of texts that have it.
///
/// A group (a page with its responses) scores, for each word, the best that any of its texts has, and once more what its best
/// text has of all words. So a post with one word in its title and the other in a response is found, and one that has both in
/// a text comes first.
enum SearchRanking {
  /// Where a word stands that says by itself what a text is about, each a bit.
  static let title: UInt8 = 1
  static let topic: UInt8 = 2
  static let name: UInt8 = 4

  static let headingWeight: UInt32 = 3
  static let textWeight: UInt32 = 1

  static let highestLevel = 31
  private static let titleLevel = 12
  private static let topicLevel = 7
  private static let nameLevel = 9
  /// What a text of any length gives a word that it repeats again and again.
  private static let textLevel = 16

  /// What a word counts in a text.
  ///
  /// The length of the text is held against what stands in it and not against its title, or long posts would not be found by
  /// their titles.
  ///
  /// - Parameters:
  ///   - weight: how often it stands in the text itself, a heading counting as more than once.
  ///   - places: the bits of the other places.
  ///   - length: the number of words of the text.
  ///   - mean: that of all texts that have words, at least 1.
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

  /// How much a word of the index counts, of 16, for a word that was asked for; 0 when it is none of its forms.
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

  /// Whether two words differ by one letter too many, one too few, another one, or two that changed places.
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

  /// How many of the words that it should have a result may lack.
  static func allowance(of needed: Int) -> Int { needed > 3 ? needed / 2 : 0 }

  /// How many words of a question are looked for.
  static let mostWords = 12
  /// How many forms of one word are.
  static let mostForms = 24
  /// A word that stands in more texts than this, or than a quarter of all, need not be in what is found.
  static let fewTexts = 24
}

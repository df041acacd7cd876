/// Finds names that are two forms of one word: singular and plural, British and American, with and without a hyphen.
///
/// For English, the language of most topics that many sites share; an English ending does no harm in another language, because it
/// takes two names to make a pair.
enum WordForm {
  /// Pairs of indexes of names that share a form, each with the lower first, in order; names are slugs.
  static func pairs(in names: [String]) -> [(Int, Int)] {
    var bearers: [[UInt8]: [Int]] = [:]
    for (index, name) in names.enumerated() {
      let form = form(of: name)
      if form.count >= 4 { bearers[form, default: []].append(index) }
    }
    return bearers.values.flatMap { indexes in
      zip(indexes, indexes.dropFirst()).map { ($0, $1) }
    }.sorted { $0 < $1 }
  }

  /// The form that all variants of a name share.
  private static func form(of name: String) -> [UInt8] {
    let words = name.utf8.split(separator: UInt8(ascii: "-")).map { singular(of: Array($0)) }
    return spelling(of: Array(words.joined()))
  }

  private static func singular(of word: [UInt8]) -> [UInt8] {
    func ends(_ ending: StaticString) -> Bool {
      word.count > ending.utf8CodeUnitCount + 1
        && word.suffix(ending.utf8CodeUnitCount).elementsEqual(
          UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
    }
    if ends("ies") { return word.dropLast(3) + Array("y".utf8) }
    if ends("sses") || ends("xes") || ends("ches") || ends("shes") || ends("zes") {
      return Array(word.dropLast(2))
    }
    if ends("s"), !ends("ss"), !ends("us"), !ends("is") { return Array(word.dropLast()) }
    return word
  }

  /// British spellings as American ones: -our as -or, -ou- before a consonant as -o-, -is- as -iz-, -re as -er.
  private static func spelling(of word: [UInt8]) -> [UInt8] {
    var spelled: [UInt8] = []
    for (index, byte) in word.enumerated() {
      let next = index + 1 < word.count ? word[index + 1] : 0
      if byte == UInt8(ascii: "u"), word[..<index].last == UInt8(ascii: "o"),
        next == UInt8(ascii: "r") || next == UInt8(ascii: "l")
      {
        continue
      }
      let isVoiced =
        byte == UInt8(ascii: "s") && word[..<index].last == UInt8(ascii: "i")
        && (next == UInt8(ascii: "e") || next == UInt8(ascii: "a") || next == UInt8(ascii: "i"))
      spelled.append(isVoiced ? UInt8(ascii: "z") : byte)
    }
    if spelled.suffix(2).elementsEqual("re".utf8) {
      spelled.replaceSubrange((spelled.count - 2)..., with: "er".utf8)
    }
    return spelled
  }
}

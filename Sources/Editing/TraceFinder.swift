import StoaAddresses
import StoaModel

/// Finds traces of a person: the name, and sequences of words from their documents.
package struct TraceFinder: Sendable {
  /// This many equal words in a row are no coincidence.
  private static let run = 6

  private let names: [String]
  /// Every sequence of that many words, in lower case with one space between.
  private let runs: Set<String>

  /// - Parameter texts: the person's own documents; quotes in them are other people's words.
  init(names: [String], texts: [[UInt8]]) {
    self.names = names
    var runs: Set<String> = []
    for text in texts {
      let own = String(decoding: text, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      )
      .filter { !Self.isQuote($0) }.joined(separator: "\n")
      let words = Self.words(in: own[...]).map(\.text)
      guard words.count >= Self.run else { continue }
      for start in 0...(words.count - Self.run) {
        runs.insert(words[start..<(start + Self.run)].joined(separator: " "))
      }
    }
    self.runs = runs
  }

  private static func isQuote(_ line: Substring) -> Bool {
    line.utf8.first { $0 != 0x20 } == UInt8(ascii: ">")
  }

  private struct Word {
    let text: String
    let range: Range<String.Index>
  }

  /// Words are runs of letters and digits; every ideograph is a word.
  private static func words(in text: Substring) -> [Word] {
    var words: [Word] = []
    var start: String.Index?
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let next = scalars.index(after: index)
      let scalar = scalars[index]
      let isAlone = scalar.properties.isIdeographic
      if Slug.isLetterOrDigit(scalar), !isAlone {
        start = start ?? index
      } else if let begin = start {
        words.append(Word(text: text[begin..<index].lowercased(), range: begin..<index))
        start = nil
      }
      if isAlone { words.append(Word(text: String(scalar), range: index..<next)) }
      index = next
    }
    if let begin = start {
      words.append(Word(text: text[begin...].lowercased(), range: begin..<text.endIndex))
    }
    return words
  }

  /// The places of the person's words, each from the first word of a run to the last, in order.
  private func places(in text: Substring) -> [Range<String.Index>] {
    guard !runs.isEmpty else { return [] }
    let words = Self.words(in: text)
    guard words.count >= Self.run else { return [] }
    var places: [Range<Int>] = []
    for start in 0...(words.count - Self.run) {
      let end = start + Self.run
      guard runs.contains(words[start..<end].map(\.text).joined(separator: " ")) else { continue }
      if let last = places.last, start <= last.upperBound {
        places[places.count - 1] = last.lowerBound..<end
      } else {
        places.append(start..<end)
      }
    }
    return places.map {
      words[$0.lowerBound].range.lowerBound..<words[$0.upperBound - 1].range.upperBound
    }
  }

  /// The text with an ellipsis in place of the person's words, and those words.
  ///
  /// In block quotes, an ellipsis replaces whole lines, within a sentence only the words; words in which markup begins or ends
  /// are kept.
  func withoutQuotes(_ text: String) -> (text: String, quotes: [String]) {
    var result = ""
    var quotes: [String] = []
    var rest = text.startIndex
    for place in places(in: text[...]) {
      let lines = Self.lines(around: place, in: text)
      if Self.isQuote(text[lines]) {
        guard lines.lowerBound >= rest else { continue }
        result += text[rest..<lines.lowerBound]
        let quoted = text[lines].split(separator: "\n", omittingEmptySubsequences: false)
        var words: [String] = []
        result += quoted.map { Self.withoutWords($0, &words) }.joined(separator: "\n")
        // A short line alone may be anybody's words.
        let long = words.filter { Self.words(in: $0[...]).count >= Self.run }
        if long.count < words.count { quotes.append(words.joined(separator: "\n")) }
        quotes += long
        rest = lines.upperBound
      } else if place.lowerBound >= rest, Self.isPlain(text[place]), !Self.isInAddress(place, text)
      {
        // Two brackets would make a wikilink.
        let isLabel =
          text[..<place.lowerBound].utf8.last == UInt8(ascii: "[")
          || text[place.upperBound...].utf8.first == UInt8(ascii: "]")
        result += text[rest..<place.lowerBound] + (isLabel ? "…" : "[…]")
        quotes.append(String(text[place]))
        rest = place.upperBound
      }
    }
    return (result + text[rest...], quotes)
  }

  /// A line of a quote with an ellipsis for its words.
  private static func withoutWords(_ line: Substring, _ quotes: inout [String]) -> Substring {
    let body = line.drop { $0 == ">" || $0 == " " }
    guard isQuote(line), !body.isEmpty else { return line }
    quotes.append(String(body.utf8.last == 0x0D ? body.dropLast() : body))
    return line[..<body.startIndex] + "[…]" + (line.utf8.last == 0x0D ? "\r" : "")
  }

  /// The whole lines that a place is on, without the last line end.
  private static func lines(
    around place: Range<String.Index>, in text: String
  ) -> Range<String.Index> {
    let newline = UInt8(ascii: "\n")
    let start =
      text.utf8[..<place.lowerBound].lastIndex(of: newline)
      .map { text.utf8.index(after: $0) } ?? text.startIndex
    let end = text.utf8[place.upperBound...].firstIndex(of: newline) ?? text.endIndex
    return start..<end
  }

  /// Whether words can be removed without breaking markup around them.
  private static func isPlain(_ words: Substring) -> Bool {
    let bytes = words.utf8
    let count = { (byte: UInt8) in bytes.count { $0 == byte } }
    return !bytes.contains { "[](){}<>|`#\\".utf8.contains($0) } && !words.contains("\n\n")
      && "*_~".utf8.allSatisfy { count($0).isMultiple(of: 2) }
  }

  /// Whether words are part of a URL or path, which cannot have an ellipsis.
  private static func isInAddress(_ place: Range<String.Index>, _ text: String) -> Bool {
    guard place.lowerBound > text.startIndex else { return false }
    let before = text.utf8[text.utf8.index(before: place.lowerBound)]
    return before == UInt8(ascii: "/") || text[place].utf8.contains(UInt8(ascii: "/"))
  }

  /// The text with another word in place of every name; a wikilink to the person becomes its label.
  func withoutNames(_ text: String, word: String) -> String {
    let finder = NameFinder(names)
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "[[@"),
      let close = rest[open.upperBound...].firstRange(of: "]]")
    {
      let inner = rest[open.upperBound..<close.lowerBound]
      let parts = inner.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      let isTheirs =
        names.contains { NameKey($0) == NameKey(String(parts[0])) } && !inner.contains("\n")
      if isTheirs {
        result += rest[..<open.lowerBound] + (parts.count > 1 ? parts[1] : Substring(word))
        rest = rest[close.upperBound...]
      } else {
        result += rest[..<open.upperBound]
        rest = rest[open.upperBound...]
      }
    }
    return finder.replacing(in: result + rest, by: word)
  }

  /// The lines on which a sequence of the person's words begins.
  func lines(in text: String) -> [Int] {
    var line = 1
    var start = text.startIndex
    return places(in: text[...]).map { place in
      line += text.utf8[start..<place.lowerBound].count { $0 == UInt8(ascii: "\n") }
      start = place.lowerBound
      return line
    }
  }

  /// Whether bytes hold a name or a sequence of the words.
  package func isFound(in bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return !NameFinder(names).ranges(in: text).isEmpty || !places(in: text[...]).isEmpty
  }
}

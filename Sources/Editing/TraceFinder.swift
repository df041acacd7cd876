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

  private func holdsRun(_ text: Substring) -> Bool {
    let words = Self.words(in: text).map(\.text)
    guard words.count >= Self.run else { return false }
    return (0...(words.count - Self.run)).contains {
      runs.contains(words[$0..<($0 + Self.run)].joined(separator: " "))
    }
  }

  /// The text with an ellipsis in place of every quoted line that has the person's words, and those lines.
  func withoutQuotes(_ text: String) -> (text: String, quotes: [String]) {
    guard !runs.isEmpty else { return (text, []) }
    var quotes: [String] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      line -> Substring in
      guard Self.isQuote(line), holdsRun(line) else { return line }
      let body = line.drop { $0 == ">" || $0 == " " }
      quotes.append(String(body.utf8.last == 0x0D ? body.dropLast() : body))
      return line[..<body.startIndex] + "[…]" + (line.utf8.last == 0x0D ? "\r" : "")
    }
    return quotes.isEmpty ? (text, []) : (lines.joined(separator: "\n"), quotes)
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

  /// The lines that have a sequence of the person's words.
  func lines(in text: String) -> [Int] {
    guard !runs.isEmpty else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { holdsRun($0.element) }.map { $0.offset + 1 }
  }

  /// Whether bytes hold a name or a sequence of the words.
  package func isFound(in bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return !NameFinder(names).ranges(in: text).isEmpty || !lines(in: text).isEmpty
  }
}

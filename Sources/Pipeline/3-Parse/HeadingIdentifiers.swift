import StoaHTML
import StoaModel

/// Makes the ids of a page's headings by GitHub's algorithm.
package struct HeadingIdentifiers {
  /// Ids, and prefixes of ids, that the theme's pages and Parse use.
  private static let reserved: Set<String> = [
    "main", "responses", "reply", "toc", "top", "search", "mentions", "footnotes", "learned-from",
    "became", "began-in", "went-on", "linked-from", "contents-title", "responses-title",
    "mentions-title", "reply-title",
    "reply-text", "reply-name", "reply-website",
  ]
  private static let reservedPrefixes = ["response-", "fn-", "fnref-"]

  /// Whether the theme's pages have an element with that id, or a footnote may have it.
  package static func isTaken(_ id: String) -> Bool {
    reserved.contains(id) || ["fn-", "fnref-"].contains { id.utf8.starts(with: $0.utf8) }
  }

  private var used: Set<String> = []
  /// The last number that was appended to each id.
  private var numbers: [String: Int] = [:]

  /// Reserves an id that the author chose; false if the page has it already.
  mutating func take(_ id: String) -> Bool {
    guard !Self.reserved.contains(id),
      !Self.reservedPrefixes.contains(where: { id.utf8.starts(with: $0.utf8) })
    else { return false }
    return used.insert(id).inserted
  }

  /// A unique id for the next heading with this plain text.
  mutating func next(for text: String) -> String {
    let base = Self.identifier(of: text)
    var id = base
    while !used.insert(id).inserted {
      numbers[base, default: 0] += 1
      id = "\(base)-\(numbers[base, default: 0])"
    }
    return id
  }

  /// The id of the first heading with this plain text.
  package static func identifier(of text: String) -> String {
    var id = ""
    for scalar in text.unicodeScalars {
      if scalar == " " {
        id.unicodeScalars.append("-")
      } else if scalar.isASCII {
        let byte = UInt8(ascii: scalar)
        if ASCII.isLetterOrDigit(byte) || scalar == "-" || scalar == "_" {
          id.unicodeScalars.append(Unicode.Scalar(ASCII.lowercased(byte)))
        }
      } else if isWordPart(scalar) {
        id += scalar.properties.lowercaseMapping
      }
    }
    if id.isEmpty { return "section" }
    let isReserved =
      reserved.contains(id) || reservedPrefixes.contains { id.utf8.starts(with: $0.utf8) }
    return isReserved ? id + "-section" : id
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
      .connectorPunctuation:
      true
    default: false
    }
  }
}

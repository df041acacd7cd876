import StoaLoad

/// Cleans untrusted text.
enum CleanText {
  /// Converts bytes to UTF-8 with a line feed at each line end; invalid UTF-8 becomes U+FFFD.
  ///
  /// A byte order mark, control characters, and more combining marks on a letter than a build accepts are dropped.
  static func clean(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let whole = Array(bytes)
    var isClean = true
    for byte in whole where byte < 0x20 && byte != 0x0A && byte != 0x09 || byte >= 0x7F {
      isClean = false
      break
    }
    if isClean { return whole }
    let text = String(decoding: whole, as: UTF8.self)
    var result: [UInt8] = []
    result.reserveCapacity(whole.count)
    var wasReturn = false
    var marks = 0
    for scalar in text.unicodeScalars {
      marks = StackedMarks.isMark(scalar) ? marks + 1 : 0
      if marks > StackedMarks.limit { continue }
      if scalar == "\r" {
        result.append(0x0A)
      } else if !(scalar == "\n" && wasReturn), isAllowed(scalar) {
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
      wasReturn = scalar == "\r"
    }
    return result
  }

  /// The text on one line: white space collapsed, control characters removed, cut at a number of bytes.
  static func line(_ text: String, maximumLength: Int = 500) -> String {
    if isPlainLine(text, maximumLength: maximumLength) { return text }
    var line = ""
    var length = 0
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.value < 0x20 {
        pendingSpace = !line.isEmpty
        continue
      }
      guard isAllowed(scalar) else { continue }
      length += UTF8.width(scalar) + (pendingSpace ? 1 : 0)
      guard length <= maximumLength else { break }
      if pendingSpace { line.unicodeScalars.append(" ") }
      pendingSpace = false
      line.unicodeScalars.append(scalar)
    }
    return line
  }

  /// Whether a text is clean already: most names and keys are ASCII, and looking up Unicode properties is slow.
  private static func isPlainLine(_ text: String, maximumLength: Int) -> Bool {
    guard text.utf8.count <= maximumLength else { return false }
    var previous: UInt8 = 0x20
    for byte in text.utf8 {
      guard (0x20..<0x7F).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
      previous = byte
    }
    return previous != 0x20 || text.isEmpty
  }

  /// The text without white space at its ends.
  static func trim(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }

  /// The characters that YAML allows, except the byte order mark.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x20..<0x7F, 0x85, 0xA0..<0xFEFF, 0xFF00..<0xFFFE, 0x10000...: true
    default: false
    }
  }
}

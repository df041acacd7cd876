package import StoaModel

/// The source line of a diagnostic, with a line below it that marks the place.
package struct SourceExcerpt: Sendable, Equatable {
  package let line: Int
  /// Without characters that would change how a terminal or page shows the line; cut when it is long.
  package let text: String
  /// As many spaces as the text before the place is wide.
  package let indentation: String
  /// A sign under the place, and a line under the rest of the marked text.
  package let underline: String

  /// How many characters are shown on each side of the place.
  private static let reach = 60

  /// The excerpt for a place; nil when the place is a whole file (the first line of front matter counts as one), or when the file
  /// has no such line.
  package init?(_ location: SourceLocation, in file: [UInt8]) {
    var start = LineStart()
    self.init(location, in: file, after: &start)
  }

  /// The position at which a line of a file begins.
  package struct LineStart {
    fileprivate var line = 1
    fileprivate var offset = 0

    package init() {}
  }

  /// The excerpt for one of many places; if they are in order, a file is scanned only once.
  ///
  /// - Parameter start: the line start of the previous place in the same file; it is updated to that of this place.
  package init?(_ location: SourceLocation, in file: [UInt8], after start: inout LineStart) {
    guard location.line > 0 else { return nil }
    if start.line > location.line { start = LineStart() }
    while start.line < location.line {
      guard let end = file[start.offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      start.line += 1
      start.offset = end + 1
    }
    var bytes = file[start.offset...].prefix { $0 != UInt8(ascii: "\n") }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard location.line > 1 || !bytes.elementsEqual("---".utf8) else { return nil }
    let column = min(max(location.column - 1, 0), bytes.count)
    var before = String(decoding: bytes.prefix(column), as: UTF8.self).unicodeScalars.map(
      Self.shown)
    var after = String(decoding: bytes.dropFirst(column), as: UTF8.self).unicodeScalars
      .map(Self.shown)
    if before.count > Self.reach { before = ["…"] + before.suffix(Self.reach) }
    let end = min(max(location.length, 0), bytes.count - column)
    let meant = String(decoding: bytes.dropFirst(column).prefix(end), as: UTF8.self).unicodeScalars
      .prefix(Self.reach).reduce(0) { $0 + Self.width(of: Self.shown($1)) }
    underline = "^" + String(repeating: "~", count: max(meant - 1, 0))
    if after.count > Self.reach { after = after.prefix(Self.reach) + ["…"] }
    line = location.line
    text = String(String.UnicodeScalarView(before + after))
    indentation = String(repeating: " ", count: before.reduce(0) { $0 + Self.width(of: $1) })
  }

  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return "\u{FFFD}"
    default: return scalar
    }
  }

  /// How many columns a terminal gives a character: wide East Asian characters and emoji take two.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

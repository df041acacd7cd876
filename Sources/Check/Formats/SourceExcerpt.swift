package import StoaModel

/// The line that a diagnostic speaks of, with what stands under it up to the place.
package struct SourceExcerpt: Sendable, Equatable {
  package let line: Int
  /// Without characters that would change how a terminal or page shows it; cut when it is long.
  package let text: String
  /// As many spaces as the text before the place is wide.
  package let indentation: String
  /// A sign under the place, and a line under the rest of what is meant.
  package let underline: String

  /// How many characters are shown on either side of the place.
  private static let reach = 60

  /// The excerpt for a place; nil when it speaks of a whole file, which is so of one that names the line with which front matter
  /// begins, too, or when the file has no such line.
  package init?(_ location: SourceLocation, in file: [UInt8]) {
    var start = LineStart()
    self.init(location, in: file, after: &start)
  }

  /// Where a line of a file begins.
  package struct LineStart {
    fileprivate var line = 1
    fileprivate var offset = 0

    package init() {}
  }

  /// The excerpt for one of many places, so that a file full of them is gone through once if they are in order.
  ///
  /// - Parameter start: where the line of the place before began in the same file; becomes that of this one.
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

  /// How many columns a terminal gives a character: the wide ranges of East Asian scripts and pictures have two.
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

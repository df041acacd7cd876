package import StoaModel
package import StoaYAML

/// A file of content, split into front matter and body.
package struct FrontMatter {
  package let entries: [YAMLEntry]
  /// The range of the YAML in the file's bytes; empty when there is none.
  private(set) var yaml = 0..<0
  /// The index in the file's bytes at which the body begins.
  package let bodyStart: Int
  /// The line at which the body begins, from 1.
  package let bodyLine: Int
  package private(set) var diagnostics: [Diagnostic] = []

  /// Splits a file; CRLF and a byte order mark are accepted.
  package init(_ bytes: [UInt8], file: String) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var lines = LineCursor(bytes: bytes, position: start)
    guard lines.next().map({ Self.isFence(bytes[$0]) }) == true else {
      entries = []
      bodyStart = start
      bodyLine = 1
      let (message, suggestion) = Self.beginning(of: bytes[start...])
      diagnostics.append(
        Diagnostic(
          .missingFrontMatter, at: SourceLocation(file: file, line: 1, column: 1), message,
          suggestion: suggestion))
      return
    }
    let yamlStart = lines.position
    var line = 1
    while let range = lines.next() {
      line += 1
      guard Self.isFence(bytes[range]) else { continue }
      bodyStart = lines.position
      bodyLine = line + 1
      yaml = yamlStart..<range.lowerBound
      do throws(YAMLProblem) {
        entries = try YAMLReader.read(bytes[yamlStart..<range.lowerBound], firstLine: 2)
      } catch {
        entries = []
        diagnostics.append(Diagnostic(yaml: error, in: file))
      }
      return
    }
    entries = []
    bodyStart = bytes.count
    bodyLine = line
    diagnostics.append(
      Diagnostic(
        .unclosedFrontMatter, at: SourceLocation(file: file, line: 1, column: 1),
        "the front matter that begins here does not end", suggestion: "close it with a line of ---")
    )
  }

  /// What a file begins with instead of YAML between lines of `---`.
  private static func beginning(of bytes: ArraySlice<UInt8>) -> (String, String) {
    let text = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    if text.starts(with: "+++".utf8) {
      return (
        "the front matter is TOML, and only YAML is read",
        "write --- instead of +++, and lines such as title: Slack rope"
      )
    }
    if text.first == UInt8(ascii: "{") {
      return (
        "the front matter is JSON, and only YAML is read",
        "write lines such as title: Slack rope between two lines of ---"
      )
    }
    if text.starts(with: "---".utf8) {
      return (
        "the file does not begin with front matter", "remove everything before the first ---"
      )
    }
    if text.starts(with: "--".utf8) || text.starts(with: "–".utf8) || text.starts(with: "—".utf8) {
      return (
        "the file does not begin with front matter",
        "begin and end it with a line of three hyphens, ---"
      )
    }
    return ("the file does not begin with front matter", "put it between two lines of ---")
  }

  /// Splits a file that may have a merge conflict before its body.
  ///
  /// Other errors in such front matter are consequences of the conflict.
  init(checked bytes: [UInt8], file: String) {
    self.init(bytes, file: file)
    guard !diagnostics.isEmpty,
      let conflict = ConflictMarkers.conflicts(in: bytes).first, conflict.first <= bodyLine
    else { return }
    diagnostics = [Diagnostic(conflictIn: file, line: conflict.first)]
  }

  /// `---`, optionally followed by spaces.
  static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: [0x2D, 0x2D, 0x2D]) else { return false }
    return line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}

/// Iterates over lines without their line feeds.
struct LineCursor {
  let bytes: [UInt8]
  var position: Int

  mutating func next() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    position = min(end + 1, bytes.count)
    return start..<end
  }
}

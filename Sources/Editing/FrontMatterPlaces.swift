import StoaAddresses
import StoaLoad
import StoaModel
import StoaYAML

// The positions of values in a file, and how they are written.
extension FrontMatterEditor {
  func offset(line: Int, column: Int) -> Int {
    var start = 0
    for _ in 1..<max(line, 1) { start = lineEnd(from: start) }
    let mark = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return min(start + mark + column - 1, bytes.count)
  }

  /// The position of the next line's start.
  func lineEnd(from start: Int) -> Int {
    bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
  }

  /// The range of a scalar in the file, with its quotes; nil for an unquoted one of several lines.
  func range(of node: YAMLNode) -> Range<Int>? {
    guard let text = node.scalar else { return nil }
    let start = offset(line: node.line, column: node.column)
    guard start < bytes.count else { return nil }
    let quote = bytes[start]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      guard bytes[start...].starts(with: text.utf8) else { return nil }
      return start..<(start + text.utf8.count)
    }
    var index = start + 1
    while index < bytes.count {
      if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] != quote {
        index += 1
      } else if quote == UInt8(ascii: "'"), index + 1 < bytes.count, bytes[index + 1] == quote {
        index += 2
      } else {
        return start..<(index + 1)
      }
    }
    return nil
  }

  /// A scalar as YAML, quoted if the old one was.
  func spelled(_ text: String, instead range: Range<Int>) -> [UInt8] {
    let quote = bytes[range].first
    let isQuoted = quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    let isSimple = text.utf8.allSatisfy { $0 >= 0x20 && !"'\"\\".utf8.contains($0) }
    guard isQuoted, isSimple, let quote else { return Array(Self.scalar(text).utf8) }
    return [quote] + text.utf8 + [quote]
  }

  /// A scalar as YAML.
  ///
  /// Slugs, ids and paths need no quotes; all other values are quoted as in new files.
  static func scalar(_ text: String) -> String {
    let isForeign = text.unicodeScalars.first.map { !$0.isASCII } ?? false
    let isPath = text.hasPrefix("/")
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      Slug.isLetterOrDigit(scalar) || "._-/".unicodeScalars.contains(scalar)
    }
    if isPlain, isForeign || isPath { return text }
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    let isResponse =
      parts.count == 2 && !ASCII.isDigit(text.utf8.first ?? 0)
      && Slug.problem(in: String(parts[0])) == nil && Slug.isResponseId(String(parts[1]))
    return isResponse ? text : FrontMatterText.scalar(text)
  }
}

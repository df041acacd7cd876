import StoaModel
import StoaYAML

extension Diagnostic {
  /// Why a file's YAML was not read, for people who do not know YAML.
  init(yaml problem: YAMLProblem, in file: String) {
    let location = SourceLocation(file: file, line: problem.line, column: problem.column)
    switch problem.kind {
    case .syntax:
      if Self.isAboutTab(problem) {
        self.init(
          .invalidYAML, at: location, "the YAML cannot be read: a tab indents this line",
          suggestion: "indent with spaces")
      } else {
        self.init(
          .invalidYAML, at: location, "the YAML cannot be read: \(problem.message)",
          suggestion: Self.quoting(problem) ?? Self.remedy(for: problem.message))
      }
    case .forbidden:
      self.init(
        .forbiddenYAML, at: location, "only plain YAML is allowed, and this is \(problem.message)",
        suggestion: "write the value out, in quotes if it begins with & * ! or %")
    case .tooLarge:
      self.init(
        .forbiddenYAML, at: location, "only small YAML is allowed, and this is \(problem.message)",
        suggestion: "keep it to a few lines")
    case .controlCharacter:
      self.init(
        .controlCharacter, at: location, "there is a control character here",
        suggestion: "take it out")
    }
  }

  private static func isAboutTab(_ problem: YAMLProblem) -> Bool {
    let indentation = problem.source.utf8.prefix { $0 == 0x20 || $0 == 0x09 }
    return indentation.contains(0x09) && problem.column <= indentation.count + 1
  }

  /// The correct form of a line's value that YAML does not read as text; nil when that is not the problem.
  private static func quoting(_ problem: YAMLProblem) -> String? {
    let line = Array(problem.source.utf8)
    let colon = line.indices.dropLast().first { index in
      line[index] == UInt8(ascii: ":") && line[index + 1] == 0x20
    }
    guard let colon, line.count - colon <= 160 else { return nil }
    let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmed
    guard let first = value.utf8.first, let last = value.utf8.last else { return nil }
    if problem.message.hasPrefix(unclosedList) {
      return value.utf8.contains(UInt8(ascii: "#"))
        ? "put what begins with # in quotes, and close the bracket" : nil
    }
    if problem.message.hasPrefix("mapping values") {
      let hasColon = value.contains(": ") || last == UInt8(ascii: ":")
      return hasColon ? "put the value in quotes: \(FrontMatterText.scalar(value))" : nil
    }
    guard "[{\"'>|-?*".utf8.contains(first), !problem.message.contains("escape"),
      !problem.message.hasSuffix("end of stream")
    else { return nil }
    let isInQuotes = first == last && value.utf8.count > 1 && "\"'".utf8.contains(first)
    let text = isInQuotes ? String(value.dropFirst().dropLast()) : value
    return "put the whole value in quotes: \(FrontMatterText.scalar(text))"
  }

  private static let unclosedList = "did not find expected ','"

  /// The usual fix for an error of libyaml.
  private static func remedy(for message: String) -> String {
    let remedies = [
      (
        "mapping values",
        "put a value that has a colon in quotes, or line the key up with the others"
      ),
      ("cannot start any token", "put a value that begins with a sign such as @ or % in quotes"),
      ("end of stream", "close the quotation mark or bracket that begins here"),
      (unclosedList, "close the bracket that begins here"),
      (
        "expected node content",
        "close the bracket above, and put a value that begins with a sign such as , or # in quotes"
      ),
      ("expected keys and values", "write lines such as title: Slack rope"),
      (
        "could not find expected ':'",
        "begin the line with a key and a colon, or indent it if the value above goes on"
      ),
      ("escape character", "write \\\\ for a backslash, or put the value in single quotes"),
    ]
    return remedies.first { message.contains($0.0) }?.1
      ?? "look for a missing quotation mark, bracket or colon, and line the keys up"
  }
}

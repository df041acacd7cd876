internal import StoaModel
internal import StoaYAML

extension Diagnostic {
  /// Why a file's YAML was not read, in words for people who do not know YAML.
  internal init(yaml problem: YAMLProblem, in file: String) {
    let location = SourceLocation(file: file, line: problem.line, column: problem.column)
    switch problem.kind {
    case .syntax:
      self.init(
        .invalidYAML, at: location, "the YAML cannot be read: \(problem.message)",
        suggestion: Self.remedy(for: problem.message))
    case .forbidden:
      self.init(
        .forbiddenYAML, at: location, "only plain YAML is read, and here is \(problem.message)",
        suggestion: "write the value out, in quotes if it begins with & * ! or %")
    case .tooLarge:
      self.init(
        .forbiddenYAML, at: location, "only small YAML is read, and here is \(problem.message)",
        suggestion: "keep it to a few lines")
    case .controlCharacter:
      self.init(
        .controlCharacter, at: location, "there is a control character here",
        suggestion: "take it out")
    }
  }

  /// What usually mends one of libyaml's complaints.
  private static func remedy(for message: String) -> String {
    let remedies = [
      (
        "mapping values",
        "put a value that has a colon in quotes, or line the key up with the others"
      ),
      ("cannot start any token", "put a value that begins with a sign such as @ or % in quotes"),
      ("end of stream", "close the quotation mark or bracket that begins here"),
      ("expected keys and values", "write lines such as title: Slack rope"),
      ("escape character", "write \\\\ for a backslash, or put the value in single quotes"),
    ]
    return remedies.first { message.contains($0.0) }?.1
      ?? "look for a missing quotation mark, bracket or colon, and line the keys up"
  }
}

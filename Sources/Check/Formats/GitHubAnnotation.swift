package import StoaModel

extension Diagnostic {
  /// The diagnostic as a workflow command of GitHub's runner, which shows it beside the line in a pull request.
  ///
  /// - Parameter folder: the folder of stoa.yml in the repository, with a slash at its end; empty at the repository's root.
  package func gitHubAnnotation(below folder: String) -> String {
    let kind =
      switch severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties = "file=\(Self.escapedProperty((folder + location.file).printable))"
    if location.line > 0 {
      properties += ",line=\(location.line),col=\(max(location.column, 1))"
      if let end = location.endColumn {
        properties += ",endLine=\(location.line),endColumn=\(end - 1)"
      }
    }
    properties += ",title=\(Self.escapedProperty(code.rawValue))"
    // An annotation has only one place.
    let text = ([sentence] + notes.map { $0.text(below: folder) }).joined(separator: "\n")
    return "::\(kind) \(properties)::\(Self.escaped(text))"
  }

  /// Escapes a command's text as the runner's own toolkit does.
  private static func escaped(_ text: String) -> String {
    replace(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func escapedProperty(_ text: String) -> String {
    replace(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  /// Scalars, not Characters: a carriage return and a line feed are one Character.
  private static func replace(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let escape = escapes[scalar] {
        result += escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Diagnostic.Note {
  /// The note as one line: `content/posts/a.md:3:8: first used here`.
  ///
  /// - Parameter folder: the folder of stoa.yml in the repository, with a slash at its end; empty at the repository's root.
  package func text(below folder: String = "") -> String {
    var place = folder + location.file
    if location.line > 0 { place += ":\(location.line):\(max(location.column, 1))" }
    return "\(place): \(message)".printable
  }
}

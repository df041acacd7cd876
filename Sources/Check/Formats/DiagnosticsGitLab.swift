import StoaHTML
package import StoaModel

/// Diagnostics as GitLab's code quality report, which merge requests show.
package enum DiagnosticsGitLab {
  /// - Parameter folder: the folder of stoa.yml in the repository, with a slash at its end; empty at the repository's root.
  package static func text(_ diagnostics: [Diagnostic], below folder: String) -> String {
    var buffer = ByteBuffer()
    var seen: [String: Int] = [:]
    buffer.write("[")
    for (index, diagnostic) in diagnostics.enumerated() {
      let identity = [diagnostic.location.file, diagnostic.code.rawValue, diagnostic.message]
        .joined(separator: "\u{0}")
      // GitLab merges two entries with one fingerprint. It does not include the line number, so that moved lines are not reported
      // as new.
      let number = seen[identity, default: 0]
      seen[identity] = number + 1
      let fingerprint = SHA256.hexadecimal(of: Array("\(identity)\u{0}\(number)".utf8))
      let fields: [(name: String, text: String)] = [
        ("description", diagnostic.sentence), ("check_name", diagnostic.code.rawValue),
        ("fingerprint", fingerprint), ("severity", severity(of: diagnostic)),
      ]
      buffer.write(index == 0 ? "\n{" : ",\n{")
      for field in fields {
        buffer.write("\"\(field.name)\":")
        buffer.writeJSON(field.text)
        buffer.write(",")
      }
      buffer.write("\"location\":")
      write(diagnostic.location, below: folder, into: &buffer)
      if !diagnostic.notes.isEmpty {
        // This key is part of Code Climate's format, on which GitLab's is based.
        buffer.write(",\"other_locations\":[")
        for (index, note) in diagnostic.notes.enumerated() {
          if index > 0 { buffer.write(",") }
          write(note.location, below: folder, into: &buffer)
        }
        buffer.write("]")
      }
      buffer.write("}")
    }
    buffer.write("\n]")
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private static func write(
    _ location: SourceLocation, below folder: String, into buffer: inout ByteBuffer
  ) {
    let line = max(location.line, 1)
    buffer.write("{\"path\":")
    buffer.writeJSON(folder + location.file)
    buffer.write(",\"lines\":{\"begin\":\(line),\"end\":\(line)}}")
  }

  private static func severity(of diagnostic: Diagnostic) -> String {
    switch diagnostic.severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}

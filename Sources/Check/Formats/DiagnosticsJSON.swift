import StoaHTML
package import StoaModel

/// Diagnostics for programs: one JSON object, with one diagnostic in each line.
package enum DiagnosticsJSON {
  /// - Parameter earlier: how many other diagnostics there were before the change that is checked.
  package static func text(_ diagnostics: [Diagnostic], earlier: Int = 0) -> String {
    var buffer = ByteBuffer()
    buffer.write("{\"diagnostics\":[")
    for (index, diagnostic) in diagnostics.enumerated() {
      buffer.write(index == 0 ? "\n" : ",\n")
      write(diagnostic, into: &buffer)
    }
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count { $0.severity == .warning }
    buffer.write("\n],\"errors\":\(errors),\"warnings\":\(warnings),\"earlier\":\(earlier)}")
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private static func write(_ diagnostic: Diagnostic, into buffer: inout ByteBuffer) {
    let location = diagnostic.location
    let fields: [(name: String, text: String)] = [
      ("severity", "\(diagnostic.severity)"), ("code", diagnostic.code.rawValue),
      ("message", diagnostic.message), ("suggestion", diagnostic.suggestion),
      ("file", location.file),
    ]
    buffer.write("{")
    for field in fields {
      buffer.write("\"\(field.name)\":")
      buffer.writeJSON(field.text)
      buffer.write(",")
    }
    write(location, into: &buffer)
    if !diagnostic.notes.isEmpty {
      buffer.write(",\"notes\":[")
      for (index, note) in diagnostic.notes.enumerated() {
        buffer.write(index == 0 ? "{\"message\":" : ",{\"message\":")
        buffer.writeJSON(note.message)
        buffer.write(",\"file\":")
        buffer.writeJSON(note.location.file)
        buffer.write(",")
        write(note.location, into: &buffer)
        buffer.write("}")
      }
      buffer.write("]")
    }
    buffer.write("}")
  }

  private static func write(_ location: SourceLocation, into buffer: inout ByteBuffer) {
    buffer.write("\"line\":\(location.line),\"column\":\(location.column)")
    if let end = location.endColumn {
      buffer.write(",\"endLine\":\(location.line),\"endColumn\":\(end)")
    }
  }
}

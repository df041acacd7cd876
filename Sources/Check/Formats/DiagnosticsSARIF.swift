import StoaHTML
package import StoaModel

/// Diagnostics as a SARIF 2.1.0 log, which code scanning and editors read.
package enum DiagnosticsSARIF {
  /// - Parameters:
  ///   - version: the version of this program.
  ///   - folder: the folder of stoa.yml in the repository, with a slash at its end; empty at the repository's root.
  ///   - columns: converts columns into code points.
  package static func text(
    _ diagnostics: [Diagnostic], version: String, below folder: String, columns: SourceColumns
  ) -> String {
    var columns = columns
    let rules = Set(diagnostics.map(\.code)).sorted { $0.rawValue.precedes($1.rawValue) }
    let positions = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
    var buffer = ByteBuffer()
    buffer.write(
      "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",")
    buffer.write("\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Stoa\",\"version\":")
    buffer.writeJSON(version)
    buffer.write(",\"rules\":[")
    for (index, rule) in rules.enumerated() {
      buffer.write(index == 0 ? "" : ",")
      buffer.write("\n{\"id\":")
      buffer.writeJSON(rule.rawValue)
      buffer.write(",\"defaultConfiguration\":{\"level\":\"\(rule.severity)\"}}")
    }
    buffer.write("\n]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    for (index, diagnostic) in diagnostics.enumerated() {
      buffer.write(index == 0 ? "\n" : ",\n")
      buffer.write("{\"ruleId\":")
      buffer.writeJSON(diagnostic.code.rawValue)
      buffer.write(
        ",\"ruleIndex\":\(positions[diagnostic.code] ?? 0),\"level\":\"\(diagnostic.severity)\"")
      buffer.write(",\"message\":{\"text\":")
      buffer.writeJSON(diagnostic.sentence)
      buffer.write("},\"locations\":[{\"physicalLocation\":")
      write(diagnostic.location, below: folder, &columns, into: &buffer)
      buffer.write("}]")
      if !diagnostic.notes.isEmpty {
        buffer.write(",\"relatedLocations\":[")
        for (index, note) in diagnostic.notes.enumerated() {
          buffer.write(index == 0 ? "" : ",")
          buffer.write("{\"id\":\(index),\"message\":{\"text\":")
          buffer.writeJSON(note.message)
          buffer.write("},\"physicalLocation\":")
          write(note.location, below: folder, &columns, into: &buffer)
          buffer.write("}")
        }
        buffer.write("]")
      }
      buffer.write("}")
    }
    buffer.write("\n]}]}")
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private static func write(
    _ location: SourceLocation, below folder: String, _ columns: inout SourceColumns,
    into buffer: inout ByteBuffer
  ) {
    buffer.write("{\"artifactLocation\":{\"uri\":")
    buffer.writeJSON(FileURI.relative(folder + location.file))
    buffer.write("}")
    if location.line > 0 {
      let column = columns.column(of: location)
      buffer.write(",\"region\":{\"startLine\":\(location.line),\"startColumn\":\(column)")
      if let end = location.endColumn {
        let place = SourceLocation(file: location.file, line: location.line, column: end)
        buffer.write(",\"endLine\":\(location.line),\"endColumn\":\(columns.column(of: place))")
      }
      buffer.write("}")
    }
    buffer.write("}")
  }
}

extension Diagnostic {
  /// Message and suggestion as one sentence.
  var sentence: String { suggestion.isEmpty ? message : "\(message); \(suggestion)" }
}

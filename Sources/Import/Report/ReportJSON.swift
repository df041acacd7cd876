extension ImportReport {
  /// The report for programs: one JSON object.
  public var json: String {
    var json = JSONText()
    json.open("{")
    json.field("source", kind)
    json.field("site", site)
    json.field("dry-run", isDryRun ? "true" : "false", isText: false)
    json.key("counts")
    json.open("{")
    for sum in sums {
      json.key(sum.noun)
      json.open("{")
      json.field("found", String(sum.found), isText: false)
      json.field("imported", String(sum.imported), isText: false)
      json.field("merged", String(sum.merged), isText: false)
      json.field("left-out", String(sum.leftOut), isText: false)
      json.close("}")
    }
    json.close("}")
    json.key("files")
    json.open("{")
    for state in ImportReport.Entry.FileState.allCases {
      json.field(state.rawValue, String(count(state)), isText: false)
    }
    json.close("}")
    json.list("notes", notes)
    json.key("items")
    json.open("[")
    for entry in entries { json.add(entry) }
    json.close("]")
    json.close("}")
    return json.text + "\n"
  }
}

/// Builds a JSON text.
private struct JSONText {
  var text = ""
  private var needsComma = false

  mutating func open(_ bracket: String) {
    separate()
    text += bracket
    needsComma = false
  }

  mutating func close(_ bracket: String) {
    text += bracket
    needsComma = true
  }

  mutating func key(_ key: String) {
    separate()
    text += quoted(key) + ":"
    needsComma = false
  }

  mutating func field(_ key: String, _ value: String, isText: Bool = true) {
    self.key(key)
    text += isText ? quoted(value) : value
    needsComma = true
  }

  mutating func list(_ key: String, _ items: [String]) {
    self.key(key)
    text += "[" + items.map(quoted).joined(separator: ",") + "]"
    needsComma = true
  }

  mutating func add(_ entry: ImportReport.Entry) {
    separate()
    text += "\n"
    needsComma = false
    open("{")
    field("kind", entry.noun)
    field("source", entry.source)
    switch entry.outcome {
    case .imported(let path):
      field("outcome", "imported")
      field("to", path)
    case .merged(let place):
      field("outcome", "merged")
      field("to", place)
    case .leftOut(let reason):
      field("outcome", "left-out")
      field("reason", reason)
    }
    if let file = entry.file { field("file", file.rawValue) }
    if !entry.notes.isEmpty { list("notes", entry.notes) }
    close("}")
  }

  private mutating func separate() {
    if needsComma { text += "," }
  }

  private func quoted(_ value: String) -> String {
    var quoted = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

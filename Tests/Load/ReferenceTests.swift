import Foundation
import StoaLoad
import Testing

/// The guide's format reference and Load have the same list of keys.
@Suite struct ReferenceTests {
  struct Row: Hashable {
    let key: String
    let type: String
  }

  /// The tables' descriptions of the keys, by heading and key.
  let meanings: [String: String]

  /// The tables of keys, by the heading above them.
  let tables: [String: [Row]]

  init() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../content/posts/format-reference.md").standardizedFileURL
    var tables: [String: [Row]] = [:]
    var meanings: [String: String] = [:]
    var heading = ""
    for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("## ") { heading = String(line.dropFirst(3)) }
      guard line.hasPrefix("| `") else { continue }
      let cells = line.split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "`")))
      }
      guard cells.count == 4 else { continue }
      tables[heading, default: []].append(Row(key: cells[0], type: cells[1]))
      meanings["\(heading) \(cells[0])"] = cells[3]
    }
    self.tables = tables
    self.meanings = meanings
  }

  static let schemas: [(heading: String, schema: Schema)] = [
    ("Posts", .post), ("Responses", .response), ("Contributors", .contributor),
    ("Topics", .topic), ("Pages", .page), ("Settings", .settings),
  ]

  @Test func documentsEveryKindOfFile() {
    #expect(Self.schemas.map(\.schema.name) == Schema.all.map(\.name))
  }

  @Test(arguments: schemas.indices) func listsTheKeysThatLoadReadsWithTheirTypes(_ index: Int) {
    let (heading, schema) = Self.schemas[index]
    #expect(tables[heading] == schema.keys.map { Row(key: $0.name, type: $0.type) }, "\(heading)")
  }

  @Test("editors show the beginning of what the guide says", arguments: schemas.indices)
  func meaningsAreTheGuides(_ index: Int) {
    let (heading, schema) = Self.schemas[index]
    for key in schema.keys {
      let meaning = meanings["\(heading) \(key.name)"] ?? ""
      #expect(!key.meaning.isEmpty && meaning.hasPrefix(key.meaning), "\(heading): \(key.name)")
    }
  }

  @Test("a key that names something says so, so that it is rewritten when that gets another name")
  func referencesAreMarked() {
    let words = ["response id", "slugs", "responses", "titles and addresses"]
    for schema in Schema.all {
      for key in schema.keys where words.contains(where: { key.type.hasSuffix($0) }) {
        #expect(key.reference != nil, "\(schema.name): \(key.name)")
      }
    }
    for (schema, key) in [
      (Schema.post, "author"), (.post, "topics"), (.response, "author"), (.topic, "parent"),
    ] {
      #expect(schema.reference(of: key) != nil, "\(schema.name): \(key)")
    }
  }
}

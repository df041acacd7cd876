import StoaAddresses
import StoaTemplates

@testable import StoaRender

/// The guide's tables of the view model, generated from the views in the code.
enum ViewModelDocument {
  static let text: String = {
    let frame = Array(PageKind.notFound.view.table.fields.prefix(frameSize))
    var text = "## Every page\n\n" + table(frame)
    var waiting = tables(in: frame)
    text += "\n## Pages by template\n"
    for kind in PageKind.allCases {
      let own = Array(kind.view.table.fields.dropFirst(frameSize))
      text += "\n### \(kind.row.template).mustache\n\n"
      text += own.isEmpty ? "Nothing of its own.\n" : table(own)
      waiting += tables(in: own)
    }
    text += "\n## Parts of pages\n"
    var seen: Set<ObjectIdentifier> = []
    var parts: [FieldTable] = []
    while !waiting.isEmpty {
      let part = waiting.removeFirst()
      guard seen.insert(ObjectIdentifier(part)).inserted else { continue }
      parts.append(part)
      waiting += tables(in: part.fields)
    }
    for part in parts.sorted(by: { $0.name < $1.name }) {
      text += "\n### \(part.name)\n\n" + table(part.fields)
    }
    return text
  }()

  private static let frameSize = (PageFrame.fields() as [Field<NotFoundView>]).count

  private static func table(_ fields: [FieldTable.Field]) -> String {
    "| Name | Holds | Meaning |\n| :--- | :--- | :--- |\n"
      + fields.map { "| `\($0.name)` | \(words(for: $0.kind)) | \($0.documentation) |\n" }.joined()
  }

  private static func words(for kind: FieldTable.Kind) -> String {
    switch kind {
    case .text: "text"
    case .html: "HTML"
    case .flag: "yes or no"
    case .any: "keys that are left open"
    case .list(of: .text): "list of texts"
    case .list(of: .record(let table)): "list of \(link(to: table()))"
    case .list(of: let item): "list: \(words(for: item))"
    case .record(let table): "\(link(to: table())), or nothing"
    }
  }

  private static func link(to table: FieldTable) -> String {
    "[\(table.name)](#\(table.name.replacing(" ", with: "-")))"
  }

  private static func tables(in fields: [FieldTable.Field]) -> [FieldTable] {
    fields.compactMap { field in
      switch field.kind {
      case .record(let table), .list(of: .record(let table)): table()
      default: nil
      }
    }
  }
}

import StoaAddresses
import StoaTemplates

@testable import StoaRender

/// The guide's tables of the view model, as the shapes in the code declare it.
enum ViewModelDocument {
  static let text: String = {
    var text = "## Every page\n\n" + table(PageFrame.fields)
    var waiting: [Shape] = shapes(in: PageFrame.fields)
    text += "\n## Pages by template\n"
    for kind in PageKind.allCases {
      let own = Array(kind.shape.fields.dropFirst(PageFrame.fields.count))
      text += "\n### \(kind.row.template).mustache\n\n"
      text += own.isEmpty ? "Nothing of its own.\n" : table(own)
      waiting += shapes(in: own)
    }
    text += "\n## Parts of pages\n"
    var seen: Set<ObjectIdentifier> = []
    var parts: [Shape] = []
    while !waiting.isEmpty {
      let shape = waiting.removeFirst()
      guard seen.insert(ObjectIdentifier(shape)).inserted else { continue }
      parts.append(shape)
      waiting += shapes(in: shape.fields)
    }
    for shape in parts.sorted(by: { $0.name < $1.name }) {
      text += "\n### \(shape.name)\n\n" + table(shape.fields)
    }
    return text
  }()

  private static func table(_ fields: [Shape.Field]) -> String {
    "| Name | Holds | Meaning |\n| :--- | :--- | :--- |\n"
      + fields.map { "| `\($0.name)` | \(words(for: $0.kind)) | \($0.documentation) |\n" }.joined()
  }

  private static func words(for kind: Shape.Kind) -> String {
    switch kind {
    case .text: "text"
    case .html: "HTML"
    case .flag: "yes or no"
    case .any: "keys that are left open"
    case .list(of: .text): "list of texts"
    case .list(of: .record(let shape)): "list of \(link(to: shape()))"
    case .list(of: let item): "list: \(words(for: item))"
    case .record(let shape): "\(link(to: shape())), or nothing"
    }
  }

  private static func link(to shape: Shape) -> String {
    "[\(shape.name)](#\(shape.name.replacing(" ", with: "-")))"
  }

  private static func shapes(in fields: [Shape.Field]) -> [Shape] {
    fields.compactMap { field in
      switch field.kind {
      case .record(let shape), .list(of: .record(let shape)): shape()
      default: nil
      }
    }
  }
}

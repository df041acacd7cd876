import StoaLink
import StoaModel

/// The source of markup that a tool makes.
protocol TypesetSource {
  /// Identifies the content, in the cache too.
  var key: String { get }
  /// Whether it is too large, so that no tool is asked.
  var isTooLarge: Bool { get }
  /// The numbers of the documents that have it.
  var documents: [Int] { get }

  func notice(_ problem: TypesetProblem) -> Diagnostic
}

/// A formula to show.
struct FormulaSource: TypesetSource, Sendable {
  let key: String
  let tex: [UInt8]
  let isDisplay: Bool
  /// The place of the first formula with this content.
  let location: SourceLocation
  var documents: [Int] = []

  var isTooLarge: Bool { tex.count > FormulaLimit.source }
}

/// A diagram to draw.
struct DiagramSource: TypesetSource, Sendable {
  let key: String
  let dot: [UInt8]
  /// The place of the first block with this content.
  let location: SourceLocation
  var documents: [Int] = []

  var isTooLarge: Bool { dot.count > DiagramLimit.source }
}

/// The formulas and diagrams of a community, without duplicates, in the order of the site.
struct TypesetSources {
  private(set) var formulas: [FormulaSource] = []
  private(set) var diagrams: [DiagramSource] = []
  /// The index of each formula and diagram, by its key.
  private var seen: [String: Int] = [:]
  private var documentCount = 0

  init(_ community: Community) {
    for conversation in community.conversations {
      add(conversation.body, in: conversation.post.file)
      for response in conversation.responses { add(response.body, in: response.response.file) }
      for mention in conversation.mentions { add(mention.body, in: mention.response.file) }
    }
    for page in community.pages { add(page.body, in: page.page.file) }
    for topic in community.topics { add(topic.description, in: topic.file?.file) }
    for contributor in community.contributors { add(contributor.bio, in: contributor.file?.file) }
  }

  private mutating func add(_ body: LinkedBody?, in file: String?) {
    guard let body, let file else { return }
    documentCount += 1
    for slot in body.document.slots {
      let location = { SourceLocation(file: file, line: slot.line, column: slot.column) }
      switch slot.content {
      case .formula(let source, let form):
        guard let tex = try? source.load() else { continue }
        let isDisplay = form != .inline
        let key = Typesetting.key(tex: tex, isDisplay: isDisplay)
        if let index = seen[key] {
          Self.add(documentCount, to: &formulas[index].documents)
          continue
        }
        seen[key] = formulas.count
        formulas.append(
          FormulaSource(
            key: key, tex: tex, isDisplay: isDisplay, location: location(),
            documents: [documentCount]))
      case .diagram(let source):
        guard let dot = try? source.load() else { continue }
        let key = Typesetting.key(diagram: dot)
        if let index = seen[key] {
          Self.add(documentCount, to: &diagrams[index].documents)
          continue
        }
        seen[key] = diagrams.count
        diagrams.append(
          DiagramSource(key: key, dot: dot, location: location(), documents: [documentCount]))
      default: break
      }
    }
  }

  private static func add(_ document: Int, to documents: inout [Int]) {
    if documents.last != document { documents.append(document) }
  }
}

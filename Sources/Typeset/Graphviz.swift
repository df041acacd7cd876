import StoaExternalTools
import StoaModel
import StoaSystem

/// The limits of a diagram.
enum DiagramLimit {
  /// In bytes.
  static let source = 1 << 16
  /// The size of Graphviz's answer, in KiB.
  static let output = 2_048
  /// In pixels.
  static let side = 10_000
  /// The size of what a page gets.
  static let content = 1 << 19
  /// In scalars.
  static let words = 2_000
}

struct Graphviz {
  let tool: ExternalTool

  /// Graphviz opens no files that a diagram names if it believes that it runs in a web server.
  init(path: String) {
    tool = ExternalTool(
      path: path,
      environment: ChildProcess.environment(without: ["GV_FILE_PATH=", "SERVER_NAME=", "GVBINDIR="])
        + ["GV_FILE_PATH=/nonexistent", "SERVER_NAME=stoa"])
  }
}

/// Asks Graphviz for drawings, one process for each.
struct GraphvizSession {
  private static let limits = ExternalTool.Limits(
    seconds: 4, memory: 1 << 19, output: DiagramLimit.output)
  /// Text is measured in a typeface that every system has in a similar form, and that the theme uses for diagrams.
  private static let arguments = [
    "-Tsvg", "-Gbgcolor=transparent", "-Gfontname=Helvetica", "-Nfontname=Helvetica",
    "-Efontname=Helvetica",
  ]

  private let graphviz: Graphviz
  /// By the diagrams' keys; diagrams that were not tried are missing.
  private(set) var answers: [String: TypesetAnswer] = [:]

  init(_ graphviz: Graphviz) {
    self.graphviz = graphviz
  }

  mutating func answer(_ diagrams: [DiagramSource], known: TypesetCache) {
    var patience = Patience()
    for diagram in diagrams {
      if known.isUnknown(diagram), patience.allows(diagram) {
        answers[diagram.key] = Self.answer(
          try? graphviz.tool.run(
            Self.arguments, input: diagram.dot + [0x0A], within: Self.limits))
      }
      patience.meet(diagram, answers[diagram.key] ?? known[diagram.key])
    }
  }

  private static func answer(_ outcome: ExternalTool.Outcome?) -> TypesetAnswer {
    guard let outcome else { return .exhausted }
    if outcome.succeeded, outcome.output.count < DiagramLimit.output << 10 {
      return .markup(outcome.output)
    }
    // The system ended the process, so it reported nothing.
    let lines = String(decoding: outcome.complaints.prefix(4_096), as: UTF8.self)
      .split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("Error: ") }) else { return .exhausted }
    return .refused(String(line.dropFirst("Error: ".count)).shortened(to: 120))
  }
}

/// Graphviz's message about a diagram that it cannot read, such as `<stdin>: syntax error in line 3 near '}'`.
struct GraphvizError {
  /// From 1; nil when the message names no line.
  private(set) var line: Int?
  private(set) var text: String

  init(_ complaint: String) {
    text = complaint
    if text.hasPrefix("<stdin>: ") { text.removeFirst("<stdin>: ".count) }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard let place = words.firstIndex(of: "line"), place > 0, words[place - 1] == "in",
      place + 1 < words.count, let number = Int(words[place + 1]), number > 0
    else { return }
    line = number
    text = (words[..<(place - 1)] + words[(place + 2)...]).filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}

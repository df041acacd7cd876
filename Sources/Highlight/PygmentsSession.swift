import StoaExternalTools
import StoaModel

/// Asks Pygments about blocks, and validates every answer.
struct PygmentsSession {
  /// By the blocks' keys; blocks without an answer are missing.
  private(set) var answers: [String: Answer] = [:]
  /// Nil when no Python has Pygments.
  private(set) var installation: PygmentsInstallation?

  /// How often a child is started again after a block crashed it, before the remaining blocks stay plain.
  private static let mostRestarts = 16

  /// Asks the first of these Pythons that has Pygments.
  mutating func answer(_ blocks: [CodeBlock], asking pythons: [String]) {
    for python in pythons where installation == nil {
      var rest = blocks[...]
      for _ in 0...Self.mostRestarts where !rest.isEmpty {
        guard let answered = ask(python, rest) else { break }
        rest = rest.dropFirst(answered)
        // The child ended early: the block that it was at is not highlighted.
        if let killer = rest.popFirst() { answers[killer.key] = .gaveUp }
      }
    }
  }

  /// Asks one child, and returns the number of blocks that it answered; nil when it has no Pygments.
  private mutating func ask(_ python: String, _ blocks: ArraySlice<CodeBlock>) -> Int? {
    var input: [UInt8] = []
    for block in blocks {
      input += Array("\(block.language.utf8.count) \(block.text.count)\n".utf8)
      input += Array(block.language.utf8)
      input += block.text
    }
    let tool = ExternalTool(path: python)
    guard let outcome = try? tool.run(["-c", Self.program], input: input) else { return nil }
    let lines = String(decoding: outcome.output, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let first = lines.first, let found = PygmentsInstallation(first, python: python) else {
      return nil
    }
    installation = found
    var answered = 0
    for (block, line) in zip(blocks, lines.dropFirst()) {
      answers[block.key] = Answer(line, size: block.text.count) ?? .plain
      answered += 1
    }
    return answered
  }

  func diagnostics(for blocks: [CodeBlock]) -> [Diagnostic] {
    if installation == nil, !blocks.isEmpty {
      return [
        Diagnostic(
          .missingTool, at: SourceLocation(file: "stoa.yml"),
          "code is not highlighted, because Pygments is not installed",
          suggestion: "install it: python3 -m venv .venv && .venv/bin/pip install Pygments")
      ]
    }
    return blocks.filter { (answers[$0.key] ?? .gaveUp) == .gaveUp }.map { block in
      Diagnostic(
        .plainCode, at: block.location,
        "this code is not highlighted, because Pygments took too long",
        suggestion: "remove the block's language")
    }
  }

  private static let program = String(decoding: EmbeddedFiles.highlight_py, as: UTF8.self)
}

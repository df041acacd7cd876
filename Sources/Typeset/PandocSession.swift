import StoaData
import StoaExternalTools
import StoaModel
import StoaSystem

/// Asks pandoc for the MathML of formulas: one child process for each batch of them.
///
/// Pandoc reads markdown with each formula as a block of code, which is its only form that needs no escaping, and a filter makes
/// formulas of the blocks. A line with the hash of all formulas separates the answers. `--sandbox` keeps pandoc from opening other files.
///
/// A batch that exceeds its limit of processor time or memory is repeated in small parts, and a part formula by formula. So a
/// hostile formula costs the others nothing, and after a few of them no more of its document are tried.
struct PandocSession {
  private static let batchCount = 2_000
  private static let batchSize = 1 << 19
  /// The number of formulas in a part when a whole batch fails.
  private static let partSize = 25
  /// In KiB.
  private static let memory = 1 << 20
  private static let filter = """
    function CodeBlock(block)
      local form = block.classes[1] == "display" and "DisplayMath" or "InlineMath"
      return pandoc.Plain{pandoc.Math(form, block.text)}
    end
    """

  private let tool: ExternalTool
  /// By the formulas' keys; formulas that were not tried are missing.
  private(set) var answers: [String: TypesetAnswer] = [:]
  /// False when pandoc cannot read the simplest formula.
  private(set) var isUsable = true
  private var hasFailed = false
  private let formulas: [FormulaSource]
  private let known: TypesetCache
  private var patience = Patience()
  /// How many formulas `patience` has met.
  private var metCount = 0

  /// - Parameter formulas: all of the community, in order.
  init(_ tool: ExternalTool, _ formulas: [FormulaSource], known: TypesetCache) {
    self.tool = tool
    self.formulas = formulas
    self.known = known
  }

  mutating func answer() {
    var rest = formulas.indices.filter { known.isUnknown(formulas[$0]) }[...]
    while isUsable, !rest.isEmpty {
      var size = 0
      let batch = rest.prefix(Self.batchCount).prefix { index in
        size += formulas[index].tex.count
        return size <= Self.batchSize
      }
      rest = rest.dropFirst(batch.count)
      ask(batch)
    }
  }

  /// Whether the documents of a formula may still try it; those before it have been tried.
  private mutating func allows(_ index: Int) -> Bool {
    while metCount < index {
      let formula = formulas[metCount]
      patience.meet(formula, answers[formula.key] ?? known[formula.key])
      metCount += 1
    }
    return patience.allows(formulas[index])
  }

  private mutating func ask(_ indices: ArraySlice<Int>) {
    guard let first = indices.first, allows(first) || indices.count > 1 else { return }
    let batch = indices.filter { patience.allows(formulas[$0]) }[...]
    guard !batch.isEmpty else { return }
    if let results = run(batch.map { formulas[$0] }) {
      for (index, answer) in zip(batch, results) { answers[formulas[index].key] = answer }
      return
    }
    if !hasFailed {
      let simplest = FormulaSource(
        key: "", tex: Array("x".utf8), isDisplay: false, location: SourceLocation(file: ""))
      guard case .markup? = run([simplest])?.first else {
        isUsable = false
        return
      }
    }
    hasFailed = true
    guard batch.count > 1 else {
      if let index = batch.first { answers[formulas[index].key] = .exhausted }
      return
    }
    let size = batch.count > Self.partSize ? Self.partSize : 1
    var rest = batch
    while !rest.isEmpty {
      ask(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
  }

  /// The answer for each formula; nil when pandoc failed, or had to be ended.
  private func run(_ formulas: [FormulaSource]) -> [TypesetAnswer]? {
    guard let folder = try? ScratchFolder(),
      (try? folder.write(Array(Self.filter.utf8), to: "formulas.lua")) != nil
    else { return nil }
    let texts = formulas.map { Self.trimmed($0.tex) }
    let word = "stoa" + SHA256.hexadecimal(of: Array(texts.joined(separator: [0])))
    var input: [UInt8] = []
    for (formula, tex) in zip(formulas, texts) {
      let fence = [UInt8](
        repeating: UInt8(ascii: "`"), count: max(tex.longestRun(of: UInt8(ascii: "`")), 2) + 1)
      input += fence + (formula.isDisplay ? "display\n" : "inline\n").utf8
      input += tex + [0x0A] + fence + "\n\n\(word)\n\n".utf8
    }
    let arguments = [
      "--sandbox", "--quiet", "--wrap=none", "--from=commonmark", "--to=html5", "--mathml",
      "--lua-filter=\(folder.path)/formulas.lua", "--log=\(folder.path)/log",
    ]
    let limits = ExternalTool.Limits(
      seconds: 2 + formulas.count / 500 + input.count >> 18, memory: Self.memory,
      output: 4_096 + input.count / 8)
    guard let outcome = try? tool.run(arguments, input: input, within: limits), outcome.succeeded
    else { return nil }
    let pieces = Self.split(outcome.output, at: Array("<p>\(word)</p>".utf8))
    guard pieces.count == formulas.count else { return nil }
    let reasons = Self.reasons(in: (try? folder.read("log")) ?? [])
    return zip(texts, pieces).map { tex, piece in
      piece.starts(with: "<math".utf8)
        ? .markup(piece) : .refused(reasons[String(decoding: tex, as: UTF8.self)] ?? "")
    }
  }

  private static func trimmed(_ tex: [UInt8]) -> [UInt8] {
    var tex = tex.drop { $0 <= 0x20 }
    while let last = tex.last, last <= 0x20 { tex.removeLast() }
    return Array(tex)
  }

  /// What stands before each separator line.
  private static func split(_ output: [UInt8], at separator: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var piece: [UInt8] = []
    for line in output.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.elementsEqual(separator) {
        pieces.append(piece)
        piece = []
      } else {
        if !piece.isEmpty { piece.append(0x20) }
        piece += line
      }
    }
    return pieces
  }

  /// Pandoc's reasons for formulas that it cannot read, by their TeX.
  private static func reasons(in log: [UInt8]) -> [String: String] {
    guard case .list(let messages)? = try? JSONReader.read(log) else { return [:] }
    var reasons: [String: String] = [:]
    for case .mapping(let entries) in messages {
      let value = { (key: String) in entries.first { $0.key == key }?.value.text ?? "" }
      guard value("type") == "CouldNotConvertTeXMath" else { continue }
      let line = value("message").split(separator: "\n").first { $0.hasPrefix("unexpected ") }
      guard let line else { continue }
      reasons[value("contents")] = String(line).shortened(to: 60)
    }
    return reasons
  }
}

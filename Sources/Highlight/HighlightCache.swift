import StoaModel

/// Answers of earlier builds, valid as long as the same Pygments would be used.
struct HighlightCache {
  static let name = "highlight"
  private static let firstLine = "stoa highlight 1"

  private var installation: PygmentsInstallation?
  private var lines: [String: Substring] = [:]

  /// Reads what a build stored; empty, if another installation of Pygments gave the answers.
  init(_ bytes: [UInt8], for pythons: [String]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count >= 3, lines[0] == Self.firstLine, let python = pythons.first,
      lines[1] == "\(python)", let installation = PygmentsInstallation(lines[2], python: python),
      installation.isUnchanged
    else { return }
    self.installation = installation
    for line in lines.dropFirst(3) {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { self.lines[String(parts[0])] = parts[1] }
    }
  }

  subscript(block: CodeBlock) -> Answer? {
    lines[block.key].flatMap { Answer($0, size: block.text.count) }
  }

  /// Adds new answers; a block that took too long is tried again in the next build, when the machine may be faster.
  mutating func add(_ answers: [String: Answer], from source: PygmentsInstallation?) {
    if source != installation { lines = [:] }
    installation = source
    for (key, answer) in answers where answer != .gaveUp { lines[key] = Substring(answer.line) }
  }

  /// The bytes to store: the answers that this build used, and older ones up to a limit.
  func bytes(keeping blocks: [CodeBlock]) -> [UInt8] {
    guard let installation else { return [] }
    var kept = lines
    if lines.count > 2 * blocks.count + 1_000 {
      let used = Set(blocks.map(\.key))
      kept = lines.filter { used.contains($0.key) }
    }
    var text = "\(Self.firstLine)\n\(installation.python)\n\(installation.line)\n"
    for (key, line) in kept.sorted(by: { $0.key < $1.key }) { text += "\(key) \(line)\n" }
    return Array(text.utf8)
  }
}

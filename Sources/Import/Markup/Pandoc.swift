internal import StoaModel
internal import StoaSystem

/// Turns HTML into markdown by pandoc: one child process for a batch of texts.
///
/// Each text is a file of its own, which pandoc parses apart from the others (`--file-scope`), so no unclosed tag of one
/// reaches the next; between them goes a file with a word that nobody can have guessed. `--sandbox` keeps pandoc from
/// opening anything that a text names. A batch that fails or takes too long is halved until the one text is found.
struct Pandoc {
  private static let secondsForBatch = 60
  /// More output than this is no conversion.
  private static let maximumOutput = 256 << 20

  /// The program's absolute path.
  private let program: String

  init(program: String) {
    self.program = program
  }

  /// The markdown of each text; nil for one that pandoc cannot convert.
  ///
  /// - Parameter allowsHTML: whether what markdown cannot say stays HTML, or loses its tags.
  func convert(_ texts: [[UInt8]], allowsHTML: Bool) throws -> [[UInt8]?] {
    guard !texts.isEmpty else { return [] }
    let format = allowsHTML ? "gfm" : "gfm-raw_html"
    if let results = try run(texts, format) { return results }
    guard texts.count > 1 else { return [nil] }
    let middle = texts.count / 2
    return try convert(Array(texts[..<middle]), allowsHTML: allowsHTML)
      + convert(Array(texts[middle...]), allowsHTML: allowsHTML)
  }

  private func run(_ texts: [[UInt8]], _ format: String) throws -> [[UInt8]?]? {
    let folder = try ScratchFolder()
    let word = "stoa" + SHA256.hexadecimal(of: Array(texts.joined(separator: [0])))
    try folder.write(Array("<p>\(word)</p>".utf8), to: "end")
    var arguments = [
      "--sandbox", "--file-scope", "--wrap=none", "--quiet",
      "--from=html-native_divs-native_spans", "--to=\(format)",
    ]
    for (index, text) in texts.enumerated() {
      try folder.write(text, to: "\(index)")
      arguments += ["\(folder.path)/\(index)", "\(folder.path)/end"]
    }
    guard let output = try output(arguments) else {
      return nil
    }
    let results = Self.split(output, at: Array(word.utf8))
    return results.count == texts.count ? results : nil
  }

  /// What it writes; nil when it failed, or had to be killed.
  private func output(_ arguments: [String]) throws -> [UInt8]? {
    let pipe = try OutputPipe()
    let process = try pipe.start { (end) throws(SystemError) in
      try ChildProcess(
        program, arguments, environment: ChildProcess.environment(),
        streams: [.nothing, end, .nothing])
    }
    let output = pipe.read(seconds: Self.secondsForBatch, maximumSize: Self.maximumOutput)
    if output == nil { process.kill() }
    return try process.wait() == 0 ? output : nil
  }

  /// The texts before each line that is the word.
  private static func split(_ output: [UInt8], at word: [UInt8]) -> [[UInt8]] {
    var results: [[UInt8]] = []
    var current: [UInt8] = []
    for line in output.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.elementsEqual(word) {
        results.append(current)
        current = []
      } else {
        current += line
        current.append(0x0A)
      }
    }
    return results
  }
}

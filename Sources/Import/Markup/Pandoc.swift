import StoaModel
import StoaSystem

/// Turns HTML into markdown by pandoc: one child process for a batch of texts.
///
/// Each text is a file of its own, which pandoc parses apart from the others (`--file-scope`), so no unclosed tag of one
/// reaches the next; between them is a file with a random word. `--sandbox` keeps pandoc from
/// opening anything that a text names.
///
/// A text has a share of processor time, in proportion to its size, and of memory; a shell sets the limits before it becomes
/// pandoc. A batch has less than the sum of its texts' shares, because few texts need theirs. One that exceeds it is tried again
/// in small parts, and a part text by text, so that each text costs a bounded time, however many of them are hostile.
struct Pandoc {
  /// How many texts are converted together when more of them could not be.
  private static let partSize = 20
  /// Of private writable memory, in KiB.
  ///
  /// Address space is no measure: pandoc's runtime reserves a terabyte of it, and each of its threads a stack.
  private static let memory = 1 << 20
  /// More output than this is no conversion.
  private static let maximumOutput = 256 << 20
  private static let shell = "/bin/sh"
  private static let limits =
    "ulimit -c 0; ulimit -t \"$1\"; ulimit -d \"$2\"; shift 2; exec \"$@\""

  /// Takes the blocks out of the division that pandoc 3 puts around each file; those of the text itself are read without theirs.
  private static let filter = "function Div(division) return division.content end"

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
    let size = texts.count > Self.partSize ? Self.partSize : 1
    var results: [[UInt8]?] = []
    for start in stride(from: 0, to: texts.count, by: size) {
      let part = Array(texts[start..<min(start + size, texts.count)])
      results += try convert(part, allowsHTML: allowsHTML)
    }
    return results
  }

  /// The seconds of processor time for texts: one for a small one alone, a few for a batch of small ones, and one more for every
  /// 64 KiB, of which pandoc does at least twice as much.
  private static func seconds(for texts: [[UInt8]]) -> Int {
    let size = texts.reduce(0) { $0 + $1.count }
    return 1 + texts.count / 10 + size >> 16
  }

  private func run(_ texts: [[UInt8]], _ format: String) throws -> [[UInt8]?]? {
    let folder = try ScratchFolder()
    let word = "stoa" + SHA256.hexadecimal(of: Array(texts.joined(separator: [0])))
    try folder.write(Array("<p>\(word)</p>".utf8), to: "end")
    try folder.write(Array(Self.filter.utf8), to: "filter.lua")
    var arguments = [
      "--sandbox", "--file-scope", "--wrap=none", "--quiet",
      "--lua-filter=\(folder.path)/filter.lua", "--from=html-native_divs-native_spans",
      "--to=\(format)",
    ]
    for (index, text) in texts.enumerated() {
      try folder.write(text, to: "\(index)")
      arguments += ["\(folder.path)/\(index)", "\(folder.path)/end"]
    }
    guard let output = try output(arguments, seconds: Self.seconds(for: texts)) else {
      return nil
    }
    let results = Self.split(output, at: Array(word.utf8))
    return results.count == texts.count ? results : nil
  }

  /// What it writes; nil when it failed, or had to be killed.
  private func output(_ arguments: [String], seconds: Int) throws -> [UInt8]? {
    let pipe = try OutputPipe()
    let limited = ["-c", Self.limits, "sh", "\(seconds)", "\(Self.memory)", program]
    let process = try pipe.start { (end) throws(SystemError) in
      try ChildProcess(
        Self.shell, limited + arguments, environment: ChildProcess.environment(),
        streams: [.nothing, end, .nothing])
    }
    // On a busy machine a second of the processor takes longer; this is for one that waits for ever.
    let output = pipe.read(seconds: 30 + 10 * seconds, maximumSize: Self.maximumOutput)
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

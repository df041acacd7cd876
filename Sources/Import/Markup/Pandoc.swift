import StoaModel
import StoaSystem

/// Converts HTML to markdown with pandoc: one child process for each batch of texts.
///
/// Each text is a separate file, which pandoc parses separately (`--file-scope`), so an unclosed tag cannot affect the next text; a
/// line with a random word separates them. `--sandbox` prevents pandoc from opening anything that a text refers to.
///
/// Each text has a limit of processor time, in proportion to its size, and of memory; a shell sets the limits and then becomes
/// pandoc. A batch gets less than the sum of its texts' limits, because few texts need theirs. A batch that exceeds its limit is
/// repeated in small parts, and a part text by text, so each text costs a bounded time, however many of them are hostile.
struct Pandoc {
  /// How many texts a part has when a whole batch fails.
  private static let partSize = 20
  /// The limit of private writable memory, in KiB.
  ///
  /// Limiting the address space would not work: pandoc's runtime reserves a terabyte of it, and a stack for each of its threads.
  private static let memory = 1 << 20
  /// A larger output cannot be a conversion of the input.
  private static let maximumOutput = 256 << 20
  private static let shell = "/bin/sh"
  private static let limits =
    "ulimit -c 0; ulimit -t \"$1\"; ulimit -d \"$2\"; shift 2; exec \"$@\""

  /// Removes the `div` that pandoc 3 puts around each file; a text's own `div`s are not read as such.
  private static let filter = "function Div(division) return division.content end\n"

  /// Writes raised and lowered numbers, such as a link to a footnote, with Unicode's digits: without HTML, pandoc has them only for
  /// numbers that are not in another element.
  private static let digitFilter = """
    local function numbers(digits)
      return function(element)
        local isNumber = true
        local content = element.content:walk {
          Str = function(word)
            if word.text:find("%D") then isNumber = false end
            return pandoc.Str((word.text:gsub("%d", digits)))
          end
        }
        if isNumber then return content end
      end
    end
    Superscript = numbers {
      ["0"] = "⁰", ["1"] = "¹", ["2"] = "²", ["3"] = "³", ["4"] = "⁴",
      ["5"] = "⁵", ["6"] = "⁶", ["7"] = "⁷", ["8"] = "⁸", ["9"] = "⁹"
    }
    Subscript = numbers {
      ["0"] = "₀", ["1"] = "₁", ["2"] = "₂", ["3"] = "₃", ["4"] = "₄",
      ["5"] = "₅", ["6"] = "₆", ["7"] = "₇", ["8"] = "₈", ["9"] = "₉"
    }

    """

  /// The program's absolute path.
  private let program: String

  init(program: String) {
    self.program = program
  }

  /// The markdown of each text; nil for one that pandoc cannot convert.
  ///
  /// - Parameter allowsHTML: whether elements without a markdown form stay HTML, or lose their tags.
  func convert(_ texts: [[UInt8]], allowsHTML: Bool) throws -> [[UInt8]?] {
    guard !texts.isEmpty else { return [] }
    if let results = try run(texts, allowsHTML: allowsHTML) { return results }
    guard texts.count > 1 else { return [nil] }
    let size = texts.count > Self.partSize ? Self.partSize : 1
    var results: [[UInt8]?] = []
    for start in stride(from: 0, to: texts.count, by: size) {
      let part = Array(texts[start..<min(start + size, texts.count)])
      results += try convert(part, allowsHTML: allowsHTML)
    }
    return results
  }

  /// The limit of processor time in seconds: one for a small text, a few for a batch of small ones, and one more for every 64 KiB,
  /// of which pandoc can process at least twice as much in that time.
  private static func seconds(for texts: [[UInt8]]) -> Int {
    let size = texts.reduce(0) { $0 + $1.count }
    return 1 + texts.count / 10 + size >> 16
  }

  private func run(_ texts: [[UInt8]], allowsHTML: Bool) throws -> [[UInt8]?]? {
    let folder = try ScratchFolder()
    let word = "stoa" + SHA256.hexadecimal(of: Array(texts.joined(separator: [0])))
    try folder.write(Array("<p>\(word)</p>".utf8), to: "end")
    let filter = Self.filter + (allowsHTML ? "" : Self.digitFilter)
    try folder.write(Array(filter.utf8), to: "filter.lua")
    var arguments = [
      "--sandbox", "--file-scope", "--wrap=none", "--quiet",
      "--lua-filter=\(folder.path)/filter.lua", "--from=html-native_divs-native_spans",
      "--to=\(allowsHTML ? "gfm" : "gfm-raw_html")",
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

  /// The output; nil when pandoc failed, or had to be killed.
  private func output(_ arguments: [String], seconds: Int) throws -> [UInt8]? {
    let pipe = try OutputPipe()
    let limited = ["-c", Self.limits, "sh", "\(seconds)", "\(Self.memory)", program]
    let process = try pipe.start { (end) throws(SystemError) in
      try ChildProcess(
        Self.shell, limited + arguments, environment: ChildProcess.environment(),
        streams: [.nothing, end, .nothing])
    }
    // On a busy machine a second of processor time takes longer; this limit is for a process that waits forever.
    let output = pipe.read(seconds: 30 + 10 * seconds, maximumSize: Self.maximumOutput)
    if output == nil { process.kill() }
    return try process.wait() == 0 ? output : nil
  }

  /// The texts before each separator line.
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

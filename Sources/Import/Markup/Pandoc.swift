internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Turns HTML into markdown by pandoc: one child process for a batch of texts.
///
/// Each text is a file of its own, which pandoc parses apart from the others (`--file-scope`), so no unclosed tag of one
/// reaches the next; between them goes a file with a word that nobody can have guessed. `--sandbox` keeps pandoc from
/// opening anything that a text names. A batch that fails or takes too long is halved until the one text is found.
struct Pandoc {
  enum Failure: Error {
    /// There is no such program.
    case missing
  }

  private let program: String
  private static let secondsForBatch = 60

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
    let folder = try TemporaryFolder()
    let word = "stoa" + SHA256.hexadecimal(of: Array(texts.joined(separator: [0])))
    try folder.write("end", Array("<p>\(word)</p>".utf8))
    var arguments = [
      program, "--sandbox", "--file-scope", "--wrap=none", "--quiet",
      "--from=html-native_divs-native_spans", "--to=\(format)",
    ]
    for (index, text) in texts.enumerated() {
      try folder.write("\(index)", text)
      arguments += ["\(folder.path)/\(index)", "\(folder.path)/end"]
    }
    guard let output = try ChildProcess.output(arguments, seconds: Self.secondsForBatch) else {
      return nil
    }
    let results = Self.split(output, at: Array(word.utf8))
    return results.count == texts.count ? results : nil
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

/// A private folder that goes when nobody needs it.
final class TemporaryFolder {
  let path: String
  private var names: [String] = []

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/stoa-import-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SourceError(parent, String(cString: strerror(errno)))
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o600))
    guard descriptor >= 0 else { throw SourceError(file, String(cString: strerror(errno))) }
    names.append(name)
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress, buffer.count, off_t(written))
      }
      guard count > 0 else { throw SourceError(file, String(cString: strerror(errno))) }
      written += count
    }
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}

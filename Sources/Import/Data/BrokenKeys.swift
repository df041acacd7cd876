import StoaData
import StoaModel

/// Reads keys and values, leaving out a key that cannot be read.
enum BrokenKeys {
  /// A key that was left out, with the reason.
  struct Omission {
    let key: String
    let problem: SourceProblem

    var note: String {
      "line \(problem.line), column \(problem.column): the key “\(key)” was left out, because \(problem.message)"
    }
  }

  /// Front matter is short; larger files are read only as a whole.
  private static let maximumSize = 65_536
  private static let maximumKeys = 100

  /// Reads the bytes; if that fails, reads them again without the top-level key that causes the error.
  ///
  /// Lines that are left out become empty ones, so the others keep their numbers.
  static func read<Value>(
    _ bytes: ArraySlice<UInt8>, firstLine: Int,
    _ reader: (ArraySlice<UInt8>) throws(SourceProblem) -> Value
  ) throws(SourceProblem) -> (value: Value, omission: Omission?) {
    let problem: SourceProblem
    do throws(SourceProblem) {
      return (try reader(bytes), nil)
    } catch {
      problem = error
    }
    guard bytes.count <= maximumSize else { throw problem }
    let keys = keys(in: bytes)
    // First the key at the error's place; but a quotation that is never closed causes an error far below it.
    let near = keys.lastIndex { $0.line + firstLine <= problem.line } ?? 0
    let order = [near] + keys.indices.filter { $0 != near }
    for index in order.prefix(maximumKeys) where keys.indices.contains(index) {
      var rest = Array(bytes)
      let range = keys[index].range
      for place in range {
        let at = place - bytes.startIndex
        if rest[at] != 0x0A { rest[at] = 0x20 }
      }
      if let value = try? reader(rest[...]) {
        return (value, Omission(key: keys[index].name, problem: problem))
      }
    }
    throw problem
  }

  /// The keys of the top level: a name, then a colon or an equals sign, at the start of a line.
  private static func keys(
    in bytes: ArraySlice<UInt8>
  ) -> [(name: String, line: Int, range: Range<Int>)] {
    var found: [(name: String, line: Int, range: Range<Int>)] = []
    var start = bytes.startIndex
    var line = 0
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
      if let name = name(of: bytes[start..<end]) {
        if let last = found.indices.last {
          found[last].range = found[last].range.lowerBound..<start
        }
        found.append((name, line, start..<bytes.endIndex))
      } else if bytes[start] == UInt8(ascii: "["), let last = found.indices.last,
        found[last].range.upperBound == bytes.endIndex
      {
        // A table of TOML.
        found[last].range = found[last].range.lowerBound..<start
      }
      start = min(end + 1, bytes.endIndex)
      line += 1
    }
    return found
  }

  private static func name(of line: ArraySlice<UInt8>) -> String? {
    let word = line.prefix {
      ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "\"") || $0 >= 0x80
    }
    let rest = line[word.endIndex...].drop { $0 == 0x20 }
    guard !word.isEmpty, rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: "=") else {
      return nil
    }
    return String(decoding: word.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
  }
}

import StoaData
import StoaYAML

/// A document of another tool, split into front matter and body.
struct SourceFrontMatter {
  let record: SourceRecord
  let text: [UInt8]
  /// The key that could not be read, and so is not in the record.
  let omission: BrokenKeys.Omission?

  /// Sentences for the report.
  var notes: [String] { omission.map { [$0.note] } ?? [] }

  /// Splits a file with YAML between `---`, TOML between `+++`, or a JSON object at its top; otherwise the whole file is the body.
  init(_ clean: [UInt8]) throws(SourceProblem) {
    if let (matter, text) = Self.cut(clean, fence: UInt8(ascii: "-")) {
      let read = try Self.yaml(matter, firstLine: 2)
      record = SourceRecord(read.value)
      omission = read.omission
      self.text = Array(text)
    } else if let (matter, text) = Self.cut(clean, fence: UInt8(ascii: "+")) {
      let read = try BrokenKeys.read(matter, firstLine: 2) {
        (bytes) throws(SourceProblem) -> [SourceValue.Entry] in
        do throws(SourceProblem) {
          return try TOMLReader.read(bytes)
        } catch {
          throw SourceProblem(
            line: error.line + 1, column: error.column,
            message: "the TOML cannot be read: \(error.message)")
        }
      }
      record = SourceRecord(read.value)
      omission = read.omission
      self.text = Array(text)
    } else if let (entries, end) = Self.object(clean) {
      record = SourceRecord(entries)
      omission = nil
      self.text = Array(clean[end...].drop { $0 == 0x0A })
    } else {
      record = SourceRecord([])
      omission = nil
      self.text = clean
    }
  }

  /// YAML, if need be without a key that cannot be read.
  static func yaml(
    _ bytes: ArraySlice<UInt8>, firstLine: Int
  ) throws(SourceProblem) -> (value: [SourceValue.Entry], omission: BrokenKeys.Omission?) {
    try BrokenKeys.read(bytes, firstLine: firstLine) {
      (bytes) throws(SourceProblem) -> [SourceValue.Entry] in
      do throws(YAMLProblem) {
        return try ForeignYAML.read(bytes, firstLine: firstLine)
      } catch {
        throw SourceProblem(
          line: error.line, column: error.column,
          message: "the YAML cannot be read: \(error.message)")
      }
    }
  }

  /// The JSON object at the beginning of the text; nil when it is no valid object, and therefore part of the body.
  private static func object(_ clean: [UInt8]) -> (entries: [SourceValue.Entry], end: Int)? {
    guard clean.first == UInt8(ascii: "{"),
      let (value, end) = try? JSONReader.readStart(of: clean), case .mapping(let entries) = value,
      end == clean.count || clean[end] == 0x0A
    else { return nil }
    return (entries, end)
  }

  private static func cut(
    _ bytes: [UInt8], fence: UInt8
  ) -> (matter: ArraySlice<UInt8>, text: ArraySlice<UInt8>)? {
    var start = bytes.startIndex
    guard let first = line(in: bytes, from: start), isFence(bytes[first], fence) else { return nil }
    start = min(first.upperBound + 1, bytes.count)
    var position = start
    while let range = line(in: bytes, from: position) {
      position = min(range.upperBound + 1, bytes.count)
      if isFence(bytes[range], fence) {
        return (bytes[start..<range.lowerBound], bytes[position...])
      }
    }
    return nil
  }

  private static func line(in bytes: [UInt8], from start: Int) -> Range<Int>? {
    guard start < bytes.count else { return nil }
    return start..<(bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
  }

  private static func isFence(_ line: ArraySlice<UInt8>, _ fence: UInt8) -> Bool {
    line.starts(with: [fence, fence, fence])
      && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}

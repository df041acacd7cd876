import StoaYAML

/// A document of another tool, split into front matter and body.
struct SourceFrontMatter {
  let record: SourceRecord
  let text: [UInt8]

  /// Splits a file with YAML between `---`, TOML between `+++`, or a JSON object at its top; otherwise the whole file is the body.
  init(_ clean: [UInt8]) throws(SourceProblem) {
    if let (matter, text) = Self.cut(clean, fence: UInt8(ascii: "-")) {
      do throws(YAMLProblem) {
        record = SourceRecord(try ForeignYAML.read(matter, firstLine: 2))
      } catch {
        throw SourceProblem(
          line: error.line, column: error.column,
          message: "the YAML cannot be read: \(error.message)")
      }
      self.text = Array(text)
    } else if let (matter, text) = Self.cut(clean, fence: UInt8(ascii: "+")) {
      do throws(SourceProblem) {
        record = SourceRecord(try TOMLReader.read(matter))
      } catch {
        throw SourceProblem(
          line: error.line + 1, column: error.column,
          message: "the TOML cannot be read: \(error.message)")
      }
      self.text = Array(text)
    } else if let (entries, end) = Self.object(clean) {
      record = SourceRecord(entries)
      self.text = Array(clean[end...].drop { $0 == 0x0A })
    } else {
      record = SourceRecord([])
      self.text = clean
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

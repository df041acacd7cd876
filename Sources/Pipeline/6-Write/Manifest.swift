internal import StoaHTML
internal import StoaModel

/// What a build wrote, so that the next one knows its own files from other people's.
internal struct Manifest: Equatable {
  internal struct Entry: Equatable {
    internal let size: Int
    /// Empty in the manifest of a build that is under way: the file may be there, in whatever state that build got to.
    internal let hash: String
  }

  internal static let fileName = ".stoa-manifest"
  private static let firstLine = "stoa manifest 1"

  internal var audience: String
  internal var baseURL: String
  internal private(set) var entries: [String: Entry] = [:]
  /// The paths in the order in which they came: that is nearly theirs, so that sorting them takes a look and no more.
  private var paths: [String] = []

  /// Whether the build that wrote this was killed before its end.
  internal var isUnfinished: Bool { entries.values.contains { $0.hash.isEmpty } }

  internal init(audience: String, baseURL: String) {
    self.audience = audience
    self.baseURL = baseURL
  }

  /// Reads a manifest; nil when the bytes are not one.
  internal init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0].elementsEqual(Self.firstLine.utf8),
      lines[1].starts(with: "audience ".utf8), lines[2].starts(with: "base-url ".utf8)
    else { return nil }
    audience = Self.unescape(lines[1].dropFirst("audience ".utf8.count))
    baseURL = Self.unescape(lines[2].dropFirst("base-url ".utf8.count))
    reserveCapacity(lines.count)
    let space = UInt8(ascii: " ")
    for line in lines.dropFirst(3) where !line.isEmpty {
      guard let first = line.firstIndex(of: space),
        let second = line[(first + 1)...].firstIndex(of: space),
        let size = Int(String(decoding: line[..<first], as: UTF8.self))
      else { return nil }
      let path = Self.unescape(line[(second + 1)...])
      guard SitePath.isSound(path) else { return nil }
      let hash = String(decoding: line[(first + 1)..<second], as: UTF8.self)
      add(path, Entry(size: size, hash: hash == "-" ? "" : hash))
    }
  }

  internal mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
    paths.reserveCapacity(count)
  }

  internal mutating func add(_ path: String, _ entry: Entry) {
    if entries.updateValue(entry, forKey: path) == nil { paths.append(path) }
  }

  internal static func == (left: Manifest, right: Manifest) -> Bool {
    left.audience == right.audience && left.baseURL == right.baseURL
      && left.entries == right.entries
  }

  internal var bytes: [UInt8] {
    // A line is mostly its hash and its path.
    var buffer = ByteBuffer(capacity: 150 * paths.count)
    buffer.write(
      "\(Self.firstLine)\naudience \(Self.escape(audience))\nbase-url \(Self.escape(baseURL))\n")
    for path in paths.sorted(by: { $0.precedes($1) }) {
      guard let entry = entries[path] else { continue }
      buffer.write(String(entry.size))
      buffer.write(" ")
      buffer.write(entry.hash.isEmpty ? "-" : entry.hash)
      buffer.write(" ")
      buffer.write(Self.escape(path))
      buffer.write("\n")
    }
    return buffer.bytes
  }

  private static func escape(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\\") }) else {
      return text
    }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\n": result += "\\n"
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func unescape(_ text: ArraySlice<UInt8>) -> String {
    guard text.contains(UInt8(ascii: "\\")) else { return String(decoding: text, as: UTF8.self) }
    var result: [UInt8] = []
    var isEscaped = false
    for byte in text {
      if isEscaped {
        result.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

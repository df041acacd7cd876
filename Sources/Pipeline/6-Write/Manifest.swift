import StoaHTML
import StoaModel
import StoaRender

/// The list of files that a build wrote, so that the next one recognises its own files.
struct Manifest: Equatable {
  struct Entry: Equatable {
    let size: Int
    /// Nil in the manifest of a build in progress: the file may exist, complete or not.
    let digest: SHA256.Digest?

    static let unfinished = Entry(size: 0, digest: nil)
  }

  struct Line: Equatable {
    let path: String
    let entry: Entry
  }

  static let fileName = ".stoa-manifest"
  private static let firstLine = "stoa manifest 1"

  let audience: String
  let baseURL: String
  /// Which part of a site the folder holds; nil for a whole one.
  let part: SitePart?
  /// In order of the paths, each of which is there once.
  let lines: [Line]

  init(audience: String, baseURL: String, part: SitePart? = nil, lines: [Line] = []) {
    self.audience = audience
    self.baseURL = baseURL
    self.part = part
    self.lines = lines
  }

  /// Whether the build that wrote this was interrupted.
  var isUnfinished: Bool { lines.contains { $0.entry.digest == nil } }

  /// A dictionary from paths to entries.
  func byPath() -> [String: Entry] {
    Dictionary(lines.map { ($0.path, $0.entry) }) { first, _ in first }
  }

  /// The lines of files that are not in `paths`, which is sorted too; compared by bytes, like file names on Linux.
  func lines(without paths: [String]) -> [Line] {
    var rest = paths[...]
    return lines.filter { line in
      rest = rest.drop { $0.precedes(line.path) }
      return rest.first.map { line.path.precedes($0) } ?? true
    }
  }

  // MARK: Its file

  /// Reads a manifest; nil for anything that a build would not write, such as unsorted lines.
  init?(_ bytes: [UInt8]) {
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard rows.count >= 4, rows[0].elementsEqual(Self.firstLine.utf8),
      rows[1].starts(with: "audience ".utf8), rows[2].starts(with: "base-url ".utf8)
    else { return nil }
    audience = Self.unescape(rows[1].dropFirst("audience ".utf8.count))
    baseURL = Self.unescape(rows[2].dropFirst("base-url ".utf8.count))
    let isPart = rows[3].starts(with: "part ".utf8)
    part = isPart ? SitePart(String(decoding: rows[3], as: UTF8.self)) : nil
    if isPart, part == nil { return nil }
    var lines: [Line] = []
    lines.reserveCapacity(rows.count)
    for row in rows.dropFirst(isPart ? 4 : 3) where !row.isEmpty {
      guard let line = Line(row), lines.last?.path.precedes(line.path) ?? true else { return nil }
      lines.append(line)
    }
    self.lines = lines
  }

  var bytes: [UInt8] {
    // Most of a line is its hash and its path.
    var buffer = ByteBuffer(capacity: 150 * lines.count + 256)
    buffer.write(
      "\(Self.firstLine)\naudience \(Self.escape(audience))\nbase-url \(Self.escape(baseURL))\n")
    if let part { buffer.write("\(part)\n") }
    for line in lines {
      buffer.write(String(line.entry.size))
      buffer.write(" ")
      buffer.write(line.entry.digest?.hexadecimal ?? "-")
      buffer.write(" ")
      buffer.write(Self.escape(line.path))
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

  fileprivate static func unescape(_ text: ArraySlice<UInt8>) -> String {
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

extension Manifest.Line {
  /// Reads a line; nil when it is invalid, or has a path that no site can have.
  fileprivate init?(_ row: ArraySlice<UInt8>) {
    let space = UInt8(ascii: " ")
    guard let first = row.firstIndex(of: space),
      let second = row[(first + 1)...].firstIndex(of: space),
      let size = Int(String(decoding: row[..<first], as: UTF8.self))
    else { return nil }
    path = Manifest.unescape(row[(second + 1)...])
    guard SitePath.isSound(path) else { return nil }
    let hash = row[(first + 1)..<second]
    let digest = SHA256.Digest(hexadecimal: hash)
    guard digest != nil || hash.elementsEqual("-".utf8) else { return nil }
    entry = Manifest.Entry(size: size, digest: digest)
  }
}

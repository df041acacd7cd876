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
  internal var entries: [String: Entry] = [:]

  /// Whether the build that wrote this was killed before its end.
  internal var isUnfinished: Bool { entries.values.contains { $0.hash.isEmpty } }

  internal init(audience: String, baseURL: String) {
    self.audience = audience
    self.baseURL = baseURL
  }

  /// Reads a manifest; nil when the bytes are not one.
  internal init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0] == Self.firstLine, lines[1].hasPrefix("audience "),
      lines[2].hasPrefix("base-url ")
    else { return nil }
    audience = Self.unescape(lines[1].dropFirst("audience ".count))
    baseURL = Self.unescape(lines[2].dropFirst("base-url ".count))
    for line in lines.dropFirst(3) where !line.isEmpty {
      let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let size = Int(parts[0]) else { return nil }
      let path = Self.unescape(parts[2])
      guard SitePath.isSound(path) else { return nil }
      entries[path] = Entry(
        size: size, hash: parts[1] == "-" ? "" : String(parts[1]))
    }
  }

  internal var bytes: [UInt8] {
    var bytes = Array(
      "\(Self.firstLine)\naudience \(Self.escape(audience))\nbase-url \(Self.escape(baseURL))\n"
        .utf8)
    for path in entries.keys.sorted(by: { $0.precedes($1) }) {
      guard let entry = entries[path] else { continue }
      let hash = entry.hash.isEmpty ? "-" : entry.hash
      for text in [String(entry.size), " ", hash, " ", Self.escape(path), "\n"] {
        bytes += text.utf8
      }
    }
    return bytes
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

  private static func unescape(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
    var result = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        result.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

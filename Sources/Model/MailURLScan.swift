/// Which part of a URL a position in a text is in, for finding addresses.
struct MailURLScan {
  enum Part: Equatable {
    case none
    /// Before the path of a web page, where a user name would be; it begins at an index.
    case authority(Int)
    /// The same of any other URL.
    case machine
    case path
    /// Also the fragment.
    case query
  }

  private(set) var part = Part.none
  private var index = 0

  mutating func advance(to end: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    while index < end {
      defer { index += 1 }
      let byte = bytes[index]
      guard part != .none else {
        if byte == UInt8(ascii: "/"), isBehindScheme(in: bytes) {
          part = isWeb(in: bytes) ? .authority(index + 1) : .machine
        }
        continue
      }
      switch byte {
      case 0...0x20, 0x7F...0xFF: part = .none
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "`"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "|"),
        UInt8(ascii: "\\"):
        part = .none
      case UInt8(ascii: "?"), UInt8(ascii: "#"): part = .query
      case UInt8(ascii: "/"): if part != .query { part = .path }
      default: break
      }
    }
  }

  /// Whether the slash at the index ends `scheme://`.
  private func isBehindScheme(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    index >= 3 && bytes[index - 1] == UInt8(ascii: "/") && bytes[index - 2] == UInt8(ascii: ":")
      && ASCII.isLetterOrDigit(bytes[index - 3])
  }

  private func isWeb(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ["http", "https"].contains { scheme in
      let start = index - 2 - scheme.utf8.count
      return start >= 0
        && bytes[start..<(index - 2)].map(ASCII.lowercased).elementsEqual(scheme.utf8)
    }
  }
}

import StoaAddresses
import StoaModel

/// Paths as URI references (RFC 3986).
enum FileURI {
  /// A relative path, percent-encoded.
  static func relative(_ path: String) -> String {
    let encoded = PercentEncoding.encode(path, keeping: PercentEncoding.path)
    // A colon in the first part would make a scheme of the text before it.
    let first = encoded.utf8.prefix { $0 != UInt8(ascii: "/") }
    return first.contains(UInt8(ascii: ":")) ? "./\(encoded)" : encoded
  }
}

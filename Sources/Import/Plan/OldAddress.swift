import StoaAddresses
import StoaModel

/// The URL of a document on the old site.
enum OldAddress {
  /// The decoded path below the old site's root, beginning with `/`; nil when it cannot be an alias.
  ///
  /// URLs that differ only in their query, such as `/?p=12`, cannot be: no file can be at them.
  static func path(of address: String) -> String? {
    var rest = Substring(CleanText.line(address))
    if let scheme = rest.range(of: "://") {
      rest = rest[scheme.upperBound...]
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      rest = rest[slash...]
    }
    if rest.utf8.contains(UInt8(ascii: "?")) { return nil }
    if let hash = rest.firstIndex(of: "#") { rest = rest[..<hash] }
    guard let decoded = PercentEncoding.decode(String(rest))?.normalizedNFC else { return nil }
    let path = decoded.hasPrefix("/") ? decoded : "/" + decoded
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard path != "/", !path.contains("//"),
      parts.allSatisfy({ $0.isEmpty || AssetName.problem(in: String($0)) == nil })
    else { return nil }
    return path
  }
}

extension Substring {
  /// The range of an ASCII text in this one.
  fileprivate func range(of text: StaticString) -> Range<Index>? {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var start = utf8.startIndex
    while let found = utf8[start...].firstIndex(of: wanted[0]) {
      if utf8[found...].starts(with: wanted) {
        return found..<utf8.index(found, offsetBy: wanted.count)
      }
      start = utf8.index(after: found)
    }
    return nil
  }
}

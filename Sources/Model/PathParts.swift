extension String {
  /// The path of the containing folder; empty for a path without a slash.
  package var pathFolder: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(self[..<slash])
  }
}

extension StringProtocol {
  /// The parts of a path, separated by slashes.
  ///
  /// Compares bytes: in Swift, a slash followed by a combining character is another Character, so that `..` before it would be
  /// missed.
  package func pathParts(keepingEmpty: Bool = false) -> [Substring] {
    Substring(self).utf8
      .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: !keepingEmpty)
      .map { Substring($0) }
  }
}

extension String {
  /// The path of the folder that a path lies in; empty for one without a slash.
  package var pathFolder: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(self[..<slash])
  }
}

extension StringProtocol {
  /// What stands between a path's slashes.
  ///
  /// By bytes: to Swift a slash with a combining character after it is one Character, and not a slash, so that `..` before it
  /// would go unseen.
  package func pathParts(keepingEmpty: Bool = false) -> [Substring] {
    Substring(self).utf8
      .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: !keepingEmpty)
      .map { Substring($0) }
  }
}

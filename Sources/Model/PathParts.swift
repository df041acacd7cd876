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

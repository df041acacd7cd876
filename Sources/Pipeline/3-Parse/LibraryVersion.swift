/// Versions of cmark-gfm, such as `0.29.0.gfm.13`.
enum LibraryVersion {
  /// The first with the fixes for seven published denial-of-service bugs.
  private static let fixed = [0, 29, 0, 13]

  /// Whether a version lacks the fixes for inputs that take very long.
  static func isOld(_ version: String) -> Bool {
    let numbers = version.utf8.split(separator: UInt8(ascii: "."))
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return numbers.lexicographicallyPrecedes(fixed)
  }
}

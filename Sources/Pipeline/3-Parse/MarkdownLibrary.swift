import CMarkGFM

/// The cmark-gfm that the program was linked with.
package enum MarkdownLibrary {
  /// Such as `0.29.0.gfm.13`.
  package static var version: String { String(cString: cmark_version_string()) }

  /// A warning about this version; nil when there is none.
  package static var advice: String? {
    guard lacksFixes(version) else { return nil }
    return
      "cmark-gfm \(version) takes very long for some documents, which newer versions read quickly;"
      + " 0.29.0.gfm.13 has the fixes (on Debian 12, run make cmark-gfm in Stoa's folder and build it again)"
  }

  /// The first version with fixes for seven published denial-of-service vulnerabilities.
  private static let fixed = [0, 29, 0, 13]

  /// Whether a version lacks the fixes for inputs that take very long; a worker's limits stop those.
  static func lacksFixes(_ version: String) -> Bool {
    let numbers = version.utf8.split(separator: UInt8(ascii: "."))
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return numbers.lexicographicallyPrecedes(fixed)
  }
}

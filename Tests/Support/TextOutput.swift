/// Properties of every text that Stoa writes, whatever its input.
package enum TextOutput {
  /// The problem with bytes that become a file of the site, or a part of one; nil when they are valid UTF-8.
  ///
  /// - Parameter forXML: whether XML must allow each character.
  package static func problem(in bytes: [UInt8], forXML: Bool = false) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return "no UTF-8 came out" }
    guard forXML else { return nil }
    // Parse's body marks are control bytes, too; another test looks for them.
    let isUnfit = text.unicodeScalars.contains { $0.value == 0xFFFE || $0.value == 0xFFFF }
    return isUnfit ? "a character came out that XML cannot hold" : nil
  }
}

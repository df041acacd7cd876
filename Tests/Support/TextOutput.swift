/// What every text that is written keeps, whatever it was made from.
package enum TextOutput {
  /// What is wrong with bytes that become a file of the site, or a part of one; nil when they are UTF-8.
  ///
  /// - Parameter forXML: whether each character has to be one that XML can hold.
  package static func problem(in bytes: [UInt8], forXML: Bool = false) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return "no UTF-8 came out" }
    guard forXML else { return nil }
    // The marks of Parse are below a space, and are looked for elsewhere.
    let isUnfit = text.unicodeScalars.contains { $0.value == 0xFFFE || $0.value == 0xFFFF }
    return isUnfit ? "a character came out that XML cannot hold" : nil
  }
}

/// The names of files that are copied to the site.
package enum AssetName {
  /// What is wrong with one part of a path, or nil when every file system and address can hold it.
  package static func problem(in name: String) -> String? {
    if name.utf8.count > 255 { return "it is longer than 255 bytes" }
    if name == "." || name == ".." || name.isEmpty { return "it is not a name" }
    if name.hasSuffix(".") || name.hasSuffix(" ") { return "it ends with a dot or a space" }
    for scalar in name.unicodeScalars {
      if isInvisible(scalar) { return "it has a control or direction character" }
      if "\\/:*?\"<>|".unicodeScalars.contains(scalar) { return "it has the character “\(scalar)”" }
    }
    return Slug.isReserved(name) ? "some systems reserve it" : nil
  }

  /// The path with every character that would change how a terminal shows it written as `\u{…}`.
  package static func printable(_ path: String) -> String {
    guard path.unicodeScalars.contains(where: isInvisible) else { return path }
    var shown = ""
    for scalar in path.unicodeScalars {
      if isInvisible(scalar) {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Controls, and the characters that turn the direction of text.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}

import StoaModel

/// The names of files that are copied to the site.
package enum AssetName {
  /// What is wrong with one part of a path, or nil when every file system and address can hold it.
  package static func problem(in name: String) -> String? {
    if name.utf8.count > 255 { return "it is longer than 255 bytes" }
    if name == "." || name == ".." || name.isEmpty { return "it is not a name" }
    if name.hasSuffix(".") || name.hasSuffix(" ") { return "it ends with a dot or a space" }
    for scalar in name.unicodeScalars {
      if scalar.isInvisible { return "it has a control or direction character" }
      if "\\/:*?\"<>|".unicodeScalars.contains(scalar) { return "it has the character “\(scalar)”" }
    }
    return Slug.isReserved(name) ? "some systems reserve it" : nil
  }
}

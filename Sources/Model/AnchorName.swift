/// Anchors that authors choose.
package enum AnchorName {
  package static let maximumLength = 200

  /// Whether an anchor is valid, unescaped, as an id, in a URL, in front matter and after a heading.
  package static func isValid(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= maximumLength else { return false }
    return name.unicodeScalars.allSatisfy { scalar in
      guard scalar.isASCII else {
        return !scalar.isInvisible && !scalar.properties.isWhitespace
          && !scalar.properties.isDefaultIgnorableCodePoint
      }
      return ASCII.isLetterOrDigit(UInt8(ascii: scalar)) || "-_.:~".unicodeScalars.contains(scalar)
    }
  }
}

/// A former anchor of a heading, and its current one: an entry of `anchors` in front matter.
package struct FormerAnchor: Sendable, Hashable {
  package let old: String
  package let new: String
  /// Its place in the file; unknown where the document is parsed.
  package let location: SourceLocation?

  package init(old: String, new: String, location: SourceLocation? = nil) {
    self.old = old
    self.new = new
    self.location = location
  }
}

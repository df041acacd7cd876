/// The anchors that people choose themselves.
package enum AnchorName {
  package static let maximumLength = 200

  /// Whether an anchor can be an id and stand in an address, in front matter and behind a heading as it is.
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

/// An anchor that a heading had, and the one that it has now: an entry of `anchors` in front matter.
package struct FormerAnchor: Sendable, Hashable {
  package let old: String
  package let new: String
  /// Where it is written; not known where the text is parsed.
  package let location: SourceLocation?

  package init(old: String, new: String, location: SourceLocation? = nil) {
    self.old = old
    self.new = new
    self.location = location
  }
}

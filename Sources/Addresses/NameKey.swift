/// A name as people compare names.
///
/// NFC, case folded, white space collapsed; accents stay.
package struct NameKey: Sendable, Hashable {
  package let folded: String

  package init(_ name: String) {
    var words = ""
    var pendingSpace = false
    for scalar in name.normalizedNFC.unicodeScalars {
      if scalar.properties.isWhitespace {
        pendingSpace = !words.isEmpty
      } else {
        if pendingSpace { words.unicodeScalars.append(" ") }
        pendingSpace = false
        words.unicodeScalars.append(scalar)
      }
    }
    // Upper case first, so that letters whose fold is longer (ß) meet their expansion.
    folded = words.uppercased().lowercased().normalizedNFC
  }
}

/// A key that two names share if people read them as the same name.
///
/// NFC, case folded, white space collapsed; accents stay.
package struct NameKey: Sendable, Hashable {
  package let folded: String

  package init(_ name: String) {
    folded = name.utf8.allSatisfy { $0 < 0x80 } ? Self.foldedASCII(name) : Self.folded(name)
  }

  /// The same result for ASCII, in one pass over the bytes: most names are ASCII, and a site has many.
  private static func foldedASCII(_ name: String) -> String {
    String(unsafeUninitializedCapacity: name.utf8.count) { buffer in
      var count = 0
      var pendingSpace = false
      for byte in name.utf8 {
        switch byte {
        case 0x09...0x0D, 0x20:
          pendingSpace = count > 0
          continue
        default:
          if pendingSpace {
            buffer[count] = 0x20
            count += 1
          }
          pendingSpace = false
          let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          buffer[count] = isUpper ? byte | 0x20 : byte
          count += 1
        }
      }
      return count
    }
  }

  private static func folded(_ name: String) -> String {
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
    // Upper case first: then a letter with a longer fold (ß) gets the same key as its expansion.
    return words.uppercased().lowercased().normalizedNFC
  }
}

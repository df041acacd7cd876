// The standard library normalises text for its own comparison; this interface to it is the one that Foundation's open
// source uses too. The public ways are Foundation's, which would double the start-up time for this one function.
@_spi(_Unicode) import Swift

extension String {
  /// The text in Unicode's normalization form C.
  package var normalizedNFC: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var result = ""
    result.unicodeScalars.append(contentsOf: _nfc)
    return result
  }

  /// The text in Unicode's normalization form D.
  package var normalizedNFD: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var result = ""
    result.unicodeScalars.append(contentsOf: _nfd)
    return result
  }

  /// The text without accents and other combining marks.
  package var withoutMarks: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var result = ""
    for scalar in _nfd {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.normalizedNFC
  }

  /// Whether the text's bytes are those of its normalization form C.
  package var isNFC: Bool {
    utf8.allSatisfy { $0 < 0x80 } || utf8.elementsEqual(normalizedNFC.utf8)
  }
}

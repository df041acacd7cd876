/// Names as the eye reads them: letters of other scripts that look like Latin ones are those.
package enum LookAlike {
  /// What looks like a Latin letter, in lower case, after case folding.
  private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "н": "h", "һ": "h", "і": "i",
    "ј": "j",
    "к": "k", "м": "m", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w",
    "х": "x", "у": "y", "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
    "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ζ": "z", "ı": "i", "ɑ": "a", "ɡ": "g", "ո": "n",
    "օ": "o", "ѡ": "w", "0": "o", "1": "l",
  ]

  /// Two names with one key look alike.
  package static func key(_ name: String) -> String {
    var key = ""
    for scalar in NameKey(name).folded.unicodeScalars {
      // Full-width letters are as far from ASCII as full-width digits.
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      if plain.properties.generalCategory == .format { continue }
      key.unicodeScalars.append(letters[plain] ?? plain)
    }
    return NameKey(key).folded
  }
}

/// Compares names by how they look: letters of other scripts that look like Latin letters count as those.
package enum LookAlike {
  /// The Latin letter that each of these resembles, in lower case, after case folding.
  private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "н": "h", "һ": "h", "і": "i",
    "ј": "j",
    "к": "k", "м": "m", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w",
    "х": "x", "у": "y", "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
    "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ζ": "z", "ı": "i", "ɑ": "a", "ɡ": "g", "ո": "n",
    "օ": "o", "ѡ": "w", "0": "o", "1": "l",
  ]

  /// A key that two names share if they look alike.
  package static func key(_ name: String) -> String {
    var key = ""
    for scalar in NameKey(name).folded.unicodeScalars {
      // Full-width letters are at the same distance from ASCII as full-width digits.
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      if plain.properties.generalCategory == .format { continue }
      key.unicodeScalars.append(letters[plain] ?? plain)
    }
    return NameKey(key).folded
  }
}

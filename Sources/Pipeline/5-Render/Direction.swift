/// The writing direction of a language.
enum Direction {
  /// Languages whose likely script (CLDR 47, `likelySubtags.xml`) is written from right to left.
  private static let languages: Set<String> = [
    "aeb", "ar", "arc", "ars", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw",
    "ks", "lrc", "mzn", "nqo", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
  ]
  /// Scripts that are written from right to left, for languages with several scripts.
  private static let scripts: Set<String> = [
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa",
  ]

  /// `rtl` or `ltr`: by the tag's script if it has one, otherwise by its language.
  static func of(_ tag: String) -> String {
    let parts = tag.lowercased().split(separator: "-").map(String.init)
    if let script = parts.dropFirst().first(where: { $0.utf8.count == 4 }) {
      return scripts.contains(script) ? "rtl" : "ltr"
    }
    return languages.contains(parts.first ?? "") ? "rtl" : "ltr"
  }
}

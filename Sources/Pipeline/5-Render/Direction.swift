/// The direction that a language is written in.
enum Direction {
  /// Languages whose likely script (CLDR 47, `likelySubtags.xml`) runs from right to left.
  private static let languages: Set<String> = [
    "aeb", "ar", "arc", "ars", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw",
    "ks", "lrc", "mzn", "nqo", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
  ]
  /// Scripts that run from right to left, for languages that are written in several.
  private static let scripts: Set<String> = [
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa",
  ]

  /// `rtl` or `ltr`: by the tag's script where it names one, else by its language.
  static func of(_ tag: String) -> String {
    let parts = tag.lowercased().split(separator: "-").map(String.init)
    if let script = parts.dropFirst().first(where: { $0.utf8.count == 4 }) {
      return scripts.contains(script) ? "rtl" : "ltr"
    }
    return languages.contains(parts.first ?? "") ? "rtl" : "ltr"
  }
}

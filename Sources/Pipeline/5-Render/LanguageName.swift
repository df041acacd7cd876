/// The name of a language in that language, so that its readers recognise it.
enum LanguageName {
  private static let names: [String: String] = [
    "ar": "العربية", "bg": "Български", "bn": "বাংলা", "ca": "Català", "cs": "Čeština",
    "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "eo": "Esperanto",
    "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی", "fi": "Suomi",
    "fr": "Français", "ga": "Gaeilge", "gl": "Galego", "he": "עברית", "hi": "हिन्दी",
    "hr": "Hrvatski", "hu": "Magyar", "id": "Bahasa Indonesia", "is": "Íslenska", "it": "Italiano",
    "ja": "日本語", "ka": "ქართული", "ko": "한국어", "lt": "Lietuvių", "lv": "Latviešu",
    "ms": "Bahasa Melayu", "nl": "Nederlands", "no": "Norsk", "nb": "Norsk bokmål",
    "nn": "Norsk nynorsk", "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский",
    "sk": "Slovenčina", "sl": "Slovenščina", "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili",
    "ta": "தமிழ்", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "ur": "اردو",
    "vi": "Tiếng Việt", "zh": "中文",
  ]

  /// The name of a language by its tag, with the tag if it is more specific, such as `Português (pt-BR)`; only the tag if there
  /// is no name.
  static func of(_ tag: String) -> String {
    let primary = String(tag.prefix { $0 != "-" }).lowercased()
    guard let name = names[primary] else { return tag }
    return primary.utf8.count == tag.utf8.count ? name : "\(name) (\(tag))"
  }
}

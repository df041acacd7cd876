/// The plural categories of Unicode's CLDR 46 (supplemental/plurals.xml, cardinal rules) for whole numbers.
internal enum PluralRules {
  internal enum Category: String, CaseIterable {
    case zero
    case one
    case two
    case few
    case many
    case other
  }

  /// The category of a number in a language; languages that are not in the table have “one” for 1.
  internal static func category(of number: Int, in language: String) -> Category {
    let primary = language.prefix { $0 != "-" }.lowercased()
    switch primary {
    case "ja", "zh", "ko", "vi", "th", "id", "ms", "my": return .other
    case "fr", "pt":
      if number == 0 || number == 1 { return .one }
      return number % 1_000_000 == 0 ? .many : .other
    case "es", "it", "ca":
      if number == 1 { return .one }
      return number != 0 && number % 1_000_000 == 0 ? .many : .other
    case "ar":
      switch (number, number % 100) {
      case (0, _): return .zero
      case (1, _): return .one
      case (2, _): return .two
      case (_, 3...10): return .few
      case (_, 11...99): return .many
      default: return .other
      }
    case "he":
      return number == 1 ? .one : number == 2 ? .two : .other
    case "ru", "uk", "be":
      return slavic(number)
    case "pl":
      if number == 1 { return .one }
      return slavic(number) == .few ? .few : .many
    case "cs", "sk":
      return number == 1 ? .one : (2...4).contains(number) ? .few : .other
    default:
      return number == 1 ? .one : .other
    }
  }

  private static func slavic(_ number: Int) -> Category {
    let (last, lastTwo) = (number % 10, number % 100)
    if last == 1, lastTwo != 11 { return .one }
    if (2...4).contains(last), !(12...14).contains(lastTwo) { return .few }
    return .many
  }
}

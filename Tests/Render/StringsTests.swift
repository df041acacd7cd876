import StoaModel
import StoaTheme
import StoaYAML
import Testing

@testable import StoaRender

/// The program's strings files: each is complete, with the plural forms of its language.
@Suite struct StringsTests {
  struct File: Sendable, CustomTestStringConvertible {
    let language: String
    var texts: [String: String] = [:]
    var plurals: [String: [String: String]] = [:]

    var testDescription: String { language }

    init(_ language: String, _ bytes: [UInt8]) throws {
      self.language = language
      for entry in try YAMLReader.read(bytes[...], maximumSize: 1 << 18) {
        if let text = entry.value.scalar { texts[entry.key] = text }
        if let forms = entry.value.mapping {
          plurals[entry.key] = Dictionary(
            uniqueKeysWithValues: forms.map { ($0.key, $0.value.scalar ?? "") })
        }
      }
    }
  }

  static let files: [File] = DefaultTheme.files.keys.sorted().compactMap { name in
    guard name.hasPrefix("strings/"), let bytes = DefaultTheme.files[name] else { return nil }
    return try? File(String(name.dropFirst("strings/".count).dropLast(".yml".count)), bytes)
  }

  let english: File

  init() throws {
    english = try #require(Self.files.first { $0.language == "en" })
  }

  @Test func areThereInFourLanguages() {
    #expect(Self.files.map(\.language) == ["ar", "de", "en", "fr"])
  }

  @Test(arguments: files) func haveTheKeysOfEnglish(_ file: File) {
    #expect(Set(file.texts.keys) == Set(english.texts.keys))
    #expect(Set(file.plurals.keys) == Set(english.plurals.keys))
    #expect(file.texts.values.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: files) func haveThePlaceholdersOfEnglish(_ file: File) {
    for (key, text) in file.texts {
      #expect(placeholders(text) == placeholders(english.texts[key] ?? ""), "\(key): \(text)")
    }
    for (key, forms) in file.plurals {
      let expected = placeholders(english.plurals[key]?["other"] ?? "")
      for (category, form) in forms {
        // The form for a single number may use a word for it.
        let mayOmitCount = ["none", "zero", "one", "two"].contains(category)
        #expect(
          placeholders(form) == expected
            || mayOmitCount && placeholders(form) == expected.subtracting(["count"]),
          "\(key), \(category): \(form)")
      }
    }
  }

  @Test(arguments: files) func haveAFormForEachPluralOfTheLanguage(_ file: File) {
    let categories = Set(
      (Array(0...200) + [1_000_000]).map {
        PluralRules.category(of: $0, by: PluralRules.rules(of: file.language)).rawValue
      })
    for (key, forms) in file.plurals {
      #expect(Set(forms.keys).subtracting(["none"]) == categories, "\(key)")
      #expect((forms["none"] != nil) == (english.plurals[key]?["none"] != nil), "\(key)")
    }
  }

  @Test(arguments: [
    ("en", "1 May 2026", "2 May 2026"), ("fr", "1er mai 2026", "2 mai 2026"),
    ("de", "1. Mai 2026", "2. Mai 2026"), ("ar", "1 مايو 2026", "2 مايو 2026"),
  ])
  func writeTheFirstOfAMonth(_ language: String, _ first: String, _ second: String) throws {
    let file = try #require(DefaultTheme.files["strings/\(language).yml"])
    let strings = try Strings(language: language, files: [("\(language).yml", file)])
    for (day, expected) in [(1, first), (2, second)] {
      let date = try #require(CalendarDay(year: 2026, month: 5, day: day))
      let moment = Timestamp(
        seconds: Int64(date.daysSinceEpoch) * 86_400, offset: 0, isDay: true)
      #expect(strings.date(moment) == expected)
    }
  }

  /// French puts a no-break space before closing punctuation, and inside quotation marks.
  @Test func keepFrenchPunctuationOnItsLine() throws {
    let french = try #require(Self.files.first { $0.language == "fr" })
    for text in Array(french.texts.values) + french.plurals.values.flatMap(\.values) {
      for broken in [" :", " ;", " ?", " !", " »", "« "] {
        #expect(!text.contains(broken), "\(text)")
      }
    }
  }

  private func placeholders(_ text: String) -> Set<String> {
    Set(
      text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
        part.firstIndex(of: "}").map { String(part[..<$0]) }
      })
  }
}

import Foundation
import Testing

@testable import StoaRender

/// The plural rules, compared with another copy of CLDR.
@Suite struct PluralTests {
  struct Language: Sendable, CustomTestStringConvertible {
    let tag: String
    let expected: [(number: Int, category: String)]

    var testDescription: String { tag }
  }

  static let languages: [Language] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("plurals.txt")
    let lines = (try? String(contentsOf: url, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.filter { !$0.hasPrefix("#") }.compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      var expected: [(Int, String)] = []
      for part in line[line.index(after: colon)...].split(separator: ";") {
        let words = part.split(separator: " ")
        for run in words[1].split(separator: ",") {
          let ends = run.split(separator: "-").compactMap { Int($0) }
          for number in ends[0]...ends[ends.count - 1] {
            expected.append((number, String(words[0])))
          }
        }
      }
      return Language(tag: String(line[..<colon]), expected: expected)
    }
  }()

  @Test func coversTheTable() {
    let tested = Set(Self.languages.map { $0.tag.lowercased() })
    #expect(tested.count > 100)
    // Babel has no rules of their own for these languages; Stoa's table gives them those of a language that Babel has.
    let untested: Set = [
      "ars", "bho", "guw", "hnj", "jv", "mo", "sh", "tl", "tpi", "smi", "lld", "blo",
    ]
    for row in PluralRules.table {
      for language in row.languages.split(separator: " ") where !untested.contains(String(language))
      {
        #expect(
          tested.contains(String(language)), "\(language) is in the table and not in plurals.txt")
      }
    }
  }

  @Test(arguments: languages) func agreesWithCLDR(_ language: Language) {
    let rules = PluralRules.rules(of: language.tag)
    for (number, category) in language.expected {
      #expect(
        PluralRules.category(of: number, by: rules).rawValue == category,
        "\(language.tag) \(number)")
    }
  }

  @Test func takesTheWholeTagFirstAndElseThePrimaryLanguage() {
    #expect(PluralRules.category(of: 0, by: PluralRules.rules(of: "pt-BR")) == .one)
    #expect(PluralRules.category(of: 0, by: PluralRules.rules(of: "pt-PT")) == .other)
    #expect(PluralRules.category(of: 2, by: PluralRules.rules(of: "ar-MA")) == .two)
  }

  @Test func givesALanguageWithoutARowOneForOne() {
    #expect(PluralRules.category(of: 1, by: PluralRules.rules(of: "x-nobody")) == .one)
    #expect(PluralRules.category(of: 0, by: PluralRules.rules(of: "x-nobody")) == .other)
  }
}

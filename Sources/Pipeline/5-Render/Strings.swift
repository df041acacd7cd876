import StoaModel
import StoaTemplates
import StoaYAML

/// The theme's translations in one language: fixed texts, phrases with a number or a name, months and date patterns.
struct Strings: Sendable {
  let language: String
  private var phrases: [String: Phrase] = [:]
  private var plurals: [String: [PluralRules.Category: Phrase]] = [:]
  /// The texts of plural phrases for 0, if they differ from the form of its category.
  private var zeros: [String: Phrase] = [:]
  private let rules: [PluralRules.Rule]
  private var datePattern = Phrase("")
  private var monthNames: [String] = []
  /// The first of a month, which some languages write as an ordinal: “1er mai”.
  private var firstDay = "1"

  /// - Parameter files: strings files, the most general first: each overrides the ones before it.
  init(language: String, files: [(name: String, bytes: [UInt8])]) throws(StringsProblem) {
    self.language = language
    rules = PluralRules.rules(of: language)
    for file in files {
      do throws(YAMLProblem) {
        for entry in try YAMLReader.read(file.bytes[...], maximumSize: 1 << 18) {
          if let text = entry.value.scalar {
            phrases[entry.key] = Phrase(text)
          } else if let forms = entry.value.mapping {
            plurals[entry.key] = [:]
            zeros[entry.key] = nil
            for form in forms {
              let phrase = Phrase(form.value.scalar ?? "")
              if let category = PluralRules.Category(rawValue: form.key) {
                plurals[entry.key]?[category] = phrase
              } else if form.key == "none" {
                zeros[entry.key] = phrase
              }
            }
          }
        }
      } catch {
        throw StringsProblem(
          diagnostic: Diagnostic(
            .invalidStrings,
            at: SourceLocation(file: file.name, line: error.line, column: error.column),
            "the strings cannot be read: \(error.message)"))
      }
    }
    datePattern = phrases["date"] ?? Phrase("date")
    monthNames = (1...12).map { text("month-\($0)") }
    firstDay = phrases["day-1"]?.text ?? "1"
  }

  /// Every fixed text, in order of its key.
  var fixed: [(key: String, text: String)] {
    phrases.sorted { $0.key.precedes($1.key) }.map { ($0.key, $0.value.text) }
  }

  /// The names of the fixed texts.
  var table: FieldTable {
    FieldTable("strings", fixed.map { FieldTable.Field($0.key, .text, "") })
  }

  /// The fixed texts as a record for templates.
  var record: Record { Record(table, fixed.map { .text($0.text) }) }

  /// A fixed text; its key when the theme has none.
  func text(_ key: String) -> String { phrases[key]?.text ?? key }

  /// A phrase with its `{names}` filled in.
  func phrase(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
    phrases[key]?.filled(values) ?? key
  }

  /// A phrase about a number: the form of its plural category, or `none` for 0 if there is one.
  func count(
    _ key: String, _ number: Int, _ values: KeyValuePairs<String, String> = [:]
  ) -> String {
    let forms = plurals[key] ?? [:]
    let form =
      (number == 0 ? zeros[key] : nil)
      ?? forms[PluralRules.category(of: number, by: rules)] ?? forms[.other]
    return form?.filled(values, count: number) ?? key
  }

  /// A date in the language's form.
  func date(_ moment: Timestamp) -> String {
    let day = moment.day
    return datePattern.filled([
      "day": day.day == 1 ? firstDay : String(day.day), "month": monthNames[day.month - 1],
      "year": String(day.year),
    ])
  }

  /// A date in the language's form, with the time of day if it has one.
  func dateAndTime(_ moment: Timestamp) -> String {
    guard !moment.isDay else { return date(moment) }
    let minutes = moment.secondOfDay / 60
    let digits = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
    return phrase(
      "date-and-time",
      ["date": date(moment), "time": "\(digits(minutes / 60)):\(digits(minutes % 60))"])
  }

  /// A month in the language's form.
  func month(_ month: Int, of year: Int) -> String {
    phrase("month-and-year", ["month": monthNames[month - 1], "year": String(year)])
  }
}

/// A strings file with an error.
struct StringsProblem: Error {
  let diagnostic: Diagnostic
}

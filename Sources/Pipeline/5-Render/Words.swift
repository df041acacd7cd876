internal import StoaModel
internal import StoaYAML

/// The theme's words in one language: fixed texts, phrases with a number or a name, months and date patterns.
internal struct Words: Sendable {
  internal let language: String
  private var texts: [String: String] = [:]
  private var plurals: [String: [String: String]] = [:]

  /// - Parameter files: strings files, the most general first: each overrides the ones before it.
  internal init(language: String, files: [(name: String, bytes: [UInt8])]) throws(StringsProblem) {
    self.language = language
    for file in files {
      do throws(YAMLProblem) {
        for entry in try YAMLReader.read(file.bytes[...], maximumSize: 1 << 18) {
          if let text = entry.value.scalar {
            texts[entry.key] = text
          } else if let forms = entry.value.mapping {
            plurals[entry.key] = Dictionary(
              forms.map { ($0.key, $0.value.scalar ?? "") }, uniquingKeysWith: { $1 })
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
  }

  /// Every fixed text, in order of its key.
  internal var fixed: [(key: String, text: String)] {
    texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
  }

  /// A fixed text; its key when the theme has none.
  internal func text(_ key: String) -> String { texts[key] ?? key }

  /// A phrase with its `{names}` filled in.
  internal func phrase(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
    Self.fill(text(key), values)
  }

  /// A phrase about a number: the form of its plural category, or `none` for 0 where there is one.
  internal func count(
    _ key: String, _ number: Int, _ values: KeyValuePairs<String, String> = [:]
  ) -> String {
    let forms = plurals[key] ?? [:]
    let category = PluralRules.category(of: number, in: language).rawValue
    let form = (number == 0 ? forms["none"] : nil) ?? forms[category] ?? forms["other"] ?? key
    return Self.fill(Self.fill(form, values), ["count": String(number)])
  }

  /// A date as the language writes it.
  internal func date(_ moment: Moment) -> String {
    let day = moment.day
    return Self.fill(
      text("date"),
      ["day": String(day.day), "month": text("month-\(day.month)"), "year": String(day.year)])
  }

  /// A month as the language writes it.
  internal func month(_ month: Int, of year: Int) -> String {
    Self.fill(text("month-and-year"), ["month": text("month-\(month)"), "year": String(year)])
  }

  /// Replaces `{name}` by its value.
  ///
  /// What a value holds is not looked at again.
  private static func fill(_ pattern: String, _ values: KeyValuePairs<String, String>) -> String {
    guard pattern.utf8.contains(UInt8(ascii: "{")) else { return pattern }
    var result = ""
    var rest = pattern[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
    {
      result += rest[..<open]
      let name = rest[rest.utf8.index(after: open)..<close]
      if let value = values.first(where: { $0.key.utf8.elementsEqual(name.utf8) })?.value {
        result += value
      } else {
        result += rest[open...close]
      }
      rest = rest[rest.utf8.index(after: close)...]
    }
    return result + rest
  }
}

/// A strings file that cannot be used.
internal struct StringsProblem: Error {
  internal let diagnostic: Diagnostic
}

/// Chooses the plural form of a phrase for a number, by the categories of Unicode's CLDR.
///
/// Only non-negative integers are counted here, so the rules need no operands for decimals and exponents.
enum PluralRules {
  enum Category: String, CaseIterable {
    case zero
    case one
    case two
    case few
    case many
    case other
  }

  /// The category of a number in a language, by its whole tag or otherwise by its primary language.
  ///
  /// Languages that are not in the table have `one` for 1, like most in the table; a strings file without that form uses its
  /// `other`.
  static func category(of number: Int, by rules: [Rule]) -> Category {
    rules.first { $0.holds(for: number) }?.category ?? .other
  }

  static func rules(of language: String) -> [Rule] {
    let tag = language.lowercased()
    return byLanguage[tag] ?? byLanguage[String(tag.prefix { $0 != "-" })]
      ?? [Rule(.one, .n(1...1))]
  }

  /// A category and its condition on a number: one of several alternatives, each a conjunction of conditions.
  struct Rule: Sendable {
    let category: Category
    let alternatives: [[Condition]]

    init(_ category: Category, _ conditions: Condition..., or others: [Condition]...) {
      self.category = category
      alternatives = [conditions] + others
    }

    func holds(for number: Int) -> Bool {
      alternatives.contains { $0.allSatisfy { $0.holds(for: number) } }
    }
  }

  /// Whether a number, or its remainder after a division, is in one of some ranges, or in none of them.
  struct Condition: Sendable {
    private let divisor: Int?
    private let ranges: [ClosedRange<Int>]
    private let isInside: Bool

    static func n(_ ranges: ClosedRange<Int>...) -> Condition {
      Condition(divisor: nil, ranges: ranges, isInside: true)
    }

    static func n(not ranges: ClosedRange<Int>...) -> Condition {
      Condition(divisor: nil, ranges: ranges, isInside: false)
    }

    static func mod(_ divisor: Int, _ ranges: ClosedRange<Int>...) -> Condition {
      Condition(divisor: divisor, ranges: ranges, isInside: true)
    }

    static func mod(_ divisor: Int, not ranges: ClosedRange<Int>...) -> Condition {
      Condition(divisor: divisor, ranges: ranges, isInside: false)
    }

    func holds(for number: Int) -> Bool {
      let operand = divisor.map { number % $0 } ?? number
      return ranges.contains { $0.contains(operand) } == isInside
    }
  }

  private static let byLanguage: [String: [Rule]] = {
    var rules: [String: [Rule]] = [:]
    for row in table {
      for language in row.languages.split(separator: " ") { rules[String(language)] = row.rules }
    }
    return rules
  }()
}

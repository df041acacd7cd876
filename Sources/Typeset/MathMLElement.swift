import StoaModel

/// The elements of a formula, all from MathML Core.
enum MathMLElement: String {
  case math
  case mrow, mstyle, mphantom, mpadded, merror
  case mi, mn, mo, mtext, ms, mspace
  case mfrac, msqrt, mroot
  case msub, msup, msubsup, munder, mover, munderover
  case mmultiscripts, mprescripts
  case mtable, mtr, mtd

  /// Whether it contains text instead of elements.
  var hasText: Bool {
    switch self {
    case .mi, .mn, .mo, .mtext, .ms: true
    default: false
    }
  }

  /// The value of an attribute that is allowed, in the form that Core knows; nil for any other.
  func value(of attribute: MarkupReader.Attribute) -> String? {
    switch (self, attribute.name) {
    case (.mo, "form"): ["prefix", "infix", "postfix"].first { $0 == attribute.value }
    case (.mo, "stretchy"), (.mo, "fence"), (.mo, "separator"), (.mo, "symmetric"),
      (.mo, "largeop"), (.mo, "movablelimits"), (.mstyle, "displaystyle"), (.mover, "accent"),
      (.munderover, "accent"), (.munder, "accentunder"), (.munderover, "accentunder"):
      ["true", "false"].first { $0 == attribute.value }
    case (.mo, "minsize"), (.mo, "maxsize"): MathMLLength(attribute.value)?.size
    case (.mo, "lspace"), (.mo, "rspace"), (.mspace, "width"), (.mspace, "height"),
      (.mspace, "depth"), (.mfrac, "linethickness"), (.mpadded, "width"), (.mpadded, "height"),
      (.mpadded, "depth"):
      MathMLLength(attribute.value)?.text
    case (.mstyle, "scriptlevel"): ["0", "1", "2"].first { $0 == attribute.value }
    case (.mi, "mathvariant"): attribute.value == "normal" ? "normal" : nil
    case (.mtd, "class"): ["left", "right"].first { $0 == attribute.value }
    default: nil
    }
  }
}

/// A length that keeps content inside its line: a formula must not cover other people's words, nor widen a page.
struct MathMLLength {
  private let number: Double
  private let digits: Substring
  private let unit: String

  /// Nil for text that is not a length, or too long.
  init?(_ text: String) {
    digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    unit = String(text[digits.endIndex...])
    guard digits.utf8.count <= 8, let number = Double(digits) else { return nil }
    self.number = number
    let isAllowed =
      switch unit {
      case "em": (-1...20).contains(number)
      case "ex": (-2...40).contains(number)
      case "px", "pt": (-10...200).contains(number)
      case "%": (0...500).contains(number)
      case "": (0...5).contains(number)
      default: false
      }
    guard isAllowed else { return nil }
  }

  /// The length with its unit; nil for a number without a unit, unless it is 0.
  var text: String? { unit.isEmpty && number != 0 ? nil : "\(digits)\(unit)" }

  /// The size of an operator, for which a number without a unit is a factor.
  var size: String? {
    guard unit.isEmpty else { return text }
    return "\(Int((number * 100).rounded()))%"
  }
}

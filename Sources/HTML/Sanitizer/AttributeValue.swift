import StoaModel

/// Validates the values of attributes; an attribute with any other value is removed.
enum AttributeValue {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// A whole number without a sign, as digits.
  static func number(_ value: Bytes.SubSequence, upTo limit: Int) -> Int? {
    guard (1...6).contains(value.count), value.allSatisfy(ASCII.isDigit) else { return nil }
    let number = value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return (1...limit).contains(number) ? number : nil
  }

  /// A list's first number, which may be negative.
  static func isStart(_ value: Bytes.SubSequence) -> Bool {
    let digits = value.first == UInt8(ascii: "-") ? value.dropFirst() : value
    return (1...9).contains(digits.count) && digits.allSatisfy(ASCII.isDigit)
  }

  /// The keyword, of these lower-case words, that a value is, case-insensitive.
  static func keyword(_ value: Bytes.SubSequence, of words: [StaticString]) -> StaticString? {
    words.first { word in
      word.utf8CodeUnitCount == value.count
        && value.enumerated().allSatisfy { ASCII.lowercased($1) == word.utf8Start[$0] }
    }
  }

  /// A language tag such as `pt-BR`.
  static func isLanguage(_ value: Bytes.SubSequence) -> Bool {
    guard let first = value.first, ASCII.isLetter(first), value.count <= 35 else { return false }
    return value.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// Dates, times, zones and durations consist of these characters.
  static func isTime(_ value: Bytes.SubSequence) -> Bool {
    (1...40).contains(value.count)
      && value.allSatisfy {
        ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x20
          || "-+:.,".utf8.contains($0)
      }
  }
}

/// Names that are taken.
///
/// Another item that wants one of them gets a number, in linear time however many want the same.
struct UniqueNames {
  /// The next number to try for each name.
  private var numbers: [String: Int] = [:]
  /// The separator between a name and its number.
  private let separator: String

  init(separator: String = "-") { self.separator = separator }

  func contains(_ name: String) -> Bool { numbers[name] != nil }

  mutating func take(_ name: String) { numbers[name] = numbers[name] ?? 2 }

  /// Reserves the name, or if it is taken, the name with a number.
  ///
  /// - Returns: The suffix of the name; empty for the name itself.
  mutating func suffix(for name: String) -> String {
    guard var number = numbers[name] else {
      take(name)
      return ""
    }
    while contains("\(name)\(separator)\(number)") { number += 1 }
    numbers[name] = number + 1
    take("\(name)\(separator)\(number)")
    return "\(separator)\(number)"
  }
}

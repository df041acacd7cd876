import StoaModel

/// A text with `{names}`, parsed once.
///
/// Values are not searched for names, and a name without a value is kept as written.
struct Phrase: Sendable {
  private enum Part: Sendable {
    case text(String)
    case name(String)
  }

  let text: String
  private let parts: [Part]

  init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
    {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.name(String(rest[rest.utf8.index(after: open)..<close])))
      rest = rest[rest.utf8.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// - Parameter count: the value of `{count}` unless the values have it.
  func filled(
    _ values: KeyValuePairs<String, String>, count: Int? = nil
  ) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 32)
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .name(let name):
        if let value = values.first(where: { $0.key == name })?.value {
          result += value.directionIsolated
        } else if let count, name == "count" {
          result += String(count)
        } else {
          result += "{\(name)}"
        }
      }
    }
    return result
  }
}

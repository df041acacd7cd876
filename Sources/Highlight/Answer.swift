import StoaModel

/// The answer of Pygments about a block.
enum Answer: Sendable, Hashable {
  /// The language is not known.
  case plain
  /// The lexer took too long, or crashed.
  case gaveUp
  case spans([CodeSpan])

  /// Reads a line such as `k 3,- 1,nf 4`; nil when it does not describe a text of this size.
  init?(_ line: Substring, size: Int) {
    switch line {
    case "-": self = .plain
    case "!": self = .gaveUp
    default:
      var spans: [CodeSpan] = []
      var rest = size
      for part in line.split(separator: ",", omittingEmptySubsequences: false) {
        let words = part.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let length = Int(words[1]), (1...max(rest, 1)).contains(length)
        else { return nil }
        rest -= length
        let token = TokenClass(rawValue: String(words[0]))
        if let last = spans.last, last.token == token {
          spans[spans.count - 1] = CodeSpan(token, length: last.length + length)
        } else {
          spans.append(CodeSpan(token, length: length))
        }
      }
      guard rest == 0 else { return nil }
      self = .spans(spans)
    }
  }

  var line: String {
    switch self {
    case .plain: "-"
    case .gaveUp: "!"
    case .spans(let spans):
      spans.map { "\($0.token?.rawValue ?? "-") \($0.length)" }.joined(separator: ",")
    }
  }
}

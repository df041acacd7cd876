/// Wraps `code` elements of several lines in `pre`: `code` alone shows them as one line, and converters keep lines only in
/// `pre`.
enum CodeLines {
  static func promoted(_ html: [UInt8]) -> [UInt8] {
    guard html.contains(text: "<code") else { return html }
    let tokens = Array(HTMLTokens(html))
    var output: [UInt8] = []
    output.reserveCapacity(html.count + 16)
    var index = 0
    var isInPre = false
    while index < tokens.count {
      switch tokens[index] {
      case .tag("pre", let isEnd, let bytes):
        isInPre = !isEnd
        output += bytes
      case .tag("code", false, let bytes) where !isInPre:
        if let end = end(of: tokens[index...]), let lines = lines(of: tokens[(index + 1)..<end]) {
          output += "<pre><code>".utf8 + lines + "</code></pre>".utf8
          index = end
        } else {
          output += bytes
        }
      case .tag(_, _, let bytes), .text(let bytes), .comment(let bytes): output += bytes
      }
      index += 1
    }
    return output
  }

  private static func end(of tokens: ArraySlice<HTMLTokens.Token>) -> Int? {
    // A `code` element that contains a whole page was never closed.
    for index in tokens.indices.dropFirst().prefix(400) {
      switch tokens[index] {
      case .tag("code", let isEnd, _): return isEnd ? index : nil
      case .tag("pre", _, _), .tag("p", _, _): return nil
      default: break
      }
    }
    return nil
  }

  /// The code's text; nil when it is one line.
  private static func lines(of tokens: ArraySlice<HTMLTokens.Token>) -> [UInt8]? {
    var text: [UInt8] = []
    for token in tokens {
      switch token {
      case .text(let bytes): text += bytes
      case .tag("br", _, _): if text.last != 0x0A { text.append(0x0A) }
      case .tag, .comment: break
      }
    }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    let body = text.drop { $0 == 0x0A || $0 == 0x0D }
    return body.contains(0x0A) ? Array(body) : nil
  }
}

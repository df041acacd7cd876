import Foundation
import StoaTestSupport
import Testing

@Suite("The sanitiser, given anything,") struct RandomInputTests {
  /// `make trust` sets 100,000.
  private static let count =
    ProcessInfo.processInfo.environment["STOA_TRUST_INPUTS"].flatMap { Int($0) } ?? 3_000

  @Test("gives what it would give of its own result, balanced and of listed elements")
  func idempotence() {
    var random = RandomNumbers(seed: 20_260_601)
    var tried = 0
    defer { print("tried \(tried)") }
    while tried < Self.count {
      let input = Self.input(&random)
      if let problem = FuzzTarget.sanitizer.problem(with: input) {
        Issue.record("\(problem): \(String(decoding: input, as: UTF8.self).debugDescription)")
        return
      }
      tried += 1
    }
  }

  /// Pieces of HTML in random order, and some other bytes.
  private static func input(_ random: inout RandomNumbers) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<(1 + random.next(24)) {
      let piece = pieces[random.next(pieces.count)]
      bytes += piece.utf8
      if random.next(8) == 0 { bytes += String(Character(random.scalar())).utf8 }
      if random.next(8) == 0, !bytes.isEmpty { bytes.removeLast(min(bytes.count, random.next(4))) }
    }
    // Parse replaces these before it calls the sanitiser.
    return String(decoding: bytes, as: UTF8.self).utf8.filter {
      $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A
    }
  }

  private static let pieces: [String] = {
    let names = [
      "p", "b", "i", "a", "div", "table", "tbody", "tr", "td", "th", "caption", "ul", "ol", "li",
      "dl", "dt", "dd", "h1", "h2", "pre", "code", "ruby", "rt", "rp", "details", "summary", "img",
      "br", "hr", "input", "script", "style", "svg", "math", "section", "span", "tt", "strike",
      "template", "textarea", "title", "blockquote", "thead", "form", "del",
    ]
    let rest = [
      "<", ">", "</", "/>", "<!--", "-->", "<!", "<?", "]]>", "\"", "'", "=", " ", "\n", "&", "&#",
      "&#x", ";", "&amp;", "&lt;", "&quot;", "&copy", "a", "x=y", "é", "\u{202E}", "`", "\\",
      "<a href=", "<a href=\"/x\">", "<a href='https://example.com/?a&b'>", "<a href=javascript:x>",
      "<img src=/y alt=\"", "<td align=right colspan=2>", "<abbr title='", "<ol start=3 reversed>",
      "<input type=checkbox disabled>", "<p dir=rtl lang=he class=x>",
      "<q cite='http://a.example/'>",
    ]
    return names.flatMap { ["<\($0)>", "</\($0)>", "<\($0) "] } + rest
  }()
}

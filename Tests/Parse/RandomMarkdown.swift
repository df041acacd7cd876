import StoaTestSupport

/// Markdown documents with every kind of block, and with lines of 1 to 60,000 bytes, often several long ones in a row.
struct RandomMarkdown {
  private var random: RandomNumbers

  init(seed: UInt64) {
    random = RandomNumbers(seed: seed)
  }

  mutating func document() -> String {
    // One document in eight has long lines in every block; the others resemble what people write.
    let isLong = random.next(8) == 0
    let count = 1 + random.next(isLong ? 4 : 12)
    return (0..<count).map { _ in block(isLong, depth: 0) }.joined(separator: "\n\n") + "\n"
  }

  private mutating func block(_ isLong: Bool, depth: Int) -> String {
    switch random.next(12) {
    case 0:
      return String(repeating: "#", count: 1 + random.next(6)) + " " + words(2 + random.next(8))
    case 1:
      let fence = String(repeating: "`", count: 3 + random.next(3))
      return "\(fence)\(random.element(of: ["", "swift", "text a b"]))\n\(lines(isLong))\n\(fence)"
    case 2: return indented(lines(isLong), by: "    ")
    case 3: return table(isLong)
    case 4: return "<div>\n\(lines(isLong))\n</div>"
    case 5:
      let label = "n\(random.next(1_000))"
      return
        "\(words(3))[^\(label)] and \(words(2))\n\n[^\(label)]: \(line(isLong))\n    \(line(isLong))"
    case 6:
      let label = "d\(random.next(1_000))"
      return "[\(words(2))][\(label)]\n\n[\(label)]: /\(label) \"\(words(isLong ? 400 : 4))\""
    case 7, 8: return list(isLong, depth: depth)
    case 9: return "> " + lines(isLong).split(separator: "\n").joined(separator: "\n> ")
    case 10: return "***"
    default: return lines(isLong)
    }
  }

  private mutating func list(_ isLong: Bool, depth: Int) -> String {
    let marker = random.element(of: ["- ", "* ", "1. ", "10) ", "- [ ] ", "- [x] "])
    let indent = String(repeating: " ", count: marker.hasPrefix("- [") ? 2 : marker.count)
    let separator = random.next(2) == 0 ? "\n" : "\n\n"
    return (0..<(1 + random.next(4))).map { _ in
      var item = marker + line(isLong)
      if depth < 4, random.next(3) == 0 {
        item += "\n" + indented(block(isLong, depth: depth + 1), by: indent)
      }
      return item
    }.joined(separator: separator)
  }

  private mutating func table(_ isLong: Bool) -> String {
    let columns = 1 + random.next(5)
    let row = { (random: inout Self) in
      "| " + (0..<columns).map { _ in random.cell(isLong) }.joined(separator: " | ") + " |"
    }
    let delimiters =
      "|" + (0..<columns).map { _ in random.element(of: ["-|", ":-|", "-:|", ":-:|"]) }.joined()
    var rows = [row(&self), delimiters]
    for _ in 0..<random.next(5) { rows.append(row(&self)) }
    return rows.joined(separator: "\n")
  }

  private mutating func cell(_ isLong: Bool) -> String {
    line(isLong).filter { $0 != "|" && $0 != "\n" && $0 != "`" }
  }

  private mutating func lines(_ isLong: Bool) -> String {
    (0..<(1 + random.next(4))).map { _ in line(isLong) }.joined(separator: "\n")
  }

  private mutating func line(_ isLong: Bool) -> String {
    guard isLong, random.next(3) > 0 else { return words(1 + random.next(30)) }
    // Lengths are uniform on a logarithmic scale, so that there are as many short lines as long ones.
    let bytes = min(60_000, (1 << (4 + random.next(12))) + random.next(4_000))
    let piece =
      random.next(2) == 0 ? words(40) + " " : random.element(of: ["x", "é", "a b ", "*a* "])
    return String(repeating: piece, count: max(1, bytes / piece.utf8.count))
  }

  private mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in random.element(of: Self.pieces) }.joined(separator: " ")
  }

  private func indented(_ text: String, by indent: String) -> String {
    indent
      + text.split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: "\n" + indent)
  }

  private mutating func element<Element>(of list: [Element]) -> Element { random.element(of: list) }

  private static let pieces = [
    "knot", "rope", "harbour", "tide", "the", "of", "and", "日本語", "Çedilla", "Ω", "*so*",
    "**loud**",
    "~~gone~~", "`code`", "`` a`b ``", "[a link](/x)", "[b](<y z> \"t\")", "![an image](p.png)",
    "<b>bold</b>", "<br>", "<!-- a -->", "&amp;", "&copy;", "&#960;", "\\*", "\\[",
    "https://a.example/b",
    "a@b.example", "[[page]]", "[[page|label]]", "@someone", "_x_", "\\", "a  ", "!", "(1)",
    "x_y_z",
    "[^n1]", "\"quoted\"", "--", "...", "'s",
  ]
}

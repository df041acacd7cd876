import StoaHTML

/// The grammar of every body, written independently of the sanitiser's own tables.
package enum ListedHTML {
  private static let elements: Set<String> = [
    "a", "abbr", "b", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details",
    "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt",
    "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul", "var", "wbr",
  ]
  private static let void: Set<String> = ["br", "hr", "img", "input", "wbr"]
  private static let everywhere: Set<String> = ["dir", "lang"]
  private static let attributes: [String: Set<String>] = [
    "a": ["href", "title"], "abbr": ["title"], "blockquote": ["cite"], "del": ["cite"],
    "details": ["open"], "dfn": ["title"],
    "img": ["src", "alt", "title", "width", "height", "loading", "decoding"],
    "input": ["type", "checked", "disabled"], "ins": ["cite"], "ol": ["start", "reversed"],
    "q": ["cite"], "td": ["class", "colspan", "rowspan"], "th": ["class", "colspan", "rowspan"],
    "time": ["datetime"],
  ]
  /// The elements and attributes that Parse writes around code, alerts, tables, footnotes and headings.
  private static let ours: [String: Set<String>] = [
    "a": ["class", "id"], "code": ["class"], "details": ["class"], "div": ["class", "tabindex"],
    "h1": ["id"], "h2": ["id"], "h3": ["id"], "h4": ["id"], "h5": ["id"], "h6": ["id"],
    "label": ["class"], "li": ["id"],
    "p": ["class"], "pre": ["class", "tabindex"], "section": ["class"], "summary": ["class"],
    "sup": ["class", "id"], "ul": ["class"],
  ]

  /// The problem with a body; nil when it follows the grammar: listed elements, balanced and at most 100 deep; listed
  /// attributes in double quotes, each once; no comment, no raw `<`, no control byte.
  ///
  /// - Parameter isOfParse: whether Parse's own attributes and the marks of slots are allowed.
  package static func problem(in html: [UInt8], isOfParse: Bool = false) -> String? {
    var scanner = Scanner(bytes: html, isOfParse: isOfParse)
    return scanner.problem()
  }

  private struct Scanner {
    let bytes: [UInt8]
    let isOfParse: Bool
    var index = 0
    var open: [String] = []

    init(bytes: [UInt8], isOfParse: Bool) {
      self.bytes = bytes
      self.isOfParse = isOfParse
    }

    mutating func problem() -> String? {
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "<"): if let problem = tag() { return problem }
        case UInt8(ascii: ">"): return "a raw > at \(index)"
        case BodyMark.opening where isOfParse: if !slot() { return "a broken slot at \(index)" }
        case 0x09, 0x0A: break
        case ..<0x20: return "a control byte at \(index)"
        default: break
        }
      }
      return open.last.map { "<\($0)> is not closed" }
    }

    private mutating func tag() -> String? {
      let isEnd = take(UInt8(ascii: "/"))
      let name = word()
      // Only Parse writes labels, around checkboxes of tasks.
      guard ListedHTML.elements.contains(name), isOfParse || name != "label" else {
        return "<\(name)> is not listed"
      }
      if isEnd {
        guard open.popLast() == name else { return "</\(name)> closes what is not open" }
        return take(UInt8(ascii: ">")) ? nil : "</\(name) has more in it"
      }
      var seen: Set<String> = []
      while take(UInt8(ascii: " ")) {
        let attribute = word()
        guard seen.insert(attribute).inserted else { return "\(attribute) twice" }
        let isListed =
          ListedHTML.everywhere.contains(attribute)
          || ListedHTML.attributes[name, default: []].contains(attribute)
          || isOfParse && ListedHTML.ours[name, default: []].contains(attribute)
        guard isListed else { return "<\(name) \(attribute)> is not listed" }
        guard take(UInt8(ascii: "=")), take(UInt8(ascii: "\"")) else {
          return "\(attribute) without double quotes"
        }
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          if bytes[index] == UInt8(ascii: "<") { return "a raw < in \(attribute)" }
          index += 1
        }
        guard take(UInt8(ascii: "\"")) else { return "\(attribute) does not end" }
      }
      guard take(UInt8(ascii: ">")) else { return "<\(name) does not end" }
      if !ListedHTML.void.contains(name) { open.append(name) }
      return open.count <= 100 ? nil : "more than 100 levels"
    }

    /// Letters and digits in lower case.
    private mutating func word() -> String {
      let start = index
      while index < bytes.count,
        (0x61...0x7A).contains(bytes[index]) || (0x30...0x39).contains(bytes[index])
      { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Optionally a letter, then digits up to the end.
    private mutating func slot() -> Bool {
      while index < bytes.count, bytes[index] != BodyMark.closing {
        let byte = bytes[index]
        guard (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) else { return false }
        index += 1
      }
      return take(BodyMark.closing)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
      return true
    }
  }
}

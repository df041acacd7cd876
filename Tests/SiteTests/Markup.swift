/// A piece of a built page or feed, as a browser or feed reader would see it.
indirect enum Markup: Sendable {
  case text(String)
  case element(Element)

  struct Element: Sendable {
    let name: String
    let attributes: [String: String]
    var children: [Markup] = []
  }
}

/// Markup that is not nested correctly, with its place.
struct MarkupProblem: Error, CustomStringConvertible {
  let description: String
}

extension Markup {
  /// Reads a page of HTML or a document of XML.
  ///
  /// Stricter than a browser: every element that is not void must be closed, in order.
  static func read(_ text: String, isXML: Bool = false) throws -> Element {
    var reader = MarkupReader(bytes: Array(text.utf8), isXML: isXML)
    return try reader.read()
  }
}

extension Markup.Element {
  subscript(attribute: String) -> String? { attributes[attribute] }

  /// Whether a simple selector matches this element: `name`, `#id` or `.class`.
  func matches(_ selector: String) -> Bool {
    switch selector.first {
    case "#": attributes["id"] == String(selector.dropFirst())
    case ".":
      (attributes["class"] ?? "").split(separator: " ").contains(selector.dropFirst())
    default: name == selector
    }
  }

  /// The outermost elements that match a selector, in order.
  func all(_ selector: String) -> [Markup.Element] {
    elements.flatMap { $0.matches(selector) ? [$0] : $0.all(selector) }
  }

  /// The child elements.
  var elements: [Markup.Element] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// All text, with white space collapsed.
  var text: String {
    var parts: [Substring] = []
    collectText(into: &parts)
    return parts.joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func collectText(into parts: inout [Substring]) {
    for child in children {
      switch child {
      case .text(let text): parts.append(text[...])
      case .element(let element): element.collectText(into: &parts)
      }
    }
  }
}

private struct MarkupReader {
  let bytes: [UInt8]
  let isXML: Bool
  var position = 0
  var open = [Markup.Element(name: "", attributes: [:])]

  private static let voidNames: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ]
  private static let rawNames: Set<String> = ["script", "style"]

  init(bytes: [UInt8], isXML: Bool) {
    self.bytes = bytes
    self.isXML = isXML
  }

  mutating func read() throws -> Markup.Element {
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") {
        add(text: take { $0 != UInt8(ascii: "<") })
      } else if skip("<!--") {
        try skipPast("-->")
      } else if isXML, skip("<![CDATA[") {
        let start = position
        try skipPast("]]>")
        let text = String(decoding: bytes[start..<(position - 3)], as: UTF8.self)
        open[open.count - 1].children.append(.text(text))
      } else if skip("<!") || skip("<?") {
        try skipPast(">")
      } else if skip("</") {
        try close()
      } else {
        try openElement()
      }
    }
    guard open.count == 1, let root = open.first else {
      throw problem("<\(open.last?.name ?? "")> is not closed")
    }
    return root
  }

  private mutating func openElement() throws {
    position += 1
    let name = take { $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
    var attributes: [String: String] = [:]
    while true {
      _ = take { $0 <= 0x20 }
      if skip("/>") {
        open[open.count - 1].children.append(.element(.init(name: name, attributes: attributes)))
        return
      }
      if skip(">") { break }
      let key = take { $0 > 0x20 && !"=>/".utf8.contains($0) }
      guard !key.isEmpty else { throw problem("<\(name)> has a broken attribute") }
      guard skip("=") else {
        attributes[key] = ""
        continue
      }
      guard skip("\"") else { throw problem("\(key) of <\(name)> is not quoted") }
      attributes[key] = Self.decoded(take { $0 != UInt8(ascii: "\"") })
      position += 1
    }
    var element = Markup.Element(name: name, attributes: attributes)
    if !isXML, Self.voidNames.contains(name) {
      open[open.count - 1].children.append(.element(element))
    } else if !isXML, Self.rawNames.contains(name) {
      let start = position
      try skipPast("</\(name)>")
      let end = position - name.utf8.count - 3
      element.children = [.text(String(decoding: bytes[start..<end], as: UTF8.self))]
      open[open.count - 1].children.append(.element(element))
    } else {
      open.append(element)
    }
  }

  private mutating func close() throws {
    let name = take { $0 != UInt8(ascii: ">") }
    position += 1
    guard open.count > 1, let element = open.popLast(), element.name == name else {
      throw problem("</\(name)> closes nothing")
    }
    open[open.count - 1].children.append(.element(element))
  }

  private mutating func add(text: String) {
    open[open.count - 1].children.append(.text(Self.decoded(text)))
  }

  private mutating func take(while condition: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, condition(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skip(_ prefix: String) -> Bool {
    guard bytes[position...].starts(with: prefix.utf8) else { return false }
    position += prefix.utf8.count
    return true
  }

  private mutating func skipPast(_ end: String) throws {
    while position < bytes.count {
      if skip(end) { return }
      position += 1
    }
    throw problem("“\(end)” is missing")
  }

  private func problem(_ message: String) -> MarkupProblem {
    let line = bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return MarkupProblem(description: "line \(line): \(message)")
  }

  private static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    for (index, part) in text.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
      guard index > 0 else {
        result += part
        continue
      }
      let name = part.prefix { $0 != ";" }
      let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#10": "\n"]
      result += known[String(name)].map { $0 + part.dropFirst(name.count + 1) } ?? "&" + part
    }
    return result
  }
}

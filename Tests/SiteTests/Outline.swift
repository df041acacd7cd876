/// The text of a page and the targets of its links, in readable lines that hardly depend on the theme's markup.
///
/// Headings begin with `#`, list items with `-`, and the content of an item is indented, so that a thread shows who answers
/// whom. A link is `[words](address)`, an image `![words](address)`, an anchor `{#id}`. Hidden elements, forms, and ids that
/// only label a region are left out.
struct Outline {
  private(set) var lines: [String] = []
  private var line = ""
  private var depth = 0
  private var startsItem = false
  private let labels: Set<String>

  /// The lines for an element of HTML.
  static func lines(of element: Markup.Element) -> [String] {
    var labels: Set<String> = []
    collectLabels(of: element, into: &labels)
    var outline = Outline(labels: labels)
    outline.write(element)
    outline.endLine()
    return outline.lines
  }

  /// The lines for a document of XML: every element with its attributes and text, indented.
  static func lines(ofXML element: Markup.Element, depth: Int = 0) -> [String] {
    element.elements.flatMap { child -> [String] in
      let attributes = child.attributes.filter { !$0.key.hasPrefix("xmlns") }
        .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      let isLeaf = child.elements.isEmpty
      let text = isLeaf && !child.text.isEmpty ? ": \(child.text)" : ""
      let indent = String(repeating: "  ", count: depth)
      return ["\(indent)\(child.name)\(attributes)\(text)"] + lines(ofXML: child, depth: depth + 1)
    }
  }

  private init(labels: Set<String>) {
    self.labels = labels
  }

  private static let inlineNames: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "em", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "var",
  ]
  private static let skippedNames: Set<String> = [
    "button", "dialog", "form", "input", "label", "link", "meta", "script", "style", "svg",
    "template",
  ]

  private static func collectLabels(of element: Markup.Element, into labels: inout Set<String>) {
    for attribute in ["aria-labelledby", "aria-describedby", "aria-controls"] {
      labels.formUnion((element[attribute] ?? "").split(separator: " ").map(String.init))
    }
    for child in element.elements { collectLabels(of: child, into: &labels) }
  }

  private mutating func write(_ element: Markup.Element) {
    if Self.skippedNames.contains(element.name) || element["hidden"] != nil
      || element["aria-hidden"] == "true"
    {
      return
    }
    guard !Self.inlineNames.contains(element.name) else { return writeInline(element) }
    endLine()
    let isItem = element.name == "li"
    if isItem {
      depth += 1
      startsItem = true
    }
    if element.name.utf8.count == 2, element.name.hasPrefix("h"),
      let level = element.name.last?.wholeNumberValue
    {
      line = String(repeating: "#", count: level) + " "
    }
    writeMarks(of: element)
    if element.name == "hr" { line += "----" }
    writeChildren(of: element)
    endLine()
    if isItem {
      depth -= 1
      startsItem = false
    }
  }

  private mutating func writeInline(_ element: Markup.Element) {
    writeMarks(of: element)
    switch element.name {
    case "a":
      line += "["
      writeChildren(of: element)
      trimEnd()
      line += "](\(element["href"] ?? ""))"
    case "img":
      let alternative = element["alt"] ?? ""
      if !alternative.isEmpty { line += "![\(alternative)](\(element["src"] ?? ""))" }
    case "br": endLine()
    default:
      let mark = ["q": "“", "code": "`", "del": "~"][element.name] ?? ""
      line += mark
      writeChildren(of: element)
      line += element.name == "q" ? "”" : mark
      // Adjacent elements that the style sheet separates.
      if element.name == "span" || element.name == "time" { line += " " }
    }
  }

  private mutating func writeMarks(of element: Markup.Element) {
    if let id = element["id"], !labels.contains(id), !["main", "responses", "reply"].contains(id) {
      line += "{#\(id)} "
    }
    if let language = element["lang"] {
      line += "{\(language)\(element["dir"] == "rtl" ? ", right to left" : "")} "
    }
  }

  private mutating func writeChildren(of element: Markup.Element) {
    for child in element.children {
      switch child {
      case .element(let element): write(element)
      case .text(let text): line += text
      }
    }
  }

  private mutating func trimEnd() {
    while line.last?.isWhitespace == true { line.removeLast() }
  }

  private mutating func endLine() {
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .replacing("[ ", with: "[").replacing(" ,", with: ",").replacing(" .", with: ".")
    line = ""
    guard !words.isEmpty else { return }
    let indent = String(repeating: "  ", count: startsItem ? max(depth - 1, 0) : depth)
    lines.append(indent + (startsItem ? "- " : "") + words)
    startsItem = false
  }
}

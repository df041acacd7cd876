/// Closes every tag and limits nesting: pandoc backtracks over unclosed tags, and its time doubles with every level.
struct BalancedTags {
  private static let maximumDepth = 32
  private static let maximumListDepth = 8
  private static let void: Set = [
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ]
  private static let lists: Set = ["ul", "ol", "dl"]
  /// Elements that end a paragraph and begin on a line of their own.
  private static let blocks: Set = [
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
  ]
  /// The elements that a start tag closes implicitly, and those at which the search for them stops.
  private static let siblings: [String: (closed: Set<String>, within: Set<String>)] = [
    "li": (["li"], ["ul", "ol", "menu", "dir"]), "dt": (["dt", "dd"], ["dl"]),
    "dd": (["dt", "dd"], ["dl"]), "td": (["td", "th"], ["table"]), "th": (["td", "th"], ["table"]),
    "tr": (["tr"], ["table"]), "tbody": (["tbody", "thead"], ["table"]),
    "tfoot": (["tbody", "thead"], ["table"]),
  ]
  /// The elements at which the search for an open paragraph stops.
  private static let containers = blocks.subtracting([
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
  ])

  private(set) var output: [UInt8] = []
  /// Whether tags were removed because the nesting was too deep.
  private(set) var isFlattened = false
  private var open: [String] = []
  private var listDepth = 0
  /// For each name, how many start tags were removed whose end tags have not come yet.
  private var omitted: [String: Int] = [:]

  init(capacity: Int) {
    output.reserveCapacity(capacity)
  }

  mutating func append(_ bytes: some Sequence<UInt8>) { output.append(contentsOf: bytes) }

  /// Removes and returns the output from a place on.
  mutating func cut(from start: Int) -> [UInt8] {
    guard start <= output.count else { return [] }
    defer { output.removeSubrange(start...) }
    return Array(output[start...])
  }

  mutating func begin(_ name: String, _ tag: ArraySlice<UInt8>) {
    if Self.blocks.contains(name) { closeSibling(["p"], within: Self.containers) }
    if let (closed, within) = Self.siblings[name] { closeSibling(closed, within: within) }
    if Self.void.contains(name) || tag.dropLast().last == UInt8(ascii: "/") {
      output += tag
      return
    }
    let isList = Self.lists.contains(name)
    guard open.count < Self.maximumDepth, !isList || listDepth < Self.maximumListDepth else {
      omitted[name, default: 0] += 1
      isFlattened = true
      if Self.blocks.contains(name) { output += "<br>".utf8 }
      return
    }
    open.append(name)
    if isList { listDepth += 1 }
    output += tag
  }

  /// Whether one of some elements is open.
  func isOpen(_ names: Set<String>) -> Bool { open.contains(where: names.contains) }

  /// Removes an element whose end tag has not come yet.
  mutating func omit(_ name: String) { omitted[name, default: 0] += 1 }

  mutating func end(_ name: String, _ tag: ArraySlice<UInt8>) {
    if let count = omitted[name], count > 0 {
      omitted[name] = count - 1
    } else if let place = open.lastIndex(of: name) {
      close(downTo: place)
    } else if !Self.siblings.keys.contains(name) {
      output += tag
    }
  }

  /// Closes all open elements at the end.
  mutating func finish() { close(downTo: 0) }

  private mutating func closeSibling(_ names: Set<String>, within: Set<String>) {
    for place in open.indices.reversed() {
      if names.contains(open[place]) { return close(downTo: place) }
      if within.contains(open[place]) { return }
    }
  }

  private mutating func close(downTo place: Int) {
    while open.count > place, let name = open.popLast() {
      if Self.lists.contains(name) { listDepth -= 1 }
      output += "</\(name)>".utf8
    }
  }
}

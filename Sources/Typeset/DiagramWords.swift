import StoaModel

/// The text alternative of a diagram: `from → to: words of the line`, then the nodes without lines.
struct DiagramWords {
  enum Kind: String {
    case graph
    case node
    case edge
    case cluster
  }

  private struct Group {
    let kind: Kind?
    var title: [UInt8] = []
    var words: [String] = []
  }

  private var open: [Group] = []
  private var clusters: [String] = []
  private var nodes: [(name: String, words: String)] = []
  private var edges: [(name: String, words: String)] = []

  /// The name of the current group, as the author wrote it.
  var title: [UInt8] {
    get { open.last?.title ?? [] }
    set { if !open.isEmpty { open[open.count - 1].title = newValue } }
  }

  mutating func beginGroup(_ kind: Kind?) {
    open.append(Group(kind: kind))
  }

  /// Adds a line of words to the current node, edge or cluster.
  mutating func add(_ text: [UInt8]) {
    let line = Self.line(text)
    guard !line.isEmpty, let place = open.lastIndex(where: { $0.kind != nil }) else { return }
    open[place].words.append(line)
  }

  mutating func endGroup() {
    guard let group = open.popLast(), let kind = group.kind else { return }
    let words = group.words.joined(separator: " ")
    let name = Self.line(group.title)
    switch kind {
    case .node: nodes.append((name, words))
    case .edge: edges.append((name, words))
    case .graph, .cluster: if !words.isEmpty { clusters.append(words) }
    }
  }

  private static func line(_ text: [UInt8]) -> String {
    String(decoding: text, as: UTF8.self)
      .split { $0 == " " || $0 == "\u{A0}" || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }

  /// On one line, of a limited length.
  var text: String {
    var words: [String: String] = [:]
    for node in nodes { words[node.name] = node.words.isEmpty ? node.name : node.words }
    var joined: Set<String> = []
    var parts = clusters
    for edge in edges {
      guard let ends = Self.ends(of: edge.name, words) else {
        parts.append(edge.words.isEmpty ? edge.name : "\(edge.name): \(edge.words)")
        continue
      }
      joined.formUnion([ends.from, ends.to])
      let line = "\(words[ends.from] ?? ends.from) \(ends.sign) \(words[ends.to] ?? ends.to)"
      parts.append(edge.words.isEmpty ? line : "\(line): \(edge.words)")
    }
    for node in nodes where !joined.contains(node.name) { parts.append(words[node.name] ?? "") }
    return parts.filter { !$0.isEmpty }.joined(separator: "; ").shortened(to: DiagramLimit.words)
  }

  /// The nodes of an edge called `a->b` or `a--b`, each perhaps with a port after a colon.
  private static func ends(
    of name: String, _ nodes: [String: String]
  ) -> (from: String, to: String, sign: String)? {
    for (separator, sign) in [("->", "→"), ("--", "–")] {
      guard let place = name.firstRange(of: separator) else { continue }
      let sides = [name[..<place.lowerBound], name[place.upperBound...]].map { side in
        nodes[String(side)] == nil ? String(side.prefix { $0 != ":" }) : String(side)
      }
      if sides.allSatisfy({ nodes[$0] != nil }) { return (sides[0], sides[1], sign) }
    }
    return nil
  }
}

import StoaModel
import StoaYAML

/// Values of which YAML reads less than was written, or which YAML reads as one although several were meant.
///
/// All of this is valid YAML, so nothing else reports it.
extension Fields {
  mutating func reportHalfRead(_ entry: YAMLEntry) {
    switch entry.value.content {
    case .scalar(let text): reportHalfRead(entry.value, text, of: entry.key, isItem: false)
    case .sequence(let items):
      for item in items {
        if let text = item.scalar { reportHalfRead(item, text, of: entry.key, isItem: true) }
      }
    case .mapping: break
    }
  }

  private mutating func reportHalfRead(
    _ node: YAMLNode, _ text: String, of key: String, isItem: Bool
  ) {
    guard node.isPlain else { return }
    if let comment = node.comment, isCut(text, by: comment, key, isItem: isItem) {
      reportComment(comment, behind: node, text, of: key)
    } else if node.swallowsItem {
      report(
        .halfReadValue, at: location(of: node),
        "“\(text)” is read as one text, because the line below it is indented more",
        "align the items of the list")
    } else if text.utf8.contains(UInt8(ascii: ",")), schema.takesList(key) {
      reportCommas(node, text, of: key, isItem: isItem)
    }
  }

  /// Whether a comment was probably meant as part of the value.
  private func isCut(_ text: String, by comment: String, _ key: String, isItem: Bool) -> Bool {
    let isAdjacent = comment.utf8.count > 1 && comment.utf8.dropFirst().first != 0x20
    guard schema.takesText(key) else { return isAdjacent && text.isEmpty }
    // A line such as `title: # what lists show` is an unfilled template.
    return isAdjacent || !text.isEmpty
  }

  private mutating func reportComment(
    _ comment: String, behind node: YAMLNode, _ text: String, of key: String
  ) {
    // It is reported as missing anyway.
    guard !text.isEmpty || !isNeeded(key) else { return }
    let whole = text.isEmpty ? comment : "\(text) \(comment)"
    report(
      .halfReadValue, at: location(of: node),
      text.isEmpty
        ? "“\(key)” is empty here: YAML takes “\(comment.shortened)” for a comment"
        : "“\(text.shortened)” is all that YAML reads: it takes “\(comment.shortened)” for a comment",
      "put the value in quotes, as in \(FrontMatterText.scalar(whole.shortened)), or the comment on a line of its own"
    )
  }

  /// Whether the key is required, so that its absence is reported where the key is read.
  private func isNeeded(_ key: String) -> Bool {
    switch schema.name {
    case Schema.post.name: key == "author" || key == "date"
    case Schema.response.name: key == "author" || key == "guest"
    default: false
    }
  }

  /// How to fix a missing key, whose value may be in what YAML reads as a comment.
  func advice(onMissing key: String, _ otherwise: String) -> String {
    guard let comment = entry(key)?.value.comment else { return otherwise }
    return
      "text that begins with # is a comment unless it is in quotes, as in \(FrontMatterText.scalar(comment.shortened))"
  }

  private mutating func reportCommas(
    _ node: YAMLNode, _ text: String, of key: String, isItem: Bool
  ) {
    let parts = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    guard parts.count > 1 else { return }
    let list = parts.map { FrontMatterText.scalar($0) }.joined(separator: ", ")
    report(
      .halfReadValue, at: location(of: node), "“\(text.shortened)” is read as one",
      isItem
        ? "give each a line of its own, or put it in quotes if it is one"
        : "write \(key): [\(list.shortened)], or put it in quotes if it is one")
  }
}

extension String {
  /// Short enough for one line of a diagnostic.
  fileprivate var shortened: String {
    guard utf8.count > 80 else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(78))) + "…"
  }
}

import StoaModel
import StoaYAML

/// The words of YAML 1.1 for true and false, case-insensitive.
enum FlagWord {
  /// Nil when the text is none of these words.
  static func read(_ text: String) -> Bool? {
    guard text.utf8.count <= 5 else { return nil }
    return switch text.lowercased() {
    case "true", "yes", "on", "y": true
    case "false", "no", "off", "n": false
    default: nil
    }
  }
}

extension Fields {
  /// A boolean; nil when the key is missing or empty.
  ///
  /// - Parameter unreadable: the result for a value that cannot be read, which is reported.
  mutating func flag(_ key: String, unreadable: Bool? = nil) -> Bool? {
    guard let node = entry(key)?.value else { return nil }
    guard let written = node.scalar?.trimmed else {
      reportType(node, key)
      return unreadable
    }
    if written.isEmpty { return nil }
    if let value = FlagWord.read(written) { return isRepeated(key) ? unreadable ?? value : value }
    invalid(
      key, Located(written, at: location(of: node)), "“\(written)” is neither true nor false",
      "write one of the two")
    return unreadable
  }

  /// Whether the document is certainly a draft; a value that cannot be read holds the document back.
  mutating func draft(_ key: String) -> Bool {
    guard let node = entry(key)?.value else { return written.isDraft }
    if guessesDraft { return written.isDraft }
    if let isDraft = flag(key), !isRepeated(key) { return isDraft || written.isDraft }
    if written.isDraft { return true }
    isHeldBack = true
    if node.scalar?.trimmed == "" {
      invalid(
        key, Located("", at: location(of: node)), "“\(key)” says neither true nor false",
        "write one of the two")
    }
    return false
  }

  /// The date from which on a document is shown; one that cannot be read holds the document back.
  mutating func dueDate(_ key: String, _ reader: DateReader) -> Timestamp? {
    let date = date(key, reader)
    if isRepeated(key) || date == nil && isReported(key) { isHeldBack = true }
    guard let written = written.date else { return date }
    return date.map { max($0, written) } ?? written
  }

  /// Reports a draft key on an item that cannot be a draft, and holds the item back; false for any other key.
  mutating func refusesDraft(_ entry: YAMLEntry) -> Bool {
    guard entry.key.lowercased() == "draft", !schema.contains("draft"),
      entry.value.scalar.flatMap({ FlagWord.read($0.trimmed) }) != false
    else { return false }
    isHeldBack = true
    report(
      .invalidValue, entry, "only a post can be a draft, and this is a \(schema.name)",
      "keep the file out of content until it may be shown")
    return true
  }
}

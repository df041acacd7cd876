import StoaAddresses
import StoaLoad
import StoaModel
import StoaYAML

/// Changes values and keys of one file's YAML, and leaves every other byte as it is.
///
/// Each change is verified by reading the result: a change that did more or less than intended is not made.
struct FrontMatterEditor {
  /// The change to a scalar.
  enum Change: Equatable {
    case keep
    case replace(String)
    /// Remove its list item, or its key if it is the only value.
    case remove
  }

  /// A scalar of the YAML with the keys and positions that lead to it.
  struct Scalar: Equatable {
    /// The key at the top.
    let key: String
    let text: String
  }

  private(set) var bytes: [UInt8]
  private(set) var entries: [YAMLEntry]
  /// The end of the YAML: at the closing line of hyphens, or at the end of a pure YAML file.
  private var end: Int
  private let isWholeFile: Bool
  private let newline: [UInt8]

  /// - Parameter isWholeFile: whether the file is YAML and nothing else, as `stoa.yml`.
  /// - Returns: nil when it cannot be read.
  init?(_ bytes: [UInt8], isWholeFile: Bool = false) {
    self.bytes = bytes
    self.isWholeFile = isWholeFile
    let firstEnd = bytes.firstIndex(of: 0x0A)
    newline = firstEnd.map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true ? [0x0D, 0x0A] : [0x0A]
    guard let read = Self.read(bytes, isWholeFile: isWholeFile) else { return nil }
    (entries, end) = read
  }

  private static func read(
    _ bytes: [UInt8], isWholeFile: Bool
  ) -> (entries: [YAMLEntry], end: Int)? {
    if isWholeFile {
      guard let entries = try? YAMLReader.read(bytes[...], maximumSize: 1 << 16) else { return nil }
      return (entries, bytes.count)
    }
    let matter = FrontMatter(bytes, file: "")
    guard matter.diagnostics.isEmpty else { return nil }
    // The closing line begins after the line end before it.
    let closing = bytes[..<max(matter.bodyStart - 1, 0)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (matter.entries, closing)
  }

  // MARK: Reading

  func entry(_ key: String) -> YAMLEntry? { entries.last { $0.key == key } }

  func has(_ key: String) -> Bool { entry(key) != nil }

  /// The scalars of a key, alone or in a list.
  func texts(of key: String) -> [String] {
    Self.scalars(of: entries).filter { $0.key == key }.map(\.text)
  }

  /// Every scalar, in the order written.
  var scalars: [Scalar] { Self.scalars(of: entries) }

  private static func scalars(of entries: [YAMLEntry]) -> [Scalar] {
    var scalars: [Scalar] = []
    for entry in entries {
      for node in nodes(in: entry.value) {
        scalars.append(Scalar(key: entry.key, text: node.scalar ?? ""))
      }
    }
    return scalars
  }

  /// The nodes of scalars below a value, in order, including an empty one below a key.
  private static func nodes(in value: YAMLNode) -> [YAMLNode] {
    var nodes: [YAMLNode] = []
    var waiting = [value]
    while let node = waiting.popLast() {
      switch node.content {
      case .scalar: nodes.append(node)
      case .sequence(let items): waiting += items.reversed()
      case .mapping(let entries): waiting += entries.reversed().map(\.value)
      }
    }
    return nodes
  }

  // MARK: Changes

  /// Changes scalars one by one.
  ///
  /// - Parameter decide: gets every scalar with its top-level key.
  /// - Returns: How many were changed, and those that could not be changed.
  mutating func change(
    _ decide: (Scalar) -> Change
  ) -> (count: Int, failures: [SourceLocation]) {
    var count = 0
    var failures: [SourceLocation] = []
    // From the last to the first, so that a change does not move the scalars before it.
    var position = scalars.count - 1
    while position >= 0 {
      let scalar = scalars[position]
      let change = decide(scalar)
      if change != .keep, change != .replace(scalar.text) {
        let node = entries.flatMap { Self.nodes(in: $0.value) }[position]
        if make(change, at: position, node) {
          count += 1
        } else {
          failures.append(SourceLocation(file: "", line: node.line, column: node.column))
        }
      }
      position -= 1
    }
    return (count, failures.reversed())
  }

  private mutating func make(_ change: Change, at position: Int, _ node: YAMLNode) -> Bool {
    var expected = scalars
    switch change {
    case .keep: return true
    case .replace(let text):
      guard let range = range(of: node) else { return false }
      expected[position] = Scalar(key: expected[position].key, text: text)
      return replace(range, with: spelled(text, instead: range), expecting: expected)
    case .remove:
      let key = expected[position].key
      let isAlone = entry(key)?.value.scalar != nil || expected.count { $0.key == key } == 1
      if isAlone { return remove(key) }
      expected.remove(at: position)
      return remove(item: node, expecting: expected)
    }
  }

  /// Removes a key with its value.
  mutating func remove(_ key: String) -> Bool {
    guard let entry = entry(key) else { return true }
    let start = offset(line: entry.keyLine, column: 1)
    var stop = lineEnd(from: start)
    while stop < end {
      let line = bytes[stop..<lineEnd(from: stop)]
      let isContinued =
        line.first == 0x20 || line.first == 0x09 || line.first == UInt8(ascii: "-")
        || line.first == UInt8(ascii: "]") || line.first == UInt8(ascii: "}")
      guard isContinued else { break }
      stop = lineEnd(from: stop)
    }
    return replace(start..<stop, with: [], expecting: scalars.filter { $0.key != key })
  }

  /// Sets a key to a scalar, in its place or at the end.
  mutating func set(_ key: String, _ text: String) -> Bool {
    guard let entry = entry(key) else { return add(key, text) }
    var expected = scalars.filter { $0.key != key }
    let place = scalars.firstIndex { $0.key == key } ?? expected.count
    expected.insert(Scalar(key: key, text: text), at: place)
    if entry.value.scalar != nil, let range = range(of: entry.value),
      replace(range, with: spelled(text, instead: range), expecting: expected)
    {
      return true
    }
    return remove(key) && add(key, text)
  }

  private mutating func add(_ key: String, _ text: String) -> Bool {
    append(
      lines: "\(key): " + Self.scalar(text), expecting: scalars + [Scalar(key: key, text: text)])
  }

  /// Gives a key a list of texts, in place of what it had.
  mutating func set(_ key: String, _ texts: [String]) -> Bool {
    rewrite(key, as: "\(key): \(Self.list(texts))", texts)
  }

  /// Gives a key a list of texts under a name, in place of what it had.
  mutating func set(_ key: String, _ name: String, _ texts: [String]) -> Bool {
    rewrite(key, as: "\(key):\n  \(Self.scalar(name)): \(Self.list(texts))", texts)
  }

  private static func list(_ texts: [String]) -> String {
    "[\(texts.map { scalar($0) }.joined(separator: ", "))]"
  }

  private mutating func rewrite(_ key: String, as lines: String, _ texts: [String]) -> Bool {
    let before = self
    if remove(key),
      append(lines: lines, expecting: scalars + texts.map { Scalar(key: key, text: $0) })
    {
      return true
    }
    self = before
    return false
  }

  /// Adds a scalar to a list; the list may be missing, or a single scalar so far.
  mutating func append(_ text: String, to key: String) -> Bool {
    guard let entry = entry(key), !texts(of: key).allSatisfy(\.isEmpty) else {
      guard remove(key) else { return false }
      return append(
        lines: "\(key):\n  - " + Self.scalar(text),
        expecting: scalars + [Scalar(key: key, text: text)]
      )
    }
    var expected = scalars
    let last = expected.lastIndex { $0.key == key } ?? 0
    expected.insert(Scalar(key: key, text: text), at: last + 1)
    if let (range, written) = insertion(of: text, to: entry),
      replace(range, with: written, expecting: expected)
    {
      return true
    }
    // A list in any style can be written again, unless it holds names, which would be lost.
    if case .sequence(let items) = entry.value.content, items.contains(where: { $0.mapping != nil })
    {
      return false
    }
    let all = texts(of: key) + [text]
    let before = self
    if remove(key),
      append(
        lines: "\(key):" + all.map { "\n  - " + Self.scalar($0) }.joined(),
        expecting: scalars + all.map { Scalar(key: key, text: $0) })
    {
      return true
    }
    self = before
    return false
  }

  /// Adds a name and its value to a mapping, which may be missing.
  mutating func append(_ name: String, _ text: String, toMapping key: String) -> Bool {
    let written = "  \(Self.scalar(name)): \(Self.scalar(text))"
    guard let entry = entry(key), let last = entry.value.mapping?.last,
      let range = range(of: last.value)
    else {
      guard !has(key) || texts(of: key).allSatisfy(\.isEmpty), remove(key) else { return false }
      return append(
        lines: "\(key):\n\(written)", expecting: scalars + [Scalar(key: key, text: text)])
    }
    if entry.value.mapping?.contains(where: { $0.key.utf8.elementsEqual(name.utf8) }) == true {
      return true
    }
    var expected = scalars
    let place = expected.lastIndex { $0.key == key } ?? 0
    expected.insert(Scalar(key: key, text: text), at: place + 1)
    let indent = String(repeating: " ", count: max(last.keyColumn - 1, 1))
    let next = lineEnd(from: range.upperBound)
    let isEnded = next > 0 && bytes[next - 1] == 0x0A
    let line = indent + String(written.dropFirst(2))
    return replace(
      next..<next, with: (isEnded ? [] : newline) + line.utf8 + newline, expecting: expected)
  }

  /// The position and the bytes for one more item.
  private func insertion(of text: String, to entry: YAMLEntry) -> (Range<Int>, [UInt8])? {
    switch entry.value.content {
    case .mapping: return nil
    case .scalar:
      guard let range = range(of: entry.value) else { return nil }
      let first = String(decoding: bytes[range], as: UTF8.self)
      return (range, Array("[\(first), \(Self.scalar(text))]".utf8))
    case .sequence(let items):
      guard let last = items.last else { return nil }
      if let below = last.mapping?.last {
        // After the last name and everything below it.
        guard let end = Self.nodes(in: below.value).last, let range = range(of: end) else {
          return nil
        }
        let next = lineEnd(from: range.upperBound)
        let line = offset(line: last.line, column: 1)
        let dash = bytes[line..<offset(line: last.line, column: last.column)]
        return (next..<next, dash + Self.scalar(text).utf8 + newline)
      }
      guard let range = range(of: last) else { return nil }
      let start = offset(line: entry.value.line, column: entry.value.column)
      if bytes[start] == UInt8(ascii: "[") {
        return (range.upperBound..<range.upperBound, Array(", \(Self.scalar(text))".utf8))
      }
      let line = offset(line: last.line, column: 1)
      let next = lineEnd(from: range.upperBound)
      return (next..<next, bytes[line..<range.lowerBound] + Self.scalar(text).utf8 + newline)
    }
  }

  private mutating func remove(item node: YAMLNode, expecting expected: [Scalar]) -> Bool {
    guard let range = range(of: node) else { return false }
    let line = offset(line: node.line, column: 1)
    let before = bytes[line..<range.lowerBound]
    if before.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "-") }),
      replace(line..<lineEnd(from: range.upperBound), with: [], expecting: expected)
    {
      return true
    }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
    var stop = range.upperBound
    while stop < end, isSpace(bytes[stop]) { stop += 1 }
    if stop < end, bytes[stop] == UInt8(ascii: ",") {
      stop += 1
      while stop < end, bytes[stop] == 0x20 { stop += 1 }
      return replace(range.lowerBound..<stop, with: [], expecting: expected)
    }
    var start = range.lowerBound
    while start > 0, isSpace(bytes[start - 1]) { start -= 1 }
    guard start > 0, bytes[start - 1] == UInt8(ascii: ",") else { return false }
    return replace((start - 1)..<range.upperBound, with: [], expecting: expected)
  }

  private mutating func append(lines: String, expecting expected: [Scalar]) -> Bool {
    var written = Array(
      lines.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { Array($0) }.joined(separator: newline))
    written += newline
    let needsEnd = isWholeFile && end > 0 && bytes[end - 1] != 0x0A
    return replace(end..<end, with: (needsEnd ? newline : []) + written, expecting: expected)
  }

  /// Makes a change if the result, read again, is what was intended.
  private mutating func replace(
    _ range: Range<Int>, with written: [UInt8], expecting expected: [Scalar]
  ) -> Bool {
    var changed = bytes
    changed.replaceSubrange(range, with: written)
    guard let read = Self.read(changed, isWholeFile: isWholeFile) else { return false }
    let isMeant = Self.scalars(of: read.entries).elementsEqual(expected) { left, right in
      left.key.utf8.elementsEqual(right.key.utf8) && left.text.utf8.elementsEqual(right.text.utf8)
    }
    guard isMeant else { return false }
    (bytes, entries, end) = (changed, read.entries, read.end)
    return true
  }
}

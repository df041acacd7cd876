import StoaModel

extension MarkdownParser {
  /// A document's markdown without its comments, as the body of the result.
  ///
  /// The parser itself says what they are, and what the text without them becomes: no comment is taken out so that anything else
  /// of the page changes. Where that would happen, as between two lists, an empty one stays.
  static func uncommented(_ text: MarkdownText) -> ParsedText {
    var comments = Uncommenting(text)
    guard comments.leaveOutHTML() else {
      return ParsedText(document: Document(), problem: TextProblem(.markdownTooComplex))
    }
    comments.leaveOutDefinitions()
    return ParsedText(document: Document(body: .memory(comments.bytes)))
  }
}

/// A document while its comments are taken out.
private struct Uncommenting {
  private let text: MarkdownText
  private(set) var bytes: [UInt8]
  private let first: ParsedText
  /// How often it may still be parsed.
  private var attempts = 0

  init(_ text: MarkdownText) {
    self.text = text
    bytes = text.normalized
    first = MarkdownParser.parse(text)
  }

  /// So many attempts that they take a fraction of a worker's time.
  private var affordable: Int { min(max(2_000_000 / max(bytes.count, 1), 4), 128) }

  private lazy var page = Page(first)

  // MARK: HTML

  /// False when the document cannot be parsed.
  mutating func leaveOutHTML() -> Bool {
    guard first.problem == nil, let comments = first.comments else { return false }
    guard !comments.isEmpty else { return true }
    attempts = affordable
    let all = Self.merged(comments).map { Edit(range: $0, replacement: "") }
    if isSame(all) {
      make(all)
      return true
    }
    var edits = all.map { Edit(range: $0.range, replacement: "<!-- -->") }
    for index in edits.indices {
      let empty = edits[index]
      edits[index] = all[index]
      if !isSame(edits) { edits[index] = empty }
    }
    make(edits)
    return true
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  // MARK: Definitions

  /// Leaves out definitions that no link uses and whose address leads nowhere, such as `[//]: # (words)`.
  mutating func leaveOutDefinitions() {
    let places = MarkdownComments.definitions(in: bytes[...])
    guard !places.isEmpty else { return }
    attempts = affordable
    let all = places.map { Edit(range: $0, replacement: "") }
    if isSame(all) { return make(all) }
    let label = unusedLabel
    let empty = places.map { Edit(range: $0, replacement: "[\(label)]: #") }
    make(unseen(in: empty))
  }

  /// The edits that do not change the page; also those that there is no time to try.
  private mutating func unseen(in edits: [Edit]) -> [Edit] {
    if isSame(edits) { return edits }
    guard edits.count > 1, attempts > 0 else { return attempts > 0 ? [] : edits }
    let middle = edits.count / 2
    return unseen(in: Array(edits[..<middle])) + unseen(in: Array(edits[middle...]))
  }

  /// A label without words that no link has.
  private var unusedLabel: String {
    var label = "//"
    while MarkdownComments.place(of: Array("[\(label)]".utf8), in: bytes[...]) != nil {
      label += "/"
    }
    return label
  }

  // MARK: Edits

  private struct Edit {
    let range: Range<Int>
    let replacement: String
  }

  private func applied(_ edits: [Edit]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    for edit in edits {
      result += bytes[place..<edit.range.lowerBound]
      result += edit.replacement.utf8
      place = edit.range.upperBound
    }
    return result + bytes[place...]
  }

  private mutating func make(_ edits: [Edit]) { bytes = applied(edits) }

  /// Whether the page stays the same.
  private mutating func isSame(_ edits: [Edit]) -> Bool {
    guard attempts > 0 else { return false }
    attempts -= 1
    return Page(MarkdownParser.parse(text.with(applied(edits)))) == page
  }
}

/// All that readers see of a document, but for white space.
private struct Page: Equatable {
  private let isRead: Bool
  private let body: [UInt8]
  private let headings: [String]
  private let slots: [String]

  init(_ parsed: ParsedText) {
    isRead = parsed.problem == nil
    let document = parsed.document
    body = ((try? document.body.load()) ?? []).filter { $0 > 0x20 || $0 < 0x09 }
    headings = document.headings.map { "\($0.level) \($0.id) \($0.text)" }
    slots = document.slots.map { "\($0.content)" }
  }
}

extension MarkdownText {
  /// The same document with other bytes, parsed for its page.
  fileprivate func with(_ bytes: [UInt8]) -> MarkdownText {
    MarkdownText(
      kind, bytes: bytes, footnotePrefix: footnotePrefix, firstLine: firstLine,
      takesTitle: takesTitle, smartPunctuation: smartPunctuation, ownHost: ownHost,
      anchors: anchors, mailAddresses: mailAddresses, math: math, diagrams: diagrams)
  }
}

import StoaAddresses
import StoaModel
import StoaParse

/// Changes the targets of references in one document, and nothing else.
///
/// Parse decides what a reference is. A place in the bytes is changed only if the result, parsed again, differs in that reference's
/// slot and in nothing else. So code, comments and anything else that only looks like the reference stays as it is.
struct BodyEditor {
  /// A reference with its new target.
  struct Change {
    /// The index of its slot.
    let slot: Int
    /// The replacement for its target: a wikilink's target, a handle, or a URL, not escaped.
    let target: String
  }

  private(set) var bytes: [UInt8]
  private let text: MarkdownText
  private var reading: Reading

  init(_ text: MarkdownText) {
    self.text = text
    bytes = text.bytes
    reading = Reading(text)
  }

  var slotCount: Int { reading.slots.count }

  /// Makes changes; returns the slots that could not be changed.
  mutating func make(_ changes: [Change]) -> [Int] {
    var wanted: [Int: Reading.Slot] = [:]
    var written: [String: (reference: Written, target: String)] = [:]
    for change in changes {
      let slot = reading.slots[change.slot]
      guard let reference = Written(slot.content) else { continue }
      wanted[change.slot] = slot.leading(to: change.target)
      written[slot.key] = (reference, change.target)
    }
    for (_, group) in written.sorted(by: { $0.key.precedes($1.key) }) {
      change(group.reference, to: group.target, &wanted)
    }
    for slot in wanted.keys.sorted() {
      guard let place = place(of: reading.slots[slot]) else { continue }
      let target = changes.first { $0.slot == slot }?.target ?? ""
      attempt(place, target, &wanted)
    }
    return wanted.keys.sorted()
  }

  /// Tries every place that looks like the reference.
  private mutating func change(
    _ reference: Written, to target: String, _ wanted: inout [Int: Reading.Slot]
  ) {
    // From the last to the first, so that a change does not move the places before it.
    for place in reference.places(in: bytes).reversed() {
      attempt(place, reference.spelled(target), &wanted)
    }
  }

  private mutating func attempt(
    _ place: Range<Int>, _ target: String, _ wanted: inout [Int: Reading.Slot]
  ) {
    guard !wanted.isEmpty else { return }
    var changed = bytes
    changed.replaceSubrange(place, with: target.utf8)
    let result = Reading(text.with(changed))
    guard let done = reading.changes(in: result, wanted: wanted), !done.isEmpty else { return }
    (bytes, reading) = (changed, result)
    for slot in done { wanted[slot] = nil }
  }

  /// The target of a wikilink that contains emphasis, code or a line end: the text between its brackets at the slot's place.
  private func place(of slot: Reading.Slot) -> Range<Int>? {
    switch slot.content {
    case .wikilink, .embed, .quote: break
    default: return nil
    }
    var start = 0
    for _ in text.firstLine..<max(slot.line, text.firstLine) {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = end + 1
    }
    let opening = Array("[[".utf8)
    guard
      let open = bytes.indices[min(start + max(slot.column - 1, 0), bytes.count)...]
        .first(where: { bytes[$0...].starts(with: opening) })
    else { return nil }
    var end = open + 2
    while end < bytes.count, bytes[end] != UInt8(ascii: "]"), bytes[end] != UInt8(ascii: "|") {
      end += 1
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "|"), bytes[end - 1] == UInt8(ascii: "\\") {
      end -= 1
    }
    return open + 2..<end
  }
}

extension MarkdownText {
  fileprivate func with(_ bytes: [UInt8]) -> MarkdownText {
    MarkdownText(
      kind, bytes: bytes, footnotePrefix: footnotePrefix, firstLine: firstLine,
      takesTitle: takesTitle, smartPunctuation: smartPunctuation, ownHost: ownHost,
      mailAddresses: mailAddresses, math: math, diagrams: diagrams)
  }
}

/// The result of parsing a document, for comparison.
private struct Reading {
  struct Slot {
    let content: StoaModel.Slot.Content
    let line: Int
    let column: Int

    /// A key that distinguishes one slot's content from another's.
    var key: String {
      switch content {
      case .link(let address, let title): "link\u{0}\(address)\u{0}\(title)"
      case .wikilink(let target, let hasLabel): "wikilink\u{0}\(target)\u{0}\(hasLabel)"
      case .mention(let handle): "mention\u{0}\(handle)"
      case .quote(let target, let label): "quote\u{0}\(target)\u{0}\(label)"
      case .image(let address, let words, let title, let width, let height):
        "image\u{0}\(address)\u{0}\(words)\u{0}\(title)\u{0}\(width ?? 0)x\(height ?? 0)"
      case .embed(let file, let words, let width, let height):
        "embed\u{0}\(file)\u{0}\(words)\u{0}\(width ?? 0)x\(height ?? 0)"
      case .code(let language, let text): "code\u{0}\(language)\u{0}\(Self.string(text))"
      case .formula(let source, let form): "formula\u{0}\(form)\u{0}\(Self.string(source))"
      case .diagram(let source): "diagram\u{0}\(Self.string(source))"
      case .word(let key): "word\u{0}\(key)"
      case .backLink(let anchor, let label): "back\u{0}\(anchor)\u{0}\(label)"
      }
    }

    private static func string(_ text: StoredBytes) -> String {
      (try? text.load()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func leading(to target: String) -> Slot {
      let changed: StoaModel.Slot.Content =
        switch content {
        case .link(_, let title): .link(address: target, title: title)
        case .wikilink(_, let hasLabel): .wikilink(target: target, hasLabel: hasLabel)
        case .mention: .mention(handle: target)
        case .quote(_, let label): .quote(target: target, label: label)
        case .image(_, let words, let title, let width, let height):
          .image(address: target, alternative: words, title: title, width: width, height: height)
        case .embed(_, let words, let width, let height):
          .embed(file: target, alternative: words, width: width, height: height)
        case .code, .formula, .diagram, .word, .backLink: content
        }
      return Slot(content: changed, line: line, column: column)
    }

    /// The visible text that follows from the target: a URL for an autolink, a handle for a mention.
    var shown: String? {
      switch content {
      case .link(let address, _): address
      case .mention(let handle): "@\(handle)"
      default: nil
      }
    }
  }

  let slots: [Slot]
  /// The body, headings and summary.
  private let words: [[UInt8]]
  private let isRead: Bool

  init(_ text: MarkdownText) {
    let parsed = MarkdownParser.parse(text)
    let document = parsed.document
    slots = document.slots.map { Slot(content: $0.content, line: $0.line, column: $0.column) }
    words =
      [(try? document.body.load()) ?? [], Array(document.leadingTitle.utf8)]
      + document.headings.map { Array("\($0.level) \($0.id) \($0.text)".utf8) }
      + [Array(document.summary.utf8)]
    isRead = parsed.problem == nil
  }

  /// The wanted slots that have their wanted content in another reading; nil when anything else differs.
  func changes(in other: Reading, wanted: [Int: Slot]) -> [Int]? {
    guard other.isRead, slots.count == other.slots.count, words.count == other.words.count else {
      return nil
    }
    var changed: [Int] = []
    for (index, (before, after)) in zip(slots, other.slots).enumerated()
    where !before.key.utf8.elementsEqual(after.key.utf8) {
      guard let slot = wanted[index], slot.key.utf8.elementsEqual(after.key.utf8) else {
        return nil
      }
      changed.append(index)
    }
    if words == other.words { return changed }
    guard let first = changed.first, let old = slots[first].shown,
      let new = other.slots[first].shown,
      zip(words, other.words).allSatisfy({
        Self.replaced(old, by: new, in: $0) == Self.replaced(old, by: new, in: $1)
      })
    else { return nil }
    return changed
  }

  private static func replaced(_ old: String, by new: String, in words: [UInt8]) -> [UInt8] {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    guard let first = old.first, new.count > 0 else { return words }
    var result: [UInt8] = []
    var index = 0
    while index < words.count {
      if words[index] == first, words[index...].starts(with: old),
        !words[index...].starts(with: new)
      {
        result += new
        index += old.count
      } else {
        result.append(words[index])
        index += 1
      }
    }
    return result
  }
}

/// A reference as it may be written in markdown.
private struct Written {
  private let target: [UInt8]
  private let kind: Kind

  private enum Kind {
    case address
    case brackets
    case mention
  }

  init?(_ content: StoaModel.Slot.Content) {
    switch content {
    case .link(let address, _), .image(let address, _, _, _, _):
      (target, kind) = (Array(address.utf8), .address)
    case .wikilink(let target, _), .quote(let target, _), .embed(let target, _, _, _):
      (self.target, kind) = (Array(target.utf8), .brackets)
    case .mention(let handle): (target, kind) = (Array("@\(handle)".utf8), .mention)
    case .code, .formula, .diagram, .word, .backLink: return nil
    }
  }

  /// The new target, written in the same form as the old one.
  func spelled(_ new: String) -> String { kind == .mention ? "@\(new)" : new }

  /// Every place where the bytes may be this reference: the same text, with word boundaries around it.
  func places(in bytes: [UInt8]) -> [Range<Int>] {
    guard let first = target.first else { return [] }
    var places: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == first || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&"),
        mayBegin(at: index, in: bytes), let end = end(in: bytes, from: index),
        mayEnd(at: end, in: bytes)
      {
        places.append(index..<end)
        index = end
      } else {
        index += 1
      }
    }
    return places
  }

  private func mayBegin(at index: Int, in bytes: [UInt8]) -> Bool {
    switch kind {
    case .mention: return true
    case .brackets:
      let before = bytes[..<index].reversed().drop { $0 == 0x20 || $0 == 0x09 }
      return before.prefix(2).elementsEqual("[[".utf8)
    case .address:
      guard index > 0 else { return true }
      return !ASCII.isLetterOrDigit(bytes[index - 1])
        && (bytes[index - 1] < 0x80 || target.starts(with: "http".utf8))
    }
  }

  private func mayEnd(at end: Int, in bytes: [UInt8]) -> Bool {
    guard kind == .brackets else {
      return end == bytes.count || !ASCII.isLetterOrDigit(bytes[end]) || kind == .mention
    }
    let after = bytes[end...].drop { $0 == 0x20 || $0 == 0x09 }
    return after.first == UInt8(ascii: "|") || after.starts(with: "]]".utf8)
      || after.starts(with: "\\|".utf8)
  }

  /// The end of the target if it is written at a place, with backslashes and character references; otherwise nil.
  private func end(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    var done = 0
    while done < target.count {
      guard index < bytes.count else { return nil }
      if bytes[index] == target[done] {
        // A backslash or an ampersand may also begin an escape of itself.
        if bytes[index] == UInt8(ascii: "&"), bytes[index...].starts(with: "&amp;".utf8) {
          index += "&amp;".utf8.count
        } else {
          index += 1
        }
        done += 1
      } else if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
        bytes[index + 1] == target[done]
      {
        index += 2
        done += 1
      } else if bytes[index] == UInt8(ascii: "&"),
        let reference = CharacterReferenceText(in: bytes, at: index),
        target[done...].starts(with: reference.bytes)
      {
        index = reference.end
        done += reference.bytes.count
      } else {
        return nil
      }
    }
    return index
  }
}

/// A character reference by number or by one of XML's names.
private struct CharacterReferenceText {
  let bytes: [UInt8]
  let end: Int

  init?(in text: [UInt8], at start: Int) {
    let window = text[start..<min(text.count, start + 12)]
    guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: text[(start + 1)..<semicolon], as: UTF8.self)
    let scalar: Unicode.Scalar?
    switch name {
    case "amp": scalar = "&"
    case "lt": scalar = "<"
    case "gt": scalar = ">"
    case "quot": scalar = "\""
    case "apos": scalar = "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let value =
        digits.lowercased().hasPrefix("x")
        ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
      scalar = value.flatMap { Unicode.Scalar($0) }
    }
    guard let scalar else { return nil }
    bytes = Array(String(scalar).utf8)
    end = semicolon + 1
  }
}

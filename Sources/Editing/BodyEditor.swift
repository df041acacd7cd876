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
  private var reading: BodyReading

  init(_ text: MarkdownText) {
    self.text = text
    bytes = text.bytes
    reading = BodyReading(text)
  }

  var slotCount: Int { reading.slots.count }

  /// Makes changes; returns the slots that could not be changed.
  mutating func make(_ changes: [Change]) -> [Int] {
    var wanted: [Int: BodyReading.Slot] = [:]
    var written: [String: (reference: WrittenReference, target: String)] = [:]
    for change in changes {
      let slot = reading.slots[change.slot]
      guard let reference = WrittenReference(slot.content) else { continue }
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
    _ reference: WrittenReference, to target: String, _ wanted: inout [Int: BodyReading.Slot]
  ) {
    // From the last to the first, so that a change does not move the places before it.
    for place in reference.places(in: bytes).reversed() {
      attempt(place, reference.spelled(target), &wanted)
    }
  }

  private mutating func attempt(
    _ place: Range<Int>, _ target: String, _ wanted: inout [Int: BodyReading.Slot]
  ) {
    guard !wanted.isEmpty else { return }
    var changed = bytes
    changed.replaceSubrange(place, with: target.utf8)
    let result = BodyReading(text.with(changed))
    guard let done = reading.changes(in: result, wanted: wanted), !done.isEmpty else { return }
    (bytes, reading) = (changed, result)
    for slot in done { wanted[slot] = nil }
  }

  /// The target of a wikilink that contains emphasis, code or a line end: the text between its brackets at the slot's place.
  private func place(of slot: BodyReading.Slot) -> Range<Int>? {
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

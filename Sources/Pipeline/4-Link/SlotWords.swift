import StoaHTML
package import StoaModel

extension LinkedBody {
  /// The visible text of a wikilink without a label: its target's title, or the typed text when it has no target.
  package static func words(of slot: Slot, leadingTo target: Target) -> String {
    let typed: String
    switch slot.content {
    case .wikilink(let target, _), .quote(let target, _): typed = target
    default: return ""
    }
    switch target {
    case .site(_, let title), .quote(_, let title):
      if !title.isEmpty { return title }
    default: break
    }
    return typed.hasPrefix("topic:") ? String(typed.dropFirst("topic:".utf8.count)) : typed
  }

  /// A document's plain text with its slots filled in.
  static func filling(
    _ text: String, of document: Document, _ targets: [Target]
  ) -> String {
    var rest = Array(text.utf8)[...]
    guard rest.withUnsafeBufferPointer({ $0.firstIndex(of: 0x01, from: 0) }) != nil else {
      return text
    }
    var filled: [UInt8] = []
    while let start = rest.firstIndex(of: 0x01) {
      filled += rest[..<start]
      let end = rest[start...].firstIndex(of: 0x02) ?? rest.endIndex - 1
      let digits = String(decoding: rest[start..<end].dropFirst(2), as: UTF8.self)
      if let number = Int(digits), targets.indices.contains(number) {
        filled += words(of: document.slots[number], leadingTo: targets[number]).utf8
      }
      rest = rest[(end + 1)...]
    }
    return String(decoding: filled + rest, as: UTF8.self)
  }
}

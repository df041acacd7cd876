import CMarkGFM
import StoaModel

extension TreeEditor {
  /// Reports the e-mail addresses in a document, and masks them if required.
  ///
  /// This runs before the tree is used, so that no page, feed, index or excerpt has them.
  mutating func treatMailAddresses(in root: Node) {
    guard text.mailAddresses != .show, mayHoldMailAddresses else { return }
    var search = AddressSearch(masks: text.mailAddresses == .mask)
    let iterator = cmark_iter_new(root.pointer)
    while case let event = cmark_iter_next(iterator), event != CMARK_EVENT_DONE {
      guard event == CMARK_EVENT_ENTER, let node = Node(cmark_iter_get_node(iterator)) else {
        continue
      }
      if node.isBlock, node.line > 0 { search.line = node.line }
      treat(node, &search)
    }
    cmark_iter_free(iterator)
    for link in search.leadingToAddress {
      while let child = link.firstChild { child.insert(before: link) }
      link.unlink()
    }
  }

  /// Whether the document has an at sign, written or as a character reference.
  private var mayHoldMailAddresses: Bool {
    source.bytes.hasAny { $0.equal(to: UInt8(ascii: "@")) }
      || source.bytes.hasAny { $0.equal(to: UInt8(ascii: "&")) }
  }

  private mutating func treat(_ node: Node, _ search: inout AddressSearch) {
    switch node.type {
    case CMARK_NODE_TEXT:
      let autolink = node.parent.flatMap { $0.isMailAutolink ? $0 : nil }
      treat(node.literal, around: autolink ?? node, &search).map(node.setLiteral)
    case CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK:
      treat(node.literal, around: node, &search).map(node.setLiteral)
    case CMARK_NODE_CODE:
      treat(node.literal, isCode: true, &search).map(node.setLiteral)
    case CMARK_NODE_CODE_BLOCK:
      if treat(node.fenceInfo, isCode: true, &search) != nil { node.setFenceInfo([]) }
      treat(node.literal, isCode: true, &search).map(node.setLiteral)
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      treat(node.title, &search).map(node.setTitle)
      if node.isMailAutolink {
        // The iterator visits its text next.
        let words = node.firstChild.map { Array($0.literal) } ?? []
        if search.masks, !addresses(in: words[...], around: node).isEmpty {
          search.leadingToAddress.append(node)
        }
      } else if treat(node.address, &search) != nil {
        search.leadingToAddress.append(node)
      }
    default: break
    }
  }

  /// Reports the e-mail addresses in some bytes of the tree; returns the bytes without them if they are masked.
  ///
  /// - Parameter node: The node whose siblings continue the bytes; nil when there are none.
  private mutating func treat(
    _ bytes: UnsafeBufferPointer<UInt8>, isCode: Bool = false, around node: Node? = nil,
    _ search: inout AddressSearch
  ) -> [UInt8]? {
    guard bytes.hasAny({ $0.equal(to: UInt8(ascii: "@")) }) else { return nil }
    let bytes = Array(bytes)
    let ranges = addresses(in: bytes[...], around: node).filter { range in
      search.masks || !isCode || !MailAddress.isExample(bytes[range])
    }
    guard !ranges.isEmpty else { return nil }
    for range in ranges { report(Array(bytes[range]), &search) }
    guard search.masks else { return nil }
    return MailAddress.masked(
      bytes, at: ranges, before: node?.previous?.literal.last ?? 0,
      after: node?.next?.literal.first ?? 0)
  }

  /// The addresses in some bytes, read together with the texts around their node: cmark-gfm splits text at what it considers an
  /// e-mail address, such as the end of `@name@host` or the beginning of `user@host:path`.
  private func addresses(in bytes: ArraySlice<UInt8>, around node: Node?) -> [Range<Int>] {
    let before = node?.previous.map { Array($0.literal.suffix(64)) } ?? []
    let after = node?.next.map { Array($0.literal.prefix(2)) } ?? []
    let inside = before.count..<before.count + bytes.count
    return MailAddress.ranges(in: before + bytes + after).compactMap { range in
      let part = range.clamped(to: inside)
      return part.isEmpty
        ? nil : part.lowerBound - inside.lowerBound..<part.upperBound - inside.lowerBound
    }
  }

  private mutating func report(_ address: [UInt8], _ search: inout AddressSearch) {
    // Addresses that are only counted need no place.
    let place =
      search.count < MarkdownLimit.notices
      ? search.place(of: address, in: &source)
      : SourceLines.Place(line: search.line, column: 1)
    search.count += 1
    let shown =
      search.masks ? "is masked on the site" : "is on the site, where anyone can collect it"
    report(
      .personalAddressInText, at: place,
      "an e-mail address \(shown), and stays in the repository",
      "take it out, or write “addresses-in-text: show” into stoa.yml")
  }
}

/// The progress of the search for addresses in a document.
private struct AddressSearch {
  let masks: Bool
  /// The number of addresses found.
  var count = 0
  /// The line of the current block.
  var line = 1
  /// Links and images whose target is an address; only their text is kept.
  var leadingToAddress: [Node] = []
  /// The end of the searched source.
  private var reached = 0

  init(masks: Bool) {
    self.masks = masks
  }

  /// The place of the next address in this spelling; the line of its block if it was written in another way.
  mutating func place(of address: [UInt8], in source: inout SourceLines) -> SourceLines.Place {
    let bytes = source.bytes
    let sign = address.firstIndex(of: UInt8(ascii: "@")) ?? 0
    var index = reached
    while let at = bytes[index...].firstIndex(of: UInt8(ascii: "@")) {
      index = at + 1
      let start = at - sign
      guard start >= reached, bytes[start...].starts(with: address) else { continue }
      reached = start + address.count
      return source.place(at: start)
    }
    return SourceLines.Place(line: line, column: 1)
  }
}

extension Node {
  /// Whether this is a link that cmark-gfm made from an e-mail address in the text.
  fileprivate var isMailAutolink: Bool {
    guard type == CMARK_NODE_LINK, let words = firstChild, words.next == nil else { return false }
    let scheme = "mailto:".utf8
    return address.starts(with: scheme)
      && address.dropFirst(scheme.count).elementsEqual(words.literal)
  }
}

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
    for target in search.targets { giveUp(target) }
  }

  /// Whether the document has an at sign, written in any way.
  private var mayHoldMailAddresses: Bool {
    source.bytes.hasAny {
      $0.equal(to: UInt8(ascii: "@")) | $0.equal(to: UInt8(ascii: "&"))
        | $0.equal(to: UInt8(ascii: "%"))
    }
  }

  private mutating func treat(_ node: Node, _ search: inout AddressSearch) {
    switch node.type {
    case CMARK_NODE_TEXT:
      let link = node.parent.flatMap { $0.isAutolink ? $0 : nil }
      // The text of a bare URL is its target, which was treated before it.
      guard link == nil || link != search.bareURL else { return }
      treat(node.literal, around: link ?? node, &search).map(node.setLiteral)
    case CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK:
      treat(node.literal, around: node, &search).map(node.setLiteral)
    case CMARK_NODE_CODE:
      treat(node.literal, isCode: true, &search).map(node.setLiteral)
    case CMARK_NODE_CODE_BLOCK:
      if treat(node.fenceInfo, isCode: true, &search) != nil { node.setFenceInfo([]) }
      treat(node.literal, isCode: true, &search).map(node.setLiteral)
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      treat(node.title, &search).map(node.setTitle)
      treatTarget(of: node, &search)
    default: break
    }
  }

  private mutating func treatTarget(of node: Node, _ search: inout AddressSearch) {
    guard Self.mayHoldAddress(node.address) else { return }
    let url = Array(node.address)
    if node.isMailAutolink {
      // The iterator visits its text next, and reports the address there.
      let words = node.firstChild.map { Array($0.literal) } ?? []
      if search.masks, !addresses(in: words[...], around: node).isEmpty {
        search.targets.append(AddressTarget(node: node, shown: Array(MailAddress.mask.utf8)))
      }
      return
    }
    let ranges = MailAddress.ranges(inTarget: url)
    guard !ranges.isEmpty else { return }
    for range in ranges { report(Array(url[range]), isTarget: true, &search) }
    if node.isAutolink { search.bareURL = node }
    guard search.masks else { return }
    search.targets.append(
      AddressTarget(node: node, shown: MailAddress.shown(target: url, at: ranges)))
  }

  /// Replaces a link or image whose target holds an address with its text.
  ///
  /// The target follows it in parentheses, masked and as code, so that no part of it becomes another link. It is left out if
  /// the text already shows that something was removed.
  private func giveUp(_ target: AddressTarget) {
    let (node, shown) = (target.node, target.shown)
    let isMask = shown.elementsEqual(MailAddress.mask.utf8)
    func insertShown() { (isMask ? make.text(shown) : make.code(shown)).insert(before: node) }
    if node.isAutolink, !isMask {
      insertShown()
    } else {
      let saysSo = node.holdsMask
      while let child = node.firstChild { child.insert(before: node) }
      if !saysSo {
        make.text(Array(" (".utf8)).insert(before: node)
        insertShown()
        make.text(Array(")".utf8)).insert(before: node)
      }
    }
    node.unlink()
  }

  private static func mayHoldAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.hasAny { $0.equal(to: UInt8(ascii: "@")) | $0.equal(to: UInt8(ascii: "%")) }
  }

  /// Reports the e-mail addresses in some bytes of the tree; returns the bytes without them if they are masked.
  ///
  /// - Parameter node: The node whose siblings continue the bytes; nil when there are none.
  private mutating func treat(
    _ bytes: UnsafeBufferPointer<UInt8>, isCode: Bool = false, around node: Node? = nil,
    _ search: inout AddressSearch
  ) -> [UInt8]? {
    guard Self.mayHoldAddress(bytes) else { return nil }
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
    return MailAddress.ranges(in: before + bytes + after, urls: .searched).compactMap { range in
      let part = range.clamped(to: inside)
      return part.isEmpty
        ? nil : part.lowerBound - inside.lowerBound..<part.upperBound - inside.lowerBound
    }
  }

  /// - Parameter isTarget: whether a link leads to the address, or to a URL that holds it.
  private mutating func report(
    _ address: [UInt8], isTarget: Bool = false, _ search: inout AddressSearch
  ) {
    // Addresses that are only counted need no place.
    let place =
      search.count < MarkdownLimit.notices
      ? search.place(of: address, in: &source)
      : SourceLines.Place(line: search.line, column: 1)
    search.count += 1
    let message =
      switch (search.masks, isTarget) {
      case (false, _):
        "an e-mail address is on the site, where anyone can collect it, and stays in the repository"
      case (true, false): "an e-mail address is masked on the site, and stays in the repository"
      case (true, true):
        "a link to an e-mail address is text on the site, and the address stays in the repository"
      }
    report(
      .personalAddressInText, at: place, message,
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
  /// The last bare URL with an address in it.
  var bareURL: Node?
  /// The links and images of which only the text is kept, in order.
  var targets: [AddressTarget] = []
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
    while let at = bytes[index...].firstIndex(of: address[sign]) {
      index = at + 1
      let start = at - sign
      guard start >= reached, bytes[start...].starts(with: address) else { continue }
      reached = start + address.count
      return source.place(at: start)
    }
    return SourceLines.Place(line: line, column: 1)
  }
}

/// A link or image whose target contains an address, and its replacement.
private struct AddressTarget {
  let node: Node
  let shown: [UInt8]
}

extension Node {
  /// Whether this is a link that cmark-gfm made from an e-mail address in the text.
  fileprivate var isMailAutolink: Bool { isAutolink(scheme: "mailto:") }

  /// Whether this is a link whose text is its target, such as a bare URL.
  fileprivate var isAutolink: Bool {
    isMailAutolink || ["", "http://"].contains { isAutolink(scheme: $0) }
  }

  /// - Parameter scheme: the scheme that cmark-gfm added to the text.
  private func isAutolink(scheme: String) -> Bool {
    guard type == CMARK_NODE_LINK, let words = firstChild, words.next == nil,
      words.type == CMARK_NODE_TEXT
    else { return false }
    return address.starts(with: scheme.utf8)
      && address.dropFirst(scheme.utf8.count).elementsEqual(words.literal)
  }

  /// Whether a text within shows that an address was removed.
  fileprivate var holdsMask: Bool {
    // One mask may be in several texts beside each other, as brackets often are.
    var words: [UInt8] = []
    var child = firstChild
    while let node = child {
      words += node.literal
      if node.holdsMask { return true }
      child = node.next
    }
    return MailAddress.holdsMask(words)
  }
}

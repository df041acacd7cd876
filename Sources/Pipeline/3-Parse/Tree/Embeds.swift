import CMarkGFM
import StoaModel

/// The alternative text of an image, with a size after a bar at its end: `words|320` or `words|320x200`.
struct SizedWords {
  static let largest = 9999

  let words: ArraySlice<UInt8>
  private(set) var width: Int?
  private(set) var height: Int?
  /// Whether the text ends with an invalid size.
  private(set) var isWrong = false

  /// - Parameter mayBeSize: whether the whole text may be a size, without a bar.
  init(_ all: ArraySlice<UInt8>, mayBeSize: Bool) {
    let bar = all.lastIndex(of: UInt8(ascii: "|"))
    let size = bar.map { all[($0 + 1)...] } ?? (mayBeSize ? all : [])
    guard Self.isMeantAsSize(size) else {
      words = all
      return
    }
    let sides = size.split(separator: UInt8(ascii: "x"), omittingEmptySubsequences: false)
      .map(Self.side)
    words = all[..<(bar ?? all.startIndex)]
    guard sides.count <= 2, !sides.contains(nil) else {
      isWrong = true
      return
    }
    width = sides[0]
    height = sides.count > 1 ? sides[1] : nil
  }

  /// Digits, optionally followed by a unit, which is dropped.
  private static func isMeantAsSize(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, (0x30...0x39).contains(first) else { return false }
    return bytes.allSatisfy { (0x30...0x39).contains($0) || "xpem%.".utf8.contains($0) }
  }

  private static func side(_ digits: ArraySlice<UInt8>) -> Int? {
    guard let number = Int(String(decoding: digits, as: UTF8.self)), (1...largest).contains(number)
    else { return nil }
    return number
  }
}

extension TreeEditor {
  /// The alternative text of an image and its size; an invalid size is reported.
  mutating func takeSize(
    from words: [UInt8], at place: SourceLines.Place, mayBeSize: Bool = false
  ) -> SizedWords {
    let sized = SizedWords(words[...], mayBeSize: mayBeSize)
    if sized.isWrong {
      report(
        .imageSize, at: place, "the text after the bar is not an image size",
        "write its width in pixels, 1 to \(SizedWords.largest), as in |320, or width and height, as in |320x200"
      )
    }
    return sized
  }

  /// Whether an unescaped exclamation mark is directly before a wikilink.
  mutating func isEmbed(_ bytes: [UInt8], from written: Int, at index: Int, in node: Node) -> Bool {
    guard index > written, bytes[index - 1] == UInt8(ascii: "!") else { return false }
    return !isEscaped(Self.beginning(of: bytes, from: index - 1), in: node)
  }

  func isMedium(_ target: some Collection<UInt8>) -> Bool {
    Medium(ofFile: String(decoding: target, as: UTF8.self)) != nil
  }

  /// Inserts the target of `![[target|label]]`.
  ///
  /// - Parameter isAlone: whether it is the whole of its paragraph.
  mutating func embed(
    _ wikilink: Wikilink, written: ArraySlice<UInt8>, isAlone: Bool, before node: Node
  ) {
    let place = place(of: written, at: written.startIndex, in: node)
    if isMedium(wikilink.target) {
      embed(file: wikilink.target, label: wikilink.label ?? [], at: place, before: node)
    } else if isAlone, Self.isQuotable(wikilink.target) {
      let target = typedTarget(of: wikilink, written: written, in: node)
      quote(target.bytes, label: wikilink.label ?? [], at: target.place, before: node)
    } else {
      reportEmbeddedText(wikilink.target, at: place)
      self.place(wikilink, written: written, before: node)
    }
  }

  /// Whether a target can be quoted: topics and people have no text of their own.
  static func isQuotable(_ target: some Collection<UInt8>) -> Bool {
    target.first != UInt8(ascii: "@") && !target.starts(with: "topic:".utf8)
  }

  /// Inserts a slot for a quoted text; the paragraph around it is removed at its end.
  @discardableResult
  mutating func quote(
    _ target: some Collection<UInt8>, label: some Collection<UInt8>, at place: SourceLines.Place,
    before node: Node
  ) -> Node {
    let content = Slot.Content.quote(
      target: String(decoding: target, as: UTF8.self), label: String(decoding: label, as: UTF8.self)
    )
    let token = make.inline("\u{1}q\(addSlot(content, at: place))\u{2}")
    token.insert(before: node)
    quotedParagraph = node.parent
    return token
  }

  /// Removes the paragraph around a quote, because a paragraph cannot contain a figure.
  mutating func leaveQuotedParagraph(_ node: Node) {
    quotedParagraph = nil
    let block = make.block()
    node.moveChildren(to: block)
    block.insert(before: node)
    node.unlink()
  }

  /// Inserts an image or another medium; in a response, a link to it.
  @discardableResult
  mutating func embed(
    file: ArraySlice<UInt8>, label: ArraySlice<UInt8>, at place: SourceLines.Place,
    before node: Node
  ) -> Node {
    let sized = takeSize(from: Array(label), at: place, mayBeSize: true)
    let content = Slot.Content.embed(
      file: String(decoding: file, as: UTF8.self),
      alternative: String(decoding: sized.words, as: UTF8.self), width: sized.width,
      height: sized.height)
    guard text.isMain else {
      let words = sized.words.isEmpty ? file : sized.words
      return self.place(content, label: words, typed: file, at: place, before: node)
    }
    let image = make.inline("\u{1}i\(addSlot(content, at: place))\u{2}")
    image.insert(before: node)
    return image
  }

  mutating func reportEmbeddedText(_ target: ArraySlice<UInt8>, at place: SourceLines.Place) {
    let name = String(decoding: target, as: UTF8.self)
    guard Self.isQuotable(target) else {
      report(
        .embeddedText, at: place, "“\(name)” is no text to quote: a link to it is shown",
        "write [[\(name)]] for a link")
      return
    }
    report(
      .embeddedText, at: place,
      "“\(name)” is quoted only in a paragraph of its own: a link to it is shown",
      "put ![[\(name)]] between two empty lines, or write [[\(name)]] for a link")
  }

  /// Reports brackets that look like a wikilink but are shown as text.
  mutating func findUnread(in words: some RandomAccessCollection<UInt8>) {
    guard let place = unreadWikilink else { return }
    let close = UInt8(ascii: "]")
    guard zip(words, words.dropFirst()).contains(where: { $0 == close && $1 == close }) else {
      return
    }
    unreadWikilink = nil
    report(
      .unreadWikilink, at: place, "these brackets are not a wikilink, and are shown as text",
      "write [[name]] or [[name|words]] without a link, an image or a bracket inside, or put a backslash before them"
    )
  }
}

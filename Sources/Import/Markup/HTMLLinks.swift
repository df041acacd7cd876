import StoaModel

/// Replaces the URLs of links in HTML, and URLs in its text.
struct HTMLLinks {
  /// A link whose end tag has not come yet.
  private enum OpenLink {
    case kept
    /// Its tags are left out.
    case words
    /// Its tags are left out, and this text is shown after its words, which begin at a place of the output.
    case masked(String, start: Int)

    var isLink: Bool {
      if case .kept = self { true } else { false }
    }
  }

  private let outcome: (String) -> LinkOutcome
  private var output: [UInt8] = []
  private var verbatim = 0
  private var links: [OpenLink] = []

  static func rewrite(_ html: [UInt8], _ outcome: (String) -> LinkOutcome) -> [UInt8] {
    guard html.contains(where: { "/@".utf8.contains($0) }) else { return html }
    return withoutActuallyEscaping(outcome) { outcome in
      var links = HTMLLinks(outcome: outcome)
      links.run(html)
      return links.output
    }
  }

  private init(outcome: @escaping (String) -> LinkOutcome) {
    self.outcome = outcome
  }

  private mutating func run(_ html: [UInt8]) {
    output.reserveCapacity(html.count + 64)
    for token in HTMLTokens(html) {
      switch token {
      case .comment(let bytes): output += bytes
      case .text(let bytes):
        if verbatim == 0, !links.contains(where: \.isLink) {
          take(text: bytes)
        } else {
          output += bytes
        }
      case .tag("a", let isEnd, let bytes):
        if isEnd { end(bytes) } else { begin(bytes) }
      case .tag("img", _, let bytes): take(image: bytes)
      case .tag(let name, let isEnd, let bytes):
        if ["pre", "code", "script", "style", "textarea"].contains(name) {
          verbatim = max(0, verbatim + (isEnd ? -1 : 1))
        }
        output += bytes
      }
    }
    while !links.isEmpty { end([]) }
  }

  // MARK: Tags

  private mutating func begin(_ bytes: ArraySlice<UInt8>) {
    let address = HTMLTokens.attribute("href", of: bytes) ?? ""
    switch address.isEmpty ? .kept : outcome(address) {
    case .address(let new):
      links.append(.kept)
      output += Self.tag(new, title: HTMLTokens.attribute("title", of: bytes))
    case .words: links.append(.words)
    case .masked(let shown): links.append(.masked(shown, start: output.count))
    case .kept, .missing:
      links.append(.kept)
      output += bytes
    }
  }

  private mutating func end(_ bytes: ArraySlice<UInt8>) {
    switch links.popLast() {
    case nil, .kept: output += bytes
    case .words: break
    case .masked(let shown, let start):
      let words = Array(output[start...])
      guard !MailAddress.holdsMask(words), MailAddress.ranges(in: words, urls: .searched).isEmpty
      else { return }
      output += " (".utf8 + Self.text(masked: shown) + ")".utf8
    }
  }

  private mutating func take(image bytes: ArraySlice<UInt8>) {
    guard let address = HTMLTokens.attribute("src", of: bytes),
      case .masked(let shown) = outcome(address)
    else {
      output += bytes
      return
    }
    output += HTMLPreparation.escaped(HTMLTokens.attribute("alt", of: bytes) ?? "")
    output += " (".utf8 + Self.text(masked: shown) + ")".utf8
  }

  private static func tag(_ address: String, title: String?) -> [UInt8] {
    var tag = Array("<a href=\"".utf8) + HTMLPreparation.escaped(address) + "\"".utf8
    if let title { tag += " title=\"".utf8 + HTMLPreparation.escaped(title) + "\"".utf8 }
    return tag + ">".utf8
  }

  /// The text in place of a link, as code, so that no part of it becomes another link; the mask alone needs no code.
  private static func text(masked shown: String) -> [UInt8] {
    let text = HTMLPreparation.escaped(shown)
    return shown == MailAddress.mask
      ? Array(text) : Array("<code>".utf8) + text + Array("</code>".utf8)
  }

  // MARK: Text

  /// Writes a text, with a link at each address of the old site.
  private mutating func take(text bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let (start, end) = Self.nextAddress(in: rest) {
      output += rest[..<start]
      let written = rest[start..<end]
      let address = HTMLEntities.decode(String(decoding: written, as: UTF8.self))
      switch outcome(address) {
      // A URL without a scheme, such as `www.example.org`, is not a link and does not become one.
      case .address(let new) where written.contains(UInt8(ascii: ":")):
        output += Self.tag(new, title: nil) + written + "</a>".utf8
      case .masked(let shown): output += Self.text(masked: shown)
      default: output += written
      }
      rest = rest[end...]
    }
    output += rest
  }

  /// The range of the next URL with a web scheme or `www.`.
  private static func nextAddress(in bytes: ArraySlice<UInt8>) -> (start: Int, end: Int)? {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      defer { index += 1 }
      let first = bytes[index] | 0x20
      guard first == UInt8(ascii: "h") || first == UInt8(ascii: "w"),
        index == bytes.startIndex || !ASCII.isLetterOrDigit(bytes[index - 1]),
        let head = heads.first(where: { head in
          let window = bytes[index...].prefix(head.count)
          return window.count == head.count
            && zip(window, head).allSatisfy { ASCII.lowercased($0) == $1 }
        })
      else { continue }
      var word = bytes[index...].prefix(4_000).prefix {
        $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
      }
      while let last = word.last, "?!.,:;*)".utf8.contains(last) { word = word.dropLast() }
      if word.count > head.count { return (index, word.endIndex) }
    }
    return nil
  }

  private static let heads = ["https://", "http://", "www."].map { Array($0.utf8) }
}

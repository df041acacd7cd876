import StoaModel

/// Writes the links of HTML with other addresses, those too that stand in it as text.
enum HTMLLinks {
  static func rewrite(_ html: [UInt8], _ outcome: (String) -> OldLinks.Outcome) -> [UInt8] {
    guard html.contains(UInt8(ascii: "/")) else { return html }
    var output: [UInt8] = []
    output.reserveCapacity(html.count + 64)
    var verbatim = 0
    /// For each link that is open, whether its tags are left out.
    var links: [Bool] = []
    for token in HTMLTokens(html) {
      switch token {
      case .comment(let bytes): output += bytes
      case .text(let bytes):
        if verbatim == 0, links.isEmpty {
          output += text(bytes, outcome)
        } else {
          output += bytes
        }
      case .tag("a", let isEnd, let bytes):
        if isEnd {
          if links.popLast() != true { output += bytes }
          continue
        }
        let address = HTMLTokens.attribute("href", of: bytes) ?? ""
        switch address.isEmpty ? .kept : outcome(address) {
        case .address(let new):
          links.append(false)
          output += tag(new, title: HTMLTokens.attribute("title", of: bytes))
        case .words: links.append(true)
        case .kept, .missing:
          links.append(false)
          output += bytes
        }
      case .tag(let name, let isEnd, let bytes):
        if ["pre", "code", "script", "style", "textarea"].contains(name) {
          verbatim = max(0, verbatim + (isEnd ? -1 : 1))
        }
        output += bytes
      }
    }
    return output
  }

  private static func tag(_ address: String, title: String?) -> [UInt8] {
    var tag = Array("<a href=\"".utf8) + HTMLPreparation.escaped(address) + "\"".utf8
    if let title { tag += " title=\"".utf8 + HTMLPreparation.escaped(title) + "\"".utf8 }
    return tag + ">".utf8
  }

  /// The text with a link at each address of the old site.
  private static func text(
    _ bytes: ArraySlice<UInt8>, _ outcome: (String) -> OldLinks.Outcome
  ) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes
    while let colon = rest.range(of: "://".utf8) {
      let before = rest[..<colon.lowerBound]
      let scheme = ["https", "http"].first { before.suffix($0.utf8.count).elementsEqual($0.utf8) }
      let window = rest[colon.upperBound...].prefix(4_000)
      var host = window.prefix { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
      while let last = host.last, "?!.,:;*)".utf8.contains(last) { host = host.dropLast() }
      guard let scheme, !host.isEmpty else {
        output += rest[..<colon.upperBound]
        rest = rest[colon.upperBound...]
        continue
      }
      let start = colon.lowerBound - scheme.utf8.count
      let written = rest[start..<host.endIndex]
      output += rest[..<start]
      let address = HTMLEntities.decode(String(decoding: written, as: UTF8.self))
      if case .address(let new) = outcome(address) {
        output += tag(new, title: nil) + written + "</a>".utf8
      } else {
        output += written
      }
      rest = rest[host.endIndex...]
    }
    return output + rest
  }
}

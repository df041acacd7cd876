import StoaModel

/// Finds the text in an author's HTML.
package enum HTMLText {
  /// Whether HTML begins with something that looks like a tag or a declaration but is no HTML element.
  package static func isText(_ html: [UInt8]) -> Bool {
    html.withUnsafeBufferPointer { html in
      guard let start = html.firstIndex(of: UInt8(ascii: "<"), from: 0) else { return true }
      return !isMarkup(html, at: start)
    }
  }

  /// The name, in lower case, of the element whose start tag the HTML begins with; nil for an end tag and for no tag.
  package static func startedElement(_ html: [UInt8]) -> String? {
    html.withUnsafeBufferPointer { html in
      guard html.first == UInt8(ascii: "<"), html.count > 1, ASCII.isLetter(html[1]) else {
        return nil
      }
      let end = html[1...].firstIndex(where: Tag.endsName) ?? html.count
      return SanitizerPass.name(html[1..<end])
    }
  }

  /// HTML without element tags and comments, decoded.
  package static func words(in html: [UInt8]) -> [UInt8] {
    html.withUnsafeBufferPointer { html in
      var words: [UInt8] = []
      var tag = Tag()
      var index = 0
      while index < html.count {
        let start = html.firstIndex(of: UInt8(ascii: "<"), from: index) ?? html.count
        words += CharacterReference.decoded(html, in: index..<start).utf8
        guard start < html.count else { break }
        index = start + 1
        if !isMarkup(html, at: start) {
          words.append(html[start])
        } else if html.holds("<!--", at: start) {
          while index < html.count, !html.holds("-->", at: index) { index += 1 }
          index = min(index + 3, html.count)
        } else {
          index = tag.read(html, at: start, isOurs: false) ?? html.count
        }
      }
      return words
    }
  }

  /// Whether a comment or the tag of an element begins at a `<`.
  private static func isMarkup(_ html: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    if html.holds("<!--", at: start) { return true }
    let name = start + (html.holds("</", at: start) ? 2 : 1)
    let end = html[name...].firstIndex(where: Tag.endsName) ?? html.count
    return ElementNames.contain(html[name..<end])
  }
}

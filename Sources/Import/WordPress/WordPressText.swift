/// A body of WordPress as the HTML that its readers saw, as far as possible without WordPress.
struct WordPressText {
  let html: [UInt8]
  private(set) var notes: [String] = []

  init(_ text: [UInt8]) {
    let shortcodes = Shortcodes(text)
    // Block markup has explicit paragraphs; in older documents WordPress adds them.
    let hasBlocks = Self.contains("<!-- wp:", in: text)
    html = hasBlocks ? shortcodes.html : Paragraphs.wrap(CodeLines.promoted(shortcodes.html))
    notes += shortcodes.left.map { "the shortcode [\($0)] is left as it is" }
    let dynamic = Self.dynamicBlocks(in: text)
    notes += dynamic.map { "the block \($0) shows nothing without WordPress" }
  }

  /// Blocks whose content WordPress generates when it shows them: `<!-- wp:latest-posts /-->`.
  private static func dynamicBlocks(in text: [UInt8]) -> [String] {
    var found: [String] = []
    for case .comment(let bytes) in HTMLTokens(text)
    where bytes.starts(with: "<!-- wp:".utf8) && bytes.suffix(4).elementsEqual("/-->".utf8) {
      let name = String(
        decoding: bytes.dropFirst(8).prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }, as: UTF8.self)
      if name != "more", name != "nextpage", !found.contains(name), found.count < 20 {
        found.append(name)
      }
    }
    return found
  }

  private static func contains(_ marker: String, in text: [UInt8]) -> Bool {
    let wanted = Array(marker.utf8)
    var from = 0
    while let index = text[from...].firstIndex(of: wanted[0]) {
      if text[index...].starts(with: wanted) { return true }
      from = index + 1
    }
    return false
  }
}

/// Rewrites HTML so that pandoc loses nothing of it and never reads other files.
enum HTMLPreparation {
  /// Elements that embed other resources, and the attribute with their URL.
  private static let embeds = [
    "iframe": "src", "embed": "src", "object": "data", "audio": "src", "video": "src",
    "source": "src",
    "frame": "src",
  ]
  private static let hidden: Set = ["script", "style", "noscript", "template"]
  private static let table: Set = [
    "table", "thead", "tbody", "tfoot", "colgroup", "col", "caption",
  ]

  /// - Parameter isComment: responses allow no HTML, so a table there becomes lines of text.
  static func prepare(
    _ html: [UInt8], isComment: Bool
  ) -> (html: [UInt8], isFlattened: Bool) {
    var tags = BalancedTags(capacity: html.count)
    var skipping: String?
    for token in HTMLTokens(html) {
      switch token {
      case .comment: break
      case .text(let bytes):
        guard skipping == nil else { continue }
        tags.append(text(bytes))
      case .tag(let name, let isEnd, let bytes):
        if let open = skipping {
          if isEnd, name == open { skipping = nil }
        } else if hidden.contains(name) {
          if !isEnd { skipping = name }
        } else if let attribute = embeds[name] {
          if !isEnd { tags.append(link(to: HTMLTokens.attribute(attribute, of: bytes))) }
        } else if name == "img" {
          tags.append(image(bytes))
        } else if isComment, table.contains(name) {
          tags.append("<p>".utf8)
        } else if isComment, name == "tr" {
          tags.append("<br>".utf8)
        } else if isComment, name == "td" || name == "th" {
          tags.append(" ".utf8)
        } else if name != "base" {
          if isEnd { tags.end(name, bytes) } else { tags.begin(name, bytes) }
        }
      }
    }
    tags.finish()
    return (tags.output, tags.isFlattened)
  }

  /// A `<` that begins no tag here must begin none in pandoc.
  private static func text(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "<")) else { return Array(bytes) }
    var output: [UInt8] = []
    for byte in bytes {
      if byte == UInt8(ascii: "<") { output += "&lt;".utf8 } else { output.append(byte) }
    }
    return output
  }

  /// An image without sizes and classes, which markdown supports.
  private static func image(_ tag: ArraySlice<UInt8>) -> [UInt8] {
    var output = Array("<img".utf8)
    for name in ["src", "alt", "title"] {
      guard let value = HTMLTokens.attribute(name, of: tag) else { continue }
      output += " \(name)=\"".utf8
      output += escaped(value) + "\"".utf8
    }
    return output + ">".utf8
  }

  private static func link(to address: String?) -> [UInt8] {
    guard let address, !address.isEmpty else { return [] }
    var shown = address
    if shown.hasPrefix("//") { shown = "https:" + shown }
    let escaped = escaped(shown)
    return "<a href=\"".utf8 + escaped + "\">".utf8 + escaped + "</a> ".utf8
  }

  private static func escaped(_ text: String) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      default: escaped.append(byte)
      }
    }
    return escaped
  }
}

import StoaModel

/// Changes a post's links to its attachments into links to the files beside it.
enum AttachmentLinks {
  /// - Returns: The text in which the URL of each attachment, in any size, is the file's name.
  static func rewrite(
    _ markup: SourceMarkup, _ attachments: [WordPressAttachments.Attachment]
  ) -> [UInt8] {
    var text = (try? markup.load()) ?? []
    for attachment in attachments {
      let withoutScheme = attachment.address.split(separator: ":", maxSplits: 1).last ?? ""
      let stem = StaticmanLayout.stem(of: String(withoutScheme))
      let ending = Array(withoutScheme.dropFirst(stem.count).utf8)
      text = replace(Array(stem.utf8), ending, by: Array(attachment.name.utf8), in: text)
    }
    return text
  }

  private static func replace(
    _ stem: [UInt8], _ ending: [UInt8], by name: [UInt8], in text: [UInt8]
  ) -> [UInt8] {
    guard let first = stem.first else { return text }
    var result: [UInt8] = []
    var copied = 0
    var from = 0
    while let found = text[from...].firstIndex(of: first) {
      from = found + 1
      guard text[found...].starts(with: stem) else { continue }
      var end = found + stem.count
      end += sizeLength(text[end...])
      guard text[end...].starts(with: ending) else { continue }
      var start = found
      for scheme in ["https:", "http:"]
      where text[..<found].suffix(scheme.utf8.count).elementsEqual(scheme.utf8) {
        start = found - scheme.utf8.count
        break
      }
      guard start >= copied else { continue }
      result += text[copied..<start] + name
      copied = end + ending.count
      from = copied
    }
    return result + text[copied...]
  }

  /// The length of a suffix such as `-300x200`, which WordPress puts before the extension of smaller copies.
  private static func sizeLength(_ rest: ArraySlice<UInt8>) -> Int {
    guard rest.first == UInt8(ascii: "-") else { return 0 }
    let width = rest.dropFirst().prefix(while: ASCII.isDigit)
    let afterWidth = rest[width.endIndex...]
    guard !width.isEmpty, afterWidth.first == UInt8(ascii: "x") else { return 0 }
    let height = afterWidth.dropFirst().prefix(while: ASCII.isDigit)
    return height.isEmpty ? 0 : height.endIndex - rest.startIndex
  }
}

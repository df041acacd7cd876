import StoaModel

extension Loaded<Post> {
  /// The title if it is known without parsing: from front matter, or from a heading in the first line.
  package var shownTitle: String {
    if let title = item.title { return title.value }
    guard let bytes = try? text.bytes.load() else { return item.slug }
    let line = bytes.drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard line.starts(with: [UInt8(ascii: "#"), UInt8(ascii: " ")]) else { return item.slug }
    return String(decoding: line.dropFirst(2), as: UTF8.self)
  }
}

/// A path as git prints it, compared by bytes even where Unicode considers two paths equal.
struct GitPath: Hashable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// Whether the path could be that of a document of content, now or under another name.
  var isMarkdown: Bool {
    bytes.suffix(3).elementsEqual(".md".utf8)
  }
}

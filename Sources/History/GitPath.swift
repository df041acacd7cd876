/// A path as git prints it: its bytes are its identity, also where Unicode calls two of them equal.
struct GitPath: Hashable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// Whether the path could be one of content's texts, now or under another name.
  var isMarkdown: Bool {
    bytes.suffix(3).elementsEqual(".md".utf8)
  }
}

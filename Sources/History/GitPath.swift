/// A path as git prints it: its bytes are its identity, whatever Unicode makes of them.
internal struct GitPath: Hashable {
  internal let bytes: [UInt8]

  internal init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  internal func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// Whether the path could be one of content's texts, now or under another name.
  internal var isMarkdown: Bool {
    bytes.suffix(3).elementsEqual(".md".utf8)
  }
}

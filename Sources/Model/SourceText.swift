/// The markdown of a file, without its front matter.
package struct SourceText: Sendable {
  package let bytes: StoredBytes
  /// The line of the file at which the markdown begins, from 1.
  package let firstLine: Int
  /// The hash of the whole file, front matter included.
  package let fileDigest: SHA256.Digest

  package init(bytes: StoredBytes, firstLine: Int, fileDigest: SHA256.Digest = .none) {
    self.bytes = bytes
    self.firstLine = firstLine
    self.fileDigest = fileDigest
  }

  package static let empty = SourceText(bytes: .memory([]), firstLine: 1)
}

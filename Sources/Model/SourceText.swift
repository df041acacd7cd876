/// The markdown of a file, without its front matter.
package struct SourceText: Sendable {
  package let bytes: StoredBytes
  /// The line of the file at which the text begins, from 1.
  package let firstLine: Int

  package init(bytes: StoredBytes, firstLine: Int) {
    self.bytes = bytes
    self.firstLine = firstLine
  }

  package static let empty = SourceText(bytes: .memory([]), firstLine: 1)
}

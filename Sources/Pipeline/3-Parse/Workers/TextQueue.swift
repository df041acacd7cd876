import Synchronization

/// The documents of a build, handed out in slices to the next free worker.
final class TextQueue: Sendable {
  struct Entry {
    /// The index of the document's result.
    let index: Int
    let text: MarkdownText
  }

  /// A slice takes some milliseconds.
  private static let sliceBytes = 64 * 1024
  private static let sliceTexts = 64

  let count: Int
  private let text: @Sendable (Int) throws -> MarkdownText?
  private let position = Mutex(0)

  /// Makes a queue of documents.
  ///
  /// `text` is called once for each, directly before it is parsed; nil means that there is nothing to parse.
  init(count: Int, text: @escaping @Sendable (Int) throws -> MarkdownText?) {
    self.count = count
    self.text = text
  }

  /// The next slice; nil when all documents are handed out.
  func next() throws -> [Entry]? {
    try position.withLock { position in
      var slice: [Entry] = []
      var bytes = 0
      while position < count, bytes < Self.sliceBytes, slice.count < Self.sliceTexts {
        if let text = try text(position) {
          slice.append(Entry(index: position, text: text))
          bytes += text.bytes.count
        }
        position += 1
      }
      return slice.isEmpty ? nil : slice
    }
  }
}

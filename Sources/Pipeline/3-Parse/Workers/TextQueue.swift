import Synchronization

/// The texts of a build, handed out in slices to the next worker that asks.
final class TextQueue: Sendable {
  struct Entry {
    /// The place of the text's result.
    let index: Int
    let text: MarkdownText
  }

  /// A slice is some milliseconds of work.
  private static let sliceBytes = 64 * 1024
  private static let sliceTexts = 64

  let count: Int
  private let text: @Sendable (Int) throws -> MarkdownText?
  private let position = Mutex(0)

  /// Makes a queue of texts.
  ///
  /// `text` is called once for each, when it is about to be parsed; nil means that there is nothing to parse.
  init(count: Int, text: @escaping @Sendable (Int) throws -> MarkdownText?) {
    self.count = count
    self.text = text
  }

  /// The next slice; nil when all texts are handed out.
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

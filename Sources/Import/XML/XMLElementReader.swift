/// Reads a large XML file one item at a time: an element at a given depth, with everything in it.
///
/// Memory is bounded by the largest item.
struct XMLElementReader {
  private let stream: XMLStream
  private let itemDepth: Int
  private var open: [XMLElement] = []

  private var failure: ImportFailure?
  private var hasBrokenItem = false

  /// - Parameters:
  ///   - itemDepth: how many elements enclose an item: 2 for `item` in `rss` and `channel`.
  ///   - recovers: whether an item with broken XML is returned with its failure, instead of refusing the file.
  ///   - repairs: whether characters that XML does not allow are removed.
  init(path: String, itemDepth: Int, recovers: Bool = false, repairs: Bool = false) throws {
    stream = try XMLStream(path: path, recovers: recovers, repairs: repairs)
    self.itemDepth = itemDepth
  }

  /// The next item; nil at the end of the file.
  ///
  /// Throws `ImportFailure` where the XML is broken.
  mutating func next() throws -> XMLElement? {
    while let event = try stream.next() {
      switch event {
      case .start(let element): open.append(element)
      case .text(let bytes):
        if open.count > itemDepth { open[open.count - 1].text += bytes }
      case .broken(let found): failure = failure ?? found
      case .end:
        guard var element = open.popLast() else { continue }
        if open.count == itemDepth {
          element.failure = failure
          hasBrokenItem = hasBrokenItem || failure != nil
          failure = nil
          return element
        }
        if open.count > itemDepth { open[open.count - 1].children.append(element) }
      }
    }
    // An error outside items, or a file that ends within one, cannot be assigned to an item.
    if let failure, !hasBrokenItem || open.count > itemDepth { throw failure }
    return nil
  }

  /// The elements around the next item: the first is the document's root.
  var surroundings: [XMLElement] { Array(open.prefix(itemDepth)) }

  /// A sentence about the characters that were removed so far; nil when there were none.
  var repairNote: String? {
    let count = stream.repairCount
    guard count > 0 else { return nil }
    return count == 1
      ? "a character that XML cannot hold was taken out"
      : "\(count) characters that XML cannot hold were taken out"
  }

  /// A failure at the current place.
  func failure(_ reason: String) -> ImportFailure { stream.failure(reason) }
}

import StoaModel

/// The tags of a body, in order.
///
/// A body came out of the sanitiser: every `<` and `>` in its words is escaped, so each byte `<` begins a tag and the next `>`
/// ends it.
package struct BodyTags: IteratorProtocol {
  package struct Tag: Sendable {
    package enum Kind: Sendable {
      case opening
      case closing
      /// An element without content, such as `<br>`.
      case empty
    }

    /// From `<` to after `>`.
    package let range: Range<Int>
    package let kind: Kind
    /// The place of the element's name.
    package let name: Range<Int>

    /// 1 to 6; nil if it is no heading.
    package func headingLevel(in body: UnsafeBufferPointer<UInt8>) -> UInt8? {
      guard name.count == 2, body[name.lowerBound] == UInt8(ascii: "h") else { return nil }
      let level = body[name.lowerBound + 1] &- UInt8(ascii: "0")
      return (1...6).contains(level) ? level : nil
    }

    /// Whether the tag has an attribute.
    package func holds(_ attribute: [UInt8], in body: UnsafeBufferPointer<UInt8>) -> Bool {
      place(of: attribute, in: body) != nil
    }

    /// The index of some bytes after the element's name.
    package func place(of bytes: [UInt8], in body: UnsafeBufferPointer<UInt8>) -> Int? {
      var index = name.upperBound
      while let place = body.firstIndex(of: bytes[0], from: index), place < range.upperBound {
        if body[place..<range.upperBound].starts(with: bytes) { return place }
        index = place + 1
      }
      return nil
    }
  }

  private static let emptyElements: [StaticString] = ["br", "hr", "img", "input", "wbr"]

  private let body: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var index: Int

  package init(_ body: UnsafeBufferPointer<UInt8>, in range: Range<Int>? = nil) {
    self.body = body
    index = range?.lowerBound ?? 0
    end = range?.upperBound ?? body.count
  }

  package mutating func next() -> Tag? {
    guard let start = body.firstIndex(of: UInt8(ascii: "<"), from: index), start < end,
      let close = body.firstIndex(of: UInt8(ascii: ">"), from: start)
    else { return nil }
    index = close + 1
    let isClosing = start + 1 < close && body[start + 1] == UInt8(ascii: "/")
    let nameStart = isClosing ? start + 2 : start + 1
    var nameEnd = nameStart
    while nameEnd < close, ASCII.isLetterOrDigit(body[nameEnd]) { nameEnd += 1 }
    let isEmpty = Self.emptyElements.contains { word in
      word.utf8CodeUnitCount == nameEnd - nameStart && body.holds(word, at: nameStart)
    }
    return Tag(
      range: start..<index, kind: isClosing ? .closing : isEmpty ? .empty : .opening,
      name: nameStart..<nameEnd)
  }
}

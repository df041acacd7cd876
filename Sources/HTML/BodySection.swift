import StoaModel

/// The part of a body below a heading: up to the next heading of the same or a higher level, the footnotes, or the end of the
/// element that the heading is in.
package struct BodySection: Sendable {
  package let range: Range<Int>

  /// Finds the section; nil when no heading has the anchor, or when there is only white space below it.
  package init?(below anchor: String, in body: UnsafeBufferPointer<UInt8>) {
    let id = Array(" id=\"\(anchor)\"".utf8)
    var tags = BodyTags(body)
    var level: UInt8?
    var start = 0
    while let tag = tags.next() {
      guard let found = tag.headingLevel(in: body), tag.kind == .opening,
        tag.holds(id, in: body)
      else { continue }
      level = found
      break
    }
    guard let level else { return nil }
    while let tag = tags.next() {
      guard tag.kind == .closing, tag.headingLevel(in: body) == level else { continue }
      start = tag.range.upperBound
      break
    }
    var end = body.count
    var depth = 0
    while let tag = tags.next() {
      switch tag.kind {
      case .closing: depth -= 1
      case .empty: break
      case .opening:
        let isNext = tag.headingLevel(in: body).map { $0 <= level } ?? false
        if depth == 0, isNext || tag.holds(Array(" class=\"footnotes\"".utf8), in: body) {
          depth = -1
        } else {
          depth += 1
        }
      }
      if depth < 0 {
        end = tag.range.lowerBound
        break
      }
    }
    guard start > 0, start < end, body[start..<end].contains(where: { !ASCII.isSpace($0) }) else {
      return nil
    }
    range = start..<end
  }

  /// The numbers of the slots in the section.
  package func slots(in body: UnsafeBufferPointer<UInt8>) -> [Int] {
    var numbers: [Int] = []
    var index = range.lowerBound
    while let opening = body.firstIndex(of: BodyMark.opening, from: index),
      opening < range.upperBound
    {
      var number = 0
      index = opening + 2
      while index < range.upperBound, ASCII.isDigit(body[index]) {
        number = number &* 10 &+ Int(body[index] - UInt8(ascii: "0"))
        index += 1
      }
      numbers.append(number)
    }
    return numbers
  }
}

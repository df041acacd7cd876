import StoaModel

/// A tag as a browser's tokenizer reads it.
struct Tag {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  var name = 0..<0
  var isEnd = false
  /// Names and values, undecoded, in the order of the text.
  var attributes: [(name: Range<Int>, value: Range<Int>)] = []

  /// Reads the tag whose `<` is at an index; returns the index after it, or nil when the text ends inside it.
  ///
  /// A token also ends the text, except in the value of an attribute of Parse.
  mutating func read(_ html: Bytes, at start: Int, isOurs: Bool) -> Int? {
    attributes.removeAll(keepingCapacity: true)
    isEnd = start + 1 < html.count && html[start + 1] == UInt8(ascii: "/")
    let end = html.count
    var index = start + (isEnd ? 2 : 1)
    func ends(_ byte: UInt8) -> Bool { byte == BodyMark.opening && !isOurs }
    let nameStart = index
    while index < end, !Self.endsName(html[index]) {
      if ends(html[index]) { return nil }
      index += 1
    }
    name = nameStart..<index
    while true {
      while index < end, ASCII.isSpace(html[index]) || html[index] == UInt8(ascii: "/") {
        index += 1
      }
      guard index < end, !ends(html[index]) else { return nil }
      if html[index] == UInt8(ascii: ">") { return index + 1 }
      let attributeStart = index
      index += 1
      while index < end, !Self.endsName(html[index]), html[index] != UInt8(ascii: "=") {
        if ends(html[index]) { return nil }
        index += 1
      }
      let attribute = attributeStart..<index
      while index < end, ASCII.isSpace(html[index]) { index += 1 }
      guard index < end, html[index] == UInt8(ascii: "=") else {
        attributes.append((attribute, index..<index))
        continue
      }
      index += 1
      while index < end, ASCII.isSpace(html[index]) { index += 1 }
      guard index < end else { return nil }
      let quote = html[index]
      let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
      if isQuoted { index += 1 }
      let valueStart = index
      while index < end {
        let byte = html[index]
        if ends(byte) { return nil }
        if isQuoted ? byte == quote : ASCII.isSpace(byte) || byte == UInt8(ascii: ">") { break }
        index += 1
      }
      guard index < end else { return nil }
      attributes.append((attribute, valueStart..<index))
      if isQuoted { index += 1 }
    }
  }

  static func endsName(_ byte: UInt8) -> Bool {
    ASCII.isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
  }
}

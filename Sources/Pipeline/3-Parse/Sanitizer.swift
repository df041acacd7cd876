internal import StoaHTML

struct Reference {
  enum Kind {
    case link
    case image
  }

  let kind: Kind
  let address: String
  let title: String
  let alternative: String
  let width: Int?
  let height: Int?
  let line: Int
}

/// Stands in until StoaHTML's sanitiser is merged: it turns our own links into tokens and escapes nothing.
enum Sanitizer {
  static func sanitize(
    _ html: UnsafeBufferPointer<UInt8>, firstReference: Int, into buffer: inout ByteBuffer
  ) -> [Reference] {
    var open: [Bool] = []
    var numbers: [[UInt8]] = []
    var index = 0
    let slot = Array("<a href=\"\u{1}".utf8)
    func has(_ words: [UInt8]) -> Bool { html[index...].starts(with: words) }
    while index < html.count {
      if has(slot) {
        index += slot.count
        var digits: [UInt8] = []
        while html[index] != 2 {
          digits.append(html[index])
          index += 1
        }
        index += 3
        open.append(true)
        numbers.append(digits)
        buffer.write("\u{1}a")
        buffer.write(digits)
        buffer.write("\u{2}")
      } else if has(Array("</a>".utf8)) {
        index += 4
        if open.popLast() == true, let digits = numbers.popLast() {
          buffer.write("\u{1}z")
          buffer.write(digits)
          buffer.write("\u{2}")
        } else {
          buffer.write("</a>")
        }
      } else if has(Array("<a ".utf8)) {
        open.append(false)
        buffer.write("<a ")
        index += 3
      } else if has(Array("\u{1}l".utf8)) {
        while html[index] != 2 { index += 1 }
        index += 1
      } else {
        if html[index] != 3 { buffer.write(byte: html[index]) }
        index += 1
      }
    }
    return []
  }
}

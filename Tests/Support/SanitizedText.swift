package import StoaHTML

/// The result for an author's HTML, with slots filled in as Render does, and links without targets on the site.
package func sanitised(_ html: String) -> String {
  String(decoding: sanitised(bytes: Array(html.utf8)), as: UTF8.self)
}

package func sanitised(bytes html: [UInt8]) -> [UInt8] {
  let (body, references) = sanitisedBody(BodyMark.rawHTML(line: 1) + html + BodyMark.rawHTMLEnd)
  return filled(body, with: references)
}

/// A body with unfilled slots, and the values for them.
package func sanitisedBody(_ html: [UInt8]) -> ([UInt8], [HTMLReference]) {
  var buffer = ByteBuffer()
  let references = html.withUnsafeBufferPointer {
    Sanitizer.sanitize($0, firstSlot: 0, into: &buffer).references
  }
  return (buffer.bytes, references)
}

private func filled(_ body: [UInt8], with references: [HTMLReference]) -> [UInt8] {
  var result = ByteBuffer()
  var index = 0
  while index < body.count {
    guard body[index] == BodyMark.opening, let end = body[index...].firstIndex(of: BodyMark.closing)
    else {
      result.write(byte: body[index])
      index += 1
      continue
    }
    let number = Int(String(decoding: body[(index + 2)..<end], as: UTF8.self)) ?? 0
    let reference = references[number]
    let isSafe = AddressPolicy.judge(reference.address) != .refused
    switch body[index + 1] {
    case UInt8(ascii: "a") where isSafe:
      result.write("<a href=\"")
      result.writeEscaped(written(reference.address))
      result.write("\">")
    case UInt8(ascii: "z") where isSafe: result.write("</a>")
    case UInt8(ascii: "i") where isSafe:
      result.write("<img src=\"")
      result.writeEscaped(written(reference.address))
      result.write("\" alt=\"")
      result.writeEscaped(reference.alternative)
      result.write("\">")
    default: break
    }
    index = end + 1
  }
  return result.bytes
}

private func written(_ address: String) -> String {
  AddressPolicy.normalized(address) ?? address
}

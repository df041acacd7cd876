import StoaHTML
import Testing

/// Escaping works on bytes, because a quotation mark with a combining mark is one Character that differs from a quotation mark.
@Suite("Escaping, before every one of the 1,112,064 scalars,") struct EscapingTests {
  @Test("leaves no metacharacter raw in HTML and XML", arguments: [false, true])
  func markup(isXML: Bool) {
    Self.forEachPlane { text, scalars in
      var buffer = ByteBuffer(capacity: text.utf8.count * 4)
      if isXML { buffer.writeXML(text) } else { buffer.writeEscaped(text) }
      let count = Self.count(in: buffer.bytes)
      for raw in "<>\"'".utf8 { #expect(count[Int(raw)] == 0) }
      // Each of the five is replaced by a reference, and so are the five scalars that are metacharacters themselves.
      let own = scalars.count { $0.isASCII && "&<>\"'".unicodeScalars.contains($0) }
      #expect(count[Int(UInt8(ascii: "&"))] == 5 * (scalars.count + own))
      #expect(count[Int(UInt8(ascii: "&"))] <= count[Int(UInt8(ascii: ";"))])
    }
  }

  @Test("keeps in a CDATA section what XML can hold, and nothing else") func characterData() {
    Self.forEachPlane { text, scalars in
      var buffer = ByteBuffer(capacity: text.utf8.count * 2)
      buffer.writeCDATA { $0.write(text) }
      let kept = text.unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: scalar
        case 0..<0x20, 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: scalar
        }
      }
      let expected = kept.reduce(into: "") { $0.unicodeScalars.append($1) }
      #expect(buffer.bytes.elementsEqual("<![CDATA[\(expected)]]>".utf8))
    }
  }

  @Test(
    "divides what would end a CDATA section",
    arguments: [
      ("", ""), ("a]]b", "a]]b"), ("]]>", "]]]]><![CDATA[>"), ("a]]]>b", "a]]]]]><![CDATA[>b"),
      ("]]>]]>", "]]]]><![CDATA[>]]]]><![CDATA[>"), ("]]", "]]"),
      ("\u{1}a[0]]>\u{FFFF}\u{1F}\n", "\u{FFFD}a[0]]]]><![CDATA[>\u{FFFD}\u{FFFD}\n"),
    ])
  func characterDataEnd(text: String, expected: String) {
    var buffer = ByteBuffer()
    buffer.write("<p>")
    buffer.writeCDATA { $0.write(text) }
    #expect(String(decoding: buffer.bytes, as: UTF8.self) == "<p><![CDATA[\(expected)]]>")
  }

  @Test("leaves nothing in JSON that ends a string or a script") func json() {
    Self.forEachPlane { text, scalars in
      var buffer = ByteBuffer(capacity: text.utf8.count * 4)
      buffer.writeJSON(text)
      let count = Self.count(in: buffer.bytes)
      for raw in "&<>".utf8 { #expect(count[Int(raw)] == 0) }
      for control in 0..<0x20 { #expect(count[control] == 0) }
      // The two around the string, and the escaped ones, each after its backslash.
      let own = scalars.count { $0 == "\"" }
      #expect(count[Int(UInt8(ascii: "\""))] == 2 + scalars.count + 5 * own)
    }
  }

  /// How often each byte occurs.
  private static func count(in bytes: [UInt8]) -> [Int] {
    var count = [Int](repeating: 0, count: 256)
    bytes.withUnsafeBufferPointer { bytes in
      count.withUnsafeMutableBufferPointer { count in
        var index = 0
        while index < bytes.count {
          count[Int(bytes[index])] += 1
          index += 1
        }
      }
    }
    return count
  }

  /// Passes on a text in which each scalar of a plane follows each of the five; returns the number of scalars.
  private static func forEachPlane(_ body: (String, [Unicode.Scalar]) -> Void) {
    var tried = 0
    for plane in UInt32(0)...16 {
      let scalars = (0...UInt32(0xFFFF)).compactMap { Unicode.Scalar(plane << 16 | $0) }
      var text = String.UnicodeScalarView()
      for scalar in scalars {
        for metacharacter in "&<>\"'".unicodeScalars {
          text.append(metacharacter)
          text.append(scalar)
        }
      }
      body(String(text), scalars)
      tried += scalars.count
    }
    #expect(tried == 1_112_064)
    print("tried \(tried)")
  }
}

import StoaAddresses
import StoaHTML

/// Splits documents into the words of an index.
///
/// A word is a run of letters and digits in any script; in scripts without spaces, every pair of neighbours is a word, and so is a
/// scalar that stands alone. Words are passed on one by one, because a community has millions of them.
package struct WordReader: ~Copyable {
  /// The text of a body's slot.
  package struct SlotText {
    package let bytes: [UInt8]
    package let isCode: Bool

    package init(_ bytes: [UInt8], isCode: Bool = false) {
      self.bytes = bytes
      self.isCode = isCode
    }
  }

  /// The maximum size of a word in bytes, including the part of a too long word that is written before its length is noticed.
  private static let capacity = 4 * (Word.maximumLength + 4)

  private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  private var count = 0
  /// In scalars; beyond the maximum, no more are written.
  private var length = 0
  private var hasLetter = false
  private var hasMark = false
  /// The last scalar of a run without spaces, and the length of the run.
  private var neighbour: Unicode.Scalar?
  private var runLength = 0
  private var field = Word.Field.text
  /// The nesting depth of code elements.
  private var codeDepth = 0

  package init() {}

  deinit { buffer.deallocate() }

  // MARK: Texts

  /// Reads plain text.
  package mutating func read(
    _ text: UnsafeBufferPointer<UInt8>, as field: Word.Field = .text, each: (Word) -> Void
  ) {
    self.field = field
    readPlain(text, 0..<text.count, each)
    end(each)
  }

  /// Reads plain text.
  package mutating func read(
    _ text: String, as field: Word.Field = .text, each: (Word) -> Void
  ) {
    var text = text
    text.withUTF8 { read($0, as: field, each: each) }
  }

  /// Reads a body, the HTML with slots that Parse makes.
  ///
  /// - Parameter slot: Returns the text of a slot, by its letter and number; nil for a slot without words.
  package mutating func read(
    body: UnsafeBufferPointer<UInt8>, slot: (UInt8, Int) -> SlotText?, each: (Word) -> Void
  ) {
    field = .text
    codeDepth = 0
    let bytes = UnsafeRawBufferPointer(body)
    var start = 0
    var index = 0
    while index < body.count {
      if index + 8 <= body.count {
        let mark = ASCIIGroup.mark(
          in: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
        index += mark
        if mark == 8 { continue }
      }
      switch body[index] {
      case UInt8(ascii: "<"):
        readPlain(body, start..<index, each)
        index = passTag(body, from: index, each)
        start = index
      case UInt8(ascii: "&"):
        // Only HTML's own metacharacters are written as references, and they are not letters.
        readPlain(body, start..<index, each)
        end(each)
        index = (body.firstIndex(of: UInt8(ascii: ";"), from: index) ?? body.count - 1) + 1
        start = index
      case BodyMark.opening:
        readPlain(body, start..<index, each)
        index = passSlot(body, from: index, slot, each)
        start = index
      default: index += 1
      }
    }
    readPlain(body, start..<index, each)
    end(each)
  }

  // MARK: Markup

  /// Skips a tag: a tag of an inline element does not end words.
  private mutating func passTag(
    _ body: UnsafeBufferPointer<UInt8>, from start: Int, _ each: (Word) -> Void
  ) -> Int {
    let end = (body.firstIndex(of: UInt8(ascii: ">"), from: start) ?? body.count - 1) + 1
    let isClosing = start + 1 < body.count && body[start + 1] == UInt8(ascii: "/")
    let name = start + (isClosing ? 2 : 1)
    var nameEnd = name
    while nameEnd < end, ASCIIClass.isTagName(body[nameEnd]) { nameEnd += 1 }
    let bytes = UnsafeBufferPointer(rebasing: body[name..<nameEnd])
    if Self.withinWords.contains(where: {
      bytes.count == $0.utf8CodeUnitCount && bytes.holds($0, at: 0)
    }) {
      return end
    }
    self.end(each)
    if bytes.count == 2, bytes[0] == UInt8(ascii: "h"), (0x31...0x36).contains(bytes[1]) {
      field = isClosing ? .text : .heading
    } else if bytes.count == 4, bytes.holds("code", at: 0) {
      codeDepth = max(0, codeDepth + (isClosing ? -1 : 1))
    }
    return end
  }

  private static let withinWords: [StaticString] = [
    "em", "strong", "b", "i", "del", "s", "span", "u", "ins", "mark", "small", "sub", "wbr",
  ]

  private mutating func passSlot(
    _ body: UnsafeBufferPointer<UInt8>, from start: Int, _ slot: (UInt8, Int) -> SlotText?,
    _ each: (Word) -> Void
  ) -> Int {
    let end = body.firstIndex(of: BodyMark.closing, from: start) ?? body.count - 1
    guard start + 1 < end else { return end + 1 }
    let letter = body[start + 1]
    // A link may begin or end within a word.
    if letter == UInt8(ascii: "a") || letter == UInt8(ascii: "z") { return end + 1 }
    var number = 0
    for index in (start + 2)..<end {
      number = number &* 10 &+ Int(body[index] &- UInt8(ascii: "0"))
    }
    self.end(each)
    guard let text = slot(letter, number) else { return end + 1 }
    codeDepth += text.isCode ? 1 : 0
    text.bytes.withUnsafeBufferPointer { readPlain($0, 0..<$0.count, each) }
    self.end(each)
    codeDepth -= text.isCode ? 1 : 0
    return end + 1
  }

  // MARK: Words

  private mutating func readPlain(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ each: (Word) -> Void
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte < 0x80 {
        if ASCIIClass.isLetterOrDigit(byte) {
          if neighbour != nil { end(each) }
          index = appendRun(of: text, from: index, to: range.upperBound)
        } else {
          if length > 0 || neighbour != nil { end(each) }
          index += 1
        }
      } else {
        let (scalar, width) = Self.scalar(text, at: index, end: range.upperBound)
        index += width
        add(scalar, each)
      }
    }
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ each: (Word) -> Void) {
    switch ScalarClass(scalar) {
    case .invisible: break
    case .separator: end(each)
    case .letter(let folded):
      if neighbour != nil { end(each) }
      append(folded, isLetter: true)
    case .digit(let folded):
      if neighbour != nil { end(each) }
      append(folded, isLetter: false)
    case .expanding:
      if neighbour != nil { end(each) }
      for folded in scalar.properties.lowercaseMapping.unicodeScalars {
        append(folded, isLetter: true)
      }
    case .mark:
      guard length > 0 else { return }
      hasMark = true
      append(scalar, isLetter: false)
    case .unspaced:
      if length > 0 { end(each) }
      if let neighbour {
        append(neighbour, isLetter: true)
        append(scalar, isLetter: true)
        hand(each)
      }
      neighbour = scalar
      runLength += 1
    }
  }

  /// Appends the ASCII letters and digits from an index on, eight at a time.
  ///
  /// - Returns: the index behind them.
  private mutating func appendRun(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int
  ) -> Int {
    let (source, target) = (UnsafeRawBufferPointer(text), UnsafeMutableRawPointer(buffer))
    var (index, written, total) = (start, count, length)
    var letters: UInt64 = 0
    var run = 8
    while run == 8, index < limit {
      let bytes: UInt64
      if index + 8 <= limit {
        bytes = UInt64(
          littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      } else {
        bytes = text[index..<limit].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      }
      let group = ASCIIGroup(bytes)
      run = group.runLength
      letters |= group.letters & (UInt64.max >> UInt64(64 - 8 * run))
      // There is room for a piece behind the longest word; a longer one is not passed on.
      if total <= Word.maximumLength {
        target.storeBytes(of: group.folded.littleEndian, toByteOffset: written, as: UInt64.self)
        written += run
      }
      total += run
      index += run
    }
    (count, length) = (written, total)
    hasLetter = hasLetter || letters != 0
    return index
  }

  private mutating func append(_ scalar: Unicode.Scalar, isLetter: Bool) {
    length += 1
    hasLetter = hasLetter || isLetter
    guard length <= Word.maximumLength else { return }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      buffer[count] = byte
      count += 1
    }
  }

  /// Ends a word or a run without spaces, if there is one.
  @inline(__always)
  private mutating func end(_ each: (Word) -> Void) {
    if length > 0 {
      hand(each)
    } else if neighbour != nil {
      endRun(each)
    }
  }

  private mutating func endRun(_ each: (Word) -> Void) {
    if let neighbour, runLength == 1 {
      append(neighbour, isLetter: true)
      hand(each)
    }
    neighbour = nil
    runLength = 0
  }

  /// Passes on the collected word.
  private mutating func hand(_ each: (Word) -> Void) {
    if hasMark { compose() }
    if length <= Word.maximumLength {
      each(
        Word(
          bytes: UnsafeBufferPointer(start: buffer, count: count), length: length,
          isNumber: !hasLetter, field: codeDepth > 0 ? .code : field))
    }
    count = 0
    length = 0
    hasLetter = false
    hasMark = false
  }

  /// Composes letters and their combining marks (NFC).
  private mutating func compose() {
    guard length <= Word.maximumLength else { return }
    let word = UnsafeBufferPointer(start: buffer, count: count)
    let composed = String(decoding: word, as: UTF8.self).normalizedNFC
    length = composed.unicodeScalars.count
    // A few scalars become three in this form.
    guard composed.utf8.count <= Self.capacity else {
      length = Word.maximumLength + 1
      return
    }
    count = 0
    for byte in composed.utf8 {
      buffer[count] = byte
      count += 1
    }
  }

  /// The scalar at an index, and its width; a separator of one byte for invalid UTF-8.
  private static func scalar(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int, end: Int
  ) -> (Unicode.Scalar, Int) {
    let lead = text[index]
    let width = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard width > 0, index + width <= end else { return (" ", 1) }
    var value = UInt32(lead & (0x7F >> UInt8(width)))
    for next in 1..<width {
      let byte = text[index + next]
      guard byte & 0xC0 == 0x80 else { return (" ", 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return (" ", 1) }
    return (scalar, width)
  }
}

/// Eight bytes, the first of them in the lowest bits, with their classes in words.
private struct ASCIIGroup {
  /// The highest bit of each letter's byte.
  let letters: UInt64
  /// How many bytes at the start are letters or digits.
  let runLength: Int
  /// The bytes, of which letters and digits are in lower case.
  let folded: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  @inline(__always)
  init(_ bytes: UInt64) {
    let (high, small) = (Self.ones &* 0x80, bytes & (Self.ones &* 0x7F))
    folded = bytes | Self.ones &* 0x20
    let lower = folded & (Self.ones &* 0x7F)
    letters = Self.within(lower, 0x61, 0x7A) & high & ~bytes
    let digits = Self.within(small, 0x30, 0x39) & high & ~bytes
    runLength = (~(letters | digits) & high).trailingZeroBitCount / 8
  }

  /// The highest bit of each byte that is in a range; no byte may have it already.
  @inline(__always)
  private static func within(_ bytes: UInt64, _ first: UInt64, _ last: UInt64) -> UInt64 {
    (bytes &+ ones &* (0x80 - first)) & ~(bytes &+ ones &* (0x7F - last))
  }

  /// The index of the first of eight bytes that begins a tag, a character reference or a slot; 8 if none does.
  @inline(__always)
  static func mark(in bytes: UInt64) -> Int {
    func zeros(_ byte: UInt8) -> UInt64 {
      let differing = bytes ^ ones &* UInt64(byte)
      return (differing &- ones) & ~differing
    }
    let marks = zeros(UInt8(ascii: "<")) | zeros(UInt8(ascii: "&")) | zeros(BodyMark.opening)
    return (marks & (ones &* 0x80)).trailingZeroBitCount / 8
  }
}

/// The classes of single bytes.
private enum ASCIIClass {
  @inline(__always)
  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  static func isTagName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }
}

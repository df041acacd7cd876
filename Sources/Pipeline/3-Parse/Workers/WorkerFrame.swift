import StoaModel

/// The messages between parent and worker: frames with a length and a payload of integers and byte strings.
///
/// Both sides are the same program, so an invalid frame is a bug or a broken transfer, never a problem of content. A cache has
/// payloads too, which another program or a broken disk may have written.
struct FrameError: Error {}

struct FrameWriter {
  /// The length of the payload, in four little-endian bytes before the payload.
  static let headerCount = 4

  private var bytes = [UInt8](repeating: 0, count: headerCount)

  /// The complete frame.
  consuming func frame() -> [UInt8] {
    let count = UInt32(truncatingIfNeeded: bytes.count - Self.headerCount)
    for index in 0..<Self.headerCount {
      bytes[index] = UInt8(truncatingIfNeeded: count >> (8 * UInt32(index)))
    }
    return bytes
  }

  /// The payload without a header, for a file.
  consuming func payload() -> [UInt8] {
    Array(bytes[Self.headerCount...])
  }

  /// Seven bits in each byte, the lowest first; the highest bit is set in all bytes except the last.
  mutating func write(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ flag: Bool) {
    bytes.append(flag ? 1 : 0)
  }

  mutating func write(_ data: some Collection<UInt8>) {
    write(data.count)
    bytes += data
  }

  mutating func write(_ text: String) {
    write(text.utf8)
  }

  mutating func write(_ digest: SHA256.Digest) {
    for word in [digest.first, digest.second, digest.third, digest.fourth] { write(word: word) }
  }

  /// Eight bytes, the lowest first.
  mutating func write(word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes += $0 }
  }
}

struct FrameReader {
  private let bytes: [UInt8]
  private var index = 0

  init(payload: [UInt8]) {
    bytes = payload
  }

  /// The length of the payload, from a header.
  static func payloadCount(_ header: [UInt8]) -> Int {
    header.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func byte() throws(FrameError) -> UInt8 {
    guard index < bytes.count else { throw FrameError() }
    defer { index += 1 }
    return bytes[index]
  }

  mutating func number() throws(FrameError) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return Int(Int64(bitPattern: value)) }
    }
    throw FrameError()
  }

  mutating func flag() throws(FrameError) -> Bool { try byte() == 1 }

  mutating func data() throws(FrameError) -> ArraySlice<UInt8> {
    let count = try number()
    guard count >= 0, count <= bytes.count - index else { throw FrameError() }
    defer { index += count }
    return bytes[index..<index + count]
  }

  mutating func text() throws(FrameError) -> String { String(decoding: try data(), as: UTF8.self) }

  mutating func digest() throws(FrameError) -> SHA256.Digest {
    SHA256.Digest(
      first: try word(), second: try word(), third: try word(), fourth: try word())
  }

  /// Eight bytes, the lowest first.
  mutating func word() throws(FrameError) -> UInt64 {
    var word: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) { word |= UInt64(try byte()) << shift }
    return word
  }
}

extension MarkdownText {
  func write(to frame: inout FrameWriter) {
    frame.write(Int(kind.rawValue))
    frame.write(Int(mailAddresses.rawValue))
    frame.write(footnotePrefix)
    frame.write(firstLine)
    frame.write(takesTitle)
    frame.write(smartPunctuation)
    frame.write(math)
    frame.write(diagrams)
    frame.write(seeksComments)
    frame.write(ownHost)
    frame.write(anchors.count)
    for anchor in anchors {
      frame.write(anchor.old)
      frame.write(anchor.new)
    }
    frame.write(bytes)
  }

  init(from frame: inout FrameReader) throws(FrameError) {
    guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: try frame.number())),
      let mailAddresses = MailAddresses(rawValue: UInt8(truncatingIfNeeded: try frame.number()))
    else { throw FrameError() }
    let prefix = try frame.text()
    let firstLine = try frame.number()
    let takesTitle = try frame.flag()
    let smartPunctuation = try frame.flag()
    let math = try frame.flag()
    let diagrams = try frame.flag()
    let seeksComments = try frame.flag()
    let ownHost = try frame.text()
    var anchors: [FormerAnchor] = []
    for _ in 0..<max(try frame.number(), 0) {
      anchors.append(FormerAnchor(old: try frame.text(), new: try frame.text()))
    }
    self.init(
      kind, bytes: Array(try frame.data()), footnotePrefix: prefix, firstLine: firstLine,
      takesTitle: takesTitle, smartPunctuation: smartPunctuation,
      ownHost: ownHost, anchors: anchors, mailAddresses: mailAddresses, math: math,
      diagrams: diagrams, seeksComments: seeksComments)
  }
}

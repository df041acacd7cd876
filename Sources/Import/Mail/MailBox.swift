import StoaModel

/// Splits an mbox file (RFC 4155 and its variants) into messages.
struct MailBox {
  struct Message {
    let bytes: [UInt8]
    /// The rest of the `From ` line before the message.
    let envelope: String
    /// The line of the file at which it begins.
    let line: Int
  }

  /// The size limit of a message; the rest of a longer one is dropped, which affects attachments.
  private static let maximumMessage = 24 << 20

  private let stream: LineStream
  private var pending: (envelope: String, line: Int)?

  init(path: String) throws {
    stream = try LineStream(path: path)
    while let line = try stream.next() {
      if Self.isSeparator(line) {
        pending = (Self.envelope(line), stream.line)
        return
      }
      // Anything other than blank lines before the first message means that the file is no mbox.
      if !line.allSatisfy({ $0 <= 0x20 }) { return }
    }
  }

  mutating func next() throws -> Message? {
    guard let start = pending else { return nil }
    pending = nil
    var bytes: [UInt8] = []
    var wasBlank = false
    while let line = try stream.next() {
      if wasBlank, Self.isSeparator(line) {
        pending = (Self.envelope(line), stream.line)
        break
      }
      wasBlank = line.isEmpty
      // Mail programs add `>` before lines of a message that look like the start of another.
      let marks = line.prefix { $0 == UInt8(ascii: ">") }
      let isQuoted = !marks.isEmpty && line[marks.endIndex...].starts(with: "From ".utf8)
      if bytes.count < Self.maximumMessage {
        bytes += isQuoted ? line.dropFirst() : line
        bytes.append(0x0A)
      }
    }
    return Message(bytes: bytes, envelope: start.envelope, line: start.line)
  }

  /// `From someone Sat Jan  3 01:05:34 1996`: a sentence that begins with “From” rarely has a year and a time.
  private static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "From ".utf8), line.count < 512 else { return false }
    let words = line.split(separator: 0x20)
    return words.count >= 3 && words.contains { $0.contains(UInt8(ascii: ":")) }
      && words.contains { $0.count == 4 && $0.allSatisfy(ASCII.isDigit) }
  }

  private static func envelope(_ line: ArraySlice<UInt8>) -> String {
    CleanText.line(String(decoding: line.dropFirst(5), as: UTF8.self))
  }
}

import StoaModel

/// A mail in the form that is passed to a mail program (RFC 5322 and MIME).
///
/// Names, titles and texts cannot add header fields: the header is ASCII without line ends, and bodies are base64.
package struct MailMessage: Sendable {
  package let from: MailBox
  package let to: MailBox
  package let subject: String
  package let text: String
  /// A complete HTML page; nil for plain text alone.
  package var html: String?
  /// The URL for one-click unsubscribing (RFC 8058); nil for mails without a subscription.
  package var unsubscribe: String?

  package init(from: MailBox, to: MailBox, subject: String, text: String) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
  }

  /// - Parameters:
  ///   - seconds: the time, since 1970.
  ///   - id: different for every mail; letters, digits and full stops.
  package func bytes(at seconds: Int64, id: String) -> [UInt8] {
    let host = from.address.split(separator: "@").last ?? "invalid"
    var head = [
      "From: \(Self.shown(from))", "To: \(Self.shown(to))",
      "Subject: \(Self.words(TypedText.line(subject)))", "Date: \(Self.date(seconds))",
      "Message-ID: <\(id)@\(host)>", "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
    ]
    if let unsubscribe {
      head += [
        "List-Unsubscribe: <\(unsubscribe)>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      ]
    }
    var lines = head
    if let html {
      let boundary = "=_\(id)"
      lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
      lines += ["--\(boundary)"] + Self.part(text, type: "text/plain")
      lines += ["--\(boundary)"] + Self.part(html, type: "text/html") + ["--\(boundary)--"]
    } else {
      lines += Self.part(text, type: "text/plain")
    }
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }

  private static func part(_ text: String, type: String) -> [String] {
    let encoded = Array(Base64.encode(Array(text.utf8)).utf8)
    let lines = stride(from: 0, to: encoded.count, by: 76).map {
      String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
    }
    return ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", ""] + lines
  }

  private static func shown(_ box: MailBox) -> String {
    box.name.isEmpty ? box.address : "\(words(box.name, isPhrase: true)) <\(box.address)>"
  }

  /// A text as a header field's value: unchanged, or as encoded words (RFC 2047) that never split a character.
  static func words(_ text: String, isPhrase: Bool = false) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      isPhrase ? ASCII.isLetterOrDigit(byte) || byte == 0x20 : (0x20..<0x7F).contains(byte)
    }
    if isPlain, text.utf8.count <= 60, !text.contains("=?") { return text }
    var words: [String] = []
    var chunk: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if chunk.count + bytes.count > 42 {
        words.append("=?utf-8?B?\(Base64.encode(chunk))?=")
        chunk = []
      }
      chunk += bytes
    }
    words.append("=?utf-8?B?\(Base64.encode(chunk))?=")
    return words.joined(separator: "\n ")
  }

  static func date(_ seconds: Int64) -> String {
    let stamp = Timestamp(seconds: seconds, offset: 0, isDay: false)
    let days = (seconds - ((seconds % 86_400) + 86_400) % 86_400) / 86_400
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(((days % 7) + 7) % 7)]
    let month = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][stamp.day.month - 1]
    let time = seconds - days * 86_400
    let two = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(weekday), \(two(Int64(stamp.day.day))) \(month) \(stamp.day.year) "
      + "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60)) +0000"
  }
}

/// Base64 (RFC 4648) in the lines that MIME requires.
private enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        text.append(
          place <= group.count
            ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

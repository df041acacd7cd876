import StoaModel

/// The parts of a message's header that a conversation needs.
struct MailHead {
  var identifier = ""
  /// Earlier messages of its thread, the first one first (RFC 5322, 3.6.4).
  var references: [String] = []
  var subject = ""
  /// The sender's name; empty when only an address is given.
  var name = ""
  /// Every address in it, in each form that archives use; none of them may be written to a file.
  var addresses: [String] = []
  var date: Timestamp?
  /// The message's URL in a public archive (RFC 5064).
  var archived = ""
}

/// A parsed message (RFC 5322, RFC 2045 to 2047): its header, and its text in UTF-8.
struct MailMessage {
  private(set) var head = MailHead()
  private(set) var text: [UInt8] = []
  private(set) var isHTML = false
  /// The names and types of its attachments.
  private(set) var attachments: [String] = []
  private(set) var notes: [String] = []
  private(set) var hasHead = false

  private static let maximumDepth = 16

  init(_ bytes: [UInt8], envelope: String, dates: SourceDates) {
    let (fields, body) = MailFields.cut(bytes[...])
    hasHead = !fields.isEmpty
    takeHead(fields, envelope: envelope, dates)
    takePart(fields, body, depth: 0)
    text = CleanText.clean(text)
  }

  private mutating func takeHead(_ fields: MailFields, envelope: String, _ dates: SourceDates) {
    head.identifier = fields.identifiers("message-id").first ?? ""
    let references = fields.identifiers("references")
    // Of In-Reply-To, the first identifier counts, if the references lack it.
    head.references =
      references
      + fields.identifiers("in-reply-to").prefix(1).filter {
        !references.contains($0)
      }
    if !references.isEmpty { head.references = references }
    head.references.removeAll { $0 == head.identifier }
    head.subject = CleanText.line(EncodedWords.decode(fields.text("subject")))
    let sender = MailSender(EncodedWords.decode(fields.text("from")))
    head.name = sender.name
    head.addresses = sender.addresses
    for name in ["to", "cc", "reply-to", "sender"] {
      head.addresses += MailSender.addresses(in: EncodedWords.decode(fields.text(name)))
    }
    head.date = MailDate.read(fields.text("date"), dates)
    if head.date == nil {
      head.date = MailDate.read(envelope, dates)
      notes.append(head.date == nil ? "no date" : "the date is that of its delivery")
    }
    let archived = fields.text("archived-at")
    head.archived =
      archived.hasPrefix("<") ? String(archived.dropFirst().prefix { $0 != ">" }) : archived
  }

  // MARK: Parts

  private mutating func takePart(_ fields: MailFields, _ body: ArraySlice<UInt8>, depth: Int) {
    let type = MailParameters(
      fields.text("content-type").isEmpty ? "text/plain" : fields.text("content-type"))
    let disposition = MailParameters(fields.text("content-disposition"))
    let kind = type.value
    if kind.hasPrefix("multipart/"), let boundary = type["boundary"], !boundary.isEmpty,
      depth < Self.maximumDepth
    {
      return takeParts(Self.parts(of: body, boundary), kind: kind, depth: depth)
    }
    let name = EncodedWords.decode(disposition["filename"] ?? type["name"] ?? "")
    let isText = kind == "text/plain" || kind == "text/html" || kind.isEmpty
    guard isText, disposition.value != "attachment" else {
      // A signature is not worth reporting as an attachment.
      if kind != "application/pgp-signature", kind != "application/pkcs7-signature" {
        attachments.append(CleanText.line("\(name) (\(kind))", maximumLength: 200))
      }
      return
    }
    let decoded = MailEncoding.decode(body, fields.text("content-transfer-encoding"))
    var part = CharacterSet8.utf8(decoded, from: type["charset"] ?? "")
    if type["format"]?.lowercased() == "flowed" {
      part = MailText.unflowed(part, deletesSpace: type["delsp"]?.lowercased() == "yes")
    }
    let isPartHTML = kind == "text/html"
    if text.isEmpty {
      text = part
      isHTML = isPartHTML
    } else if isHTML == isPartHTML {
      text += [0x0A] + part
    } else if isPartHTML {
      text += [0x0A] + Array(HTMLTokens.plain(part).utf8)
    } else {
      text +=
        "<pre>".utf8 + HTMLPreparation.escaped(String(decoding: part, as: UTF8.self))
        + "</pre>".utf8
    }
  }

  private mutating func takeParts(
    _ parts: [ArraySlice<UInt8>], kind: String, depth: Int
  ) {
    let read = parts.prefix(200).map { MailFields.cut($0) }
    guard kind == "multipart/alternative" else {
      for (fields, body) in read { takePart(fields, body, depth: depth + 1) }
      return
    }
    // Of alternative forms of a text, the plain one; the others have the same content.
    let plain = read.first { MailParameters($0.fields.text("content-type")).value == "text/plain" }
    if let chosen = plain ?? read.last { takePart(chosen.fields, chosen.body, depth: depth + 1) }
  }

  private static func parts(of body: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
    let mark = Array("--\(boundary)".utf8)
    var parts: [ArraySlice<UInt8>] = []
    var start: Int?
    var line = body.startIndex
    while line < body.endIndex {
      let end = body[line...].firstIndex(of: 0x0A) ?? body.endIndex
      if body[line..<end].starts(with: mark) {
        if let start { parts.append(body[start..<max(start, line - 1)]) }
        let isLast = body[(line + mark.count)..<end].starts(with: "--".utf8)
        start = isLast ? nil : min(end + 1, body.endIndex)
        if isLast { return parts }
      }
      line = min(end + 1, body.endIndex)
    }
    // A truncated archive has no last boundary.
    if let start { parts.append(body[start...]) }
    return parts
  }
}

/// The fields of a header, unfolded, by their names in lower case.
struct MailFields {
  private var fields: [String: String] = [:]

  var isEmpty: Bool { fields.isEmpty }

  /// The header fields at the beginning of a text, and the body after the empty line.
  static func cut(_ bytes: ArraySlice<UInt8>) -> (fields: MailFields, body: ArraySlice<UInt8>) {
    var fields = MailFields()
    var last = ""
    var line = bytes.startIndex
    while line < bytes.endIndex {
      let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.endIndex
      let next = min(end + 1, bytes.endIndex)
      let text = bytes[line..<end]
      if text.allSatisfy({ $0 <= 0x20 }) { return (fields, bytes[next...]) }
      if text.first == 0x20 || text.first == 0x09 {
        if !last.isEmpty, fields.text(last).utf8.count < 65_536 {
          fields.fields[last, default: ""] += " " + CleanText.trim(Self.string(text))
        }
      } else if let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > line,
        text[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      {
        last = String(decoding: text[..<colon], as: UTF8.self).lowercased()
        // The first of several fields with one name counts.
        if fields.fields[last] == nil {
          fields.fields[last] = CleanText.trim(Self.string(text[(colon + 1)...]))
        } else {
          last = ""
        }
      } else if fields.isEmpty {
        return (fields, bytes[line...])
      } else {
        // This line is not a field, so the empty line is missing.
        return (fields, bytes[line...])
      }
      line = next
    }
    return (fields, bytes[bytes.endIndex...])
  }

  /// The bytes of a field; in old mail they may have any encoding.
  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(decoding: CharacterSet8.utf8(Array(bytes), from: "windows-1252"), as: UTF8.self)
  }

  func text(_ name: String) -> String { fields[name] ?? "" }

  /// The text between angle brackets.
  func identifiers(_ name: String) -> [String] {
    var found: [String] = []
    var rest = text(name)[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let identifier = CleanText.line(String(rest[rest.index(after: open)..<close]))
      if !identifier.isEmpty, found.count < 200 { found.append(identifier) }
      rest = rest[rest.index(after: close)...]
    }
    return found
  }
}

/// `text/plain; charset="utf-8"`.
struct MailParameters {
  let value: String
  private var parameters: [String: String] = [:]

  init(_ text: String) {
    var parts: [String] = [""]
    var isQuoted = false
    for character in text.unicodeScalars {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(character)
      }
    }
    value = CleanText.trim(parts[0]).lowercased()
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      // RFC 2231: the parameter's name ends with an asterisk if its value is long or not ASCII.
      let name = CleanText.trim(String(pair[0])).lowercased().split(separator: "*").first ?? ""
      var value = CleanText.trim(String(pair[1]))
      if pair[0].contains("*"), let mark = value.range(of: "''") {
        value = PercentEncoding.decode(String(value[mark.upperBound...])) ?? value
      }
      parameters[String(name), default: ""] += value
    }
  }

  subscript(name: String) -> String? { parameters[name] }
}

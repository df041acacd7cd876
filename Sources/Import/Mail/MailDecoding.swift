import StoaLoad
import StoaModel
import StoaPlatform

/// The transfer encodings of RFC 2045.
enum MailEncoding {
  static func decode(_ body: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
    switch encoding.lowercased() {
    case "base64": base64(body)
    case "quoted-printable": quotedPrintable(body)
    default: Array(body)
    }
  }

  static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(body.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for byte in body {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return decoded
  }

  /// - Parameter isWord: whether it is an encoded word, in which `_` is a space.
  static func quotedPrintable(_ body: ArraySlice<UInt8>, isWord: Bool = false) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(body.count)
    var index = body.startIndex
    while index < body.endIndex {
      let byte = body[index]
      if byte == UInt8(ascii: "="), index + 2 < body.endIndex,
        let high = ASCII.hexValue(body[index + 1]), let low = ASCII.hexValue(body[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else if byte == UInt8(ascii: "="), !isWord {
        // A soft line break: the line continues.
        var next = index + 1
        while next < body.endIndex, body[next] == 0x20 || body[next] == 0x09 || body[next] == 0x0D {
          next += 1
        }
        if next < body.endIndex, body[next] == 0x0A {
          index = next + 1
        } else {
          decoded.append(byte)
          index += 1
        }
      } else {
        decoded.append(isWord && byte == UInt8(ascii: "_") ? 0x20 : byte)
        index += 1
      }
    }
    return decoded
  }
}

/// Converts bytes of any character set to UTF-8.
enum CharacterSet8 {
  static func utf8(_ bytes: [UInt8], from name: String) -> [UInt8] {
    let name = name.lowercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0))
    }
    let isUTF8 = ["", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit"].contains(name)
    if isUTF8, String(validating: bytes, as: UTF8.self) != nil { return bytes }
    // If the character set is missing or wrong, Windows-1252 is the most likely.
    return converted(bytes, from: isUTF8 ? "windows-1252" : name)
      ?? converted(bytes, from: "windows-1252") ?? bytes
  }

  private static func converted(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    guard !bytes.isEmpty else { return [] }
    let descriptor = iconv_open("UTF-8", name)
    guard descriptor != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(descriptor) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var inputLeft = input.count
    var outputLeft = output.count
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var from = input.baseAddress
        var to = output.baseAddress
        while inputLeft > 0, outputLeft > 4 {
          if iconv(descriptor, &from, &inputLeft, &to, &outputLeft) != Int.max.magnitude * 2 + 1 {
            break
          }
          // A byte that the character set does not define.
          guard inputLeft > 0, outputLeft > 4 else { break }
          from = from?.advanced(by: 1)
          inputLeft -= 1
          for byte in UTF8.encodedReplacementCharacter {
            to?.pointee = CChar(bitPattern: byte)
            to = to?.advanced(by: 1)
            outputLeft -= 1
          }
        }
      }
    }
    return output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
  }
}

/// RFC 2047: words of a header field in other character sets.
enum EncodedWords {
  static func decode(_ text: String) -> String {
    guard text.contains("=?") else { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var copied = 0
    var wasWord = false
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "?"),
        let (decoded, end) = word(at: index, in: bytes)
      else {
        index += 1
        continue
      }
      let before = bytes[copied..<index]
      // White space between two encoded words is ignored.
      if !wasWord || !before.allSatisfy({ $0 <= 0x20 }) { output += before }
      output += decoded
      wasWord = true
      copied = end
      index = end
    }
    return String(decoding: output + bytes[copied...], as: UTF8.self)
  }

  /// `=?charset?encoding?word?=` at a place, decoded, and where it ends.
  private static func word(at start: Int, in bytes: [UInt8]) -> (decoded: [UInt8], end: Int)? {
    let set = bytes[(start + 2)...].prefix(64).prefix { $0 > 0x20 && $0 != UInt8(ascii: "?") }
    let encoding = set.endIndex + 1
    guard !set.isEmpty, encoding + 1 < bytes.count, bytes[set.endIndex] == UInt8(ascii: "?"),
      bytes[encoding + 1] == UInt8(ascii: "?")
    else { return nil }
    // Longer than it may be, because some programs write them so.
    let word = bytes[(encoding + 2)...].prefix(2_000).prefix { $0 != UInt8(ascii: "?") }
    let end = word.endIndex + 2
    guard end <= bytes.count, bytes[word.endIndex..<end].elementsEqual("?=".utf8) else {
      return nil
    }
    let decoded: [UInt8]
    switch ASCII.lowercased(bytes[encoding]) {
    case UInt8(ascii: "b"): decoded = MailEncoding.base64(word)
    case UInt8(ascii: "q"): decoded = MailEncoding.quotedPrintable(word, isWord: true)
    default: return nil
    }
    // RFC 2231 allows a language after an asterisk.
    let name = set.prefix { $0 != UInt8(ascii: "*") }
    return (CharacterSet8.utf8(decoded, from: String(decoding: name, as: UTF8.self)), end)
  }
}

/// The date formats of mail: `Tue, 1 Jul 2003 10:52:37 +0200`, and `Sat Jan  3 01:05:34 1996` on envelope lines.
enum MailDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let zones = [
    "UT": 0, "GMT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "BST": 1, "MEZ": 1, "MESZ": 2,
  ]

  static func read(_ text: String, _ dates: SourceDates) -> Timestamp? {
    var day: Int?
    var month: Int?
    var year: Int?
    var seconds: Int64?
    var offset: Int64 = 0
    for word in withoutComments(text).split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }
    ) {
      if word.contains(":") {
        let parts = word.split(separator: ":").map { Int64($0.prefix(2)) }
        guard parts.count >= 2, let hour = parts[0], let minute = parts[1], hour < 25, minute < 60
        else {
          return nil
        }
        seconds = hour * 3_600 + minute * 60 + (parts.count > 2 ? min(parts[2] ?? 0, 59) : 0)
      } else if let index = months.firstIndex(of: word.prefix(3).lowercased()), month == nil {
        month = index + 1
      } else if let first = word.first, first == "+" || first == "-", let zone = Int64(word),
        word.utf8.count == 5
      {
        offset = (zone / 100) * 3_600 + (zone % 100) * 60
      } else if let number = Int(word) {
        if day == nil, number >= 1, number <= 31, word.utf8.count <= 2 {
          day = number
        } else if year == nil {
          // RFC 5322, 4.3: years of two digits are 1950 to 2049.
          year =
            word.utf8.count > 2
            ? (number < 1_000 ? number + 1_900 : number) : number + (number < 50 ? 2_000 : 1_900)
        }
      } else if let zone = zones[word.uppercased()] {
        offset = Int64(zone) * 3_600
      }
    }
    guard let day, let month, let year, let date = CalendarDay(year: year, month: month, day: day)
    else {
      return nil
    }
    let whole = Int64(date.daysSinceEpoch) * 86_400 + (seconds ?? 0) - offset
    guard whole > 0, whole < 253_402_300_800 else { return nil }
    return dates.reader.timestamp(atInstant: whole)
  }

  private static func withoutComments(_ text: String) -> String {
    var kept = ""
    var depth = 0
    for character in text.unicodeScalars {
      if character == "(" { depth += 1 }
      if depth == 0 { kept.unicodeScalars.append(character) }
      if character == ")" { depth = max(0, depth - 1) }
    }
    return kept
  }
}

/// The sender of a message: `Ada Byron <ada@example.org>`, `ada@example.org (Ada Byron)`, `ada at example.org (Ada Byron)`.
struct MailSender {
  let name: String
  let addresses: [String]

  init(_ text: String) {
    let text = CleanText.line(text)
    addresses = Self.addresses(in: text)
    var name = text
    if let open = text.firstIndex(of: "<") {
      name = String(text[..<open])
    } else if let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close
    {
      name = String(text[text.index(after: open)..<close])
    } else if text.contains("@") || text.contains(" at ") {
      name = ""
    }
    name = CleanText.trim(name.filter { $0 != "\"" && $0 != "\\" })
    // Some directories write `Byron, Ada`.
    let parts = name.split(separator: ",")
    if parts.count == 2, parts.allSatisfy({ !$0.contains("@") }) {
      name = CleanText.trim(String(parts[1])) + " " + CleanText.trim(String(parts[0]))
    }
    // A list's software adds the original sender's name when it forwards a message.
    if let via = name.range(of: " via ") { name = String(name[..<via.lowerBound]) }
    self.name = name.contains("@") ? "" : name
  }

  /// The addresses in a field, each as it is and in the forms in which archives disguise it.
  static func addresses(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var found = MailAddress.ranges(in: bytes).prefix(50).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
    found += found.compactMap { address in
      let parts = address.split(separator: "@")
      return parts.count == 2 ? "\(parts[0]) at \(parts[1])" : nil
    }
    let words = text.split { $0 == " " || $0 == "<" || $0 == ">" || $0 == "(" }
    for index in words.indices.dropFirst().dropLast().prefix(100)
    where words[index] == "at" && words[index + 1].contains(".") {
      found.append("\(words[index - 1]) at \(words[index + 1])")
      found.append("\(words[index - 1])@\(words[index + 1])")
    }
    return found
  }
}

extension StringProtocol {
  /// The offset of the first occurrence of a text in this one.
  func range(of wanted: String) -> Range<Index>? {
    guard let first = wanted.utf8.first else { return nil }
    var from = utf8.startIndex
    while let found = utf8[from...].firstIndex(of: first) {
      if utf8[found...].starts(with: wanted.utf8) {
        return found..<utf8.index(found, offsetBy: wanted.utf8.count)
      }
      from = utf8.index(after: found)
    }
    return nil
  }
}

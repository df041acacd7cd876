/// Finds e-mail addresses in a text.
///
/// An address has the characters of RFC 5321 and RFC 6531, except those that markup and URLs put beside it (`/ ? = & * | { }` and
/// the grave accent). In text without spaces, Unicode's word boundaries determine where it begins and ends: letters of scripts
/// without spaces do not join letters and digits of others, so `邮箱someone@example.com谢谢` has one address.
///
/// Not included are a name on the fediverse (`@name@host`), a path on another machine (`user@host:path`), a version of a package
/// (`react@16.8.0`), and a name of a file or unit (`logo@2x.png`, `getty@tty1.service`).
package enum MailAddress {
  /// How the part of a URL before its query is read.
  package enum URLRule: Sendable {
    /// It has no address: what looks like one is a user name or the number of a message.
    case ignored
    /// It is searched like any text, except for the numbers of messages in archives (`/2026.1@example.org/`) and the user names of
    /// machines. The at sign may also be written as a character reference or percent-encoded.
    case searched
  }

  /// The maximum lengths of local part and host, in bytes (RFC 5321, 4.5.3.1).
  private static let maximumLocalPart = 64
  private static let maximumHost = 255

  /// The ranges of all addresses, in order, in linear time.
  package static func ranges(in bytes: [UInt8], urls: URLRule = .ignored) -> [Range<Int>] {
    bytes.withUnsafeBufferPointer { ranges(in: $0, urls: urls) }
  }

  package static func ranges(
    in bytes: UnsafeBufferPointer<UInt8>, urls: URLRule = .ignored
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var url = MailURLScan()
    for index in bytes.indices {
      let width = widthOfSign(at: index, in: bytes, urls)
      guard width > 0 else { continue }
      url.advance(to: index, in: bytes)
      guard urls == .searched || url.part == .none || url.part == .query,
        let start = startOfLocalPart(in: bytes, before: index, after: found.last?.upperBound ?? 0),
        let end = endOfHost(in: bytes, from: index + width)
      else { continue }
      let isFound =
        switch url.part {
        case .none, .query: true
        case .path:
          !isMessageNumber(bytes[start..<index], at: bytes[(index + width)..<end])
        case .authority(let first): start == first && isWholeURL(endingAt: end, in: bytes)
        case .machine: false
        }
      if isFound { found.append(start..<end) }
    }
    return found
  }

  /// The ranges of the addresses in the target of a link; if `mailto:` has none in the usual form, everything before its
  /// headers counts as one.
  package static func ranges(inTarget url: [UInt8]) -> [Range<Int>] {
    let found = ranges(in: url, urls: .searched)
    let scheme = "mailto:".utf8
    guard url.prefix(scheme.count).map(ASCII.lowercased).elementsEqual(scheme) else { return found }
    let end = url.firstIndex(of: UInt8(ascii: "?")) ?? url.count
    guard found.allSatisfy({ $0.lowerBound >= end }),
      url.indices[scheme.count..<end].contains(where: { index in
        url.withUnsafeBufferPointer { widthOfSign(at: index, in: $0, .searched) } > 0
      })
    else { return found }
    return [scheme.count..<end] + found
  }

  /// The width of an at sign at an index; 0 when there is none.
  private static func widthOfSign(
    at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ urls: URLRule
  ) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "@"): return 1
    case UInt8(ascii: "%"), UInt8(ascii: "&"):
      guard urls == .searched else { return 0 }
      let window = bytes[index..<min(index + longestSign, bytes.count)]
      return writtenSigns.first { sign in
        window.count >= sign.count && zip(window, sign).allSatisfy { ASCII.lowercased($0) == $1 }
      }?.count ?? 0
    default: return 0
    }
  }

  /// The at sign as URLs and HTML may write it, in lower case.
  private static let writtenSigns = ["%40", "&#64;", "&#064;", "&#x40;", "&#x0040;", "&commat;"].map
  {
    Array($0.utf8)
  }
  private static let longestSign = 8

  /// Whether a part of a URL's path is a message identifier, as in archives of mailing lists.
  private static func isMessageNumber(
    _ local: Slice<UnsafeBufferPointer<UInt8>>, at host: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Bool {
    if host.map(ASCII.lowercased).elementsEqual("mail.gmail.com".utf8) { return true }
    guard let first = local.first, ASCII.isDigit(first) else { return false }
    return local.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  /// Whether nothing but a slash follows the host of a URL, which is then an address with a scheme before it.
  private static func isWholeURL(
    endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let isSlash = end < bytes.count && bytes[end] == UInt8(ascii: "/")
    guard let next = bytes[(isSlash ? end + 1 : end)...].first else { return true }
    return !ASCII.isLetterOrDigit(next) && !"/?#:~_%-=&@".utf8.contains(next)
  }

  // MARK: Local part

  private static func startOfLocalPart(
    in bytes: UnsafeBufferPointer<UInt8>, before at: Int, after floor: Int
  ) -> Int? {
    if let start = startOfQuotedPart(in: bytes, before: at, after: floor) { return start }
    var start = at
    var script: MailLetter.Script?
    scan: while start > floor, at - start <= maximumLocalPart {
      let letter = MailLetter(in: bytes, endingAt: start)
      switch letter.kind {
      case .letter(.unspaced):
        guard script == .unspaced || start == at else { break scan }
        script = .unspaced
      case .letter(let found):
        guard script == nil || script == found else { break scan }
        script = found
      case .digit:
        guard script != .unspaced else { break scan }
      case .mark: break
      case .other:
        guard isSign(letter, between: bytes, startingAt: start - letter.width) else { break scan }
      }
      start -= letter.width
    }
    guard at - start <= maximumLocalPart else { return nil }
    // Characters that cannot begin an address belong to the text before it.
    while start < at, case let letter = MailLetter(in: bytes, startingAt: start), !letter.isWord {
      start += letter.width
    }
    let isMention =
      start > 0 && bytes[start - 1] == UInt8(ascii: "@") || followsSign(start, in: bytes)
    guard start < at, !isMention else { return nil }
    let isMachine =
      at - start == 3 && bytes[start] == UInt8(ascii: "g") && bytes[start + 1] == UInt8(ascii: "i")
      && bytes[start + 2] == UInt8(ascii: "t")
    return isMachine ? nil : start
  }

  /// Whether an index is after a percent-encoded at sign, whose digits look like a part of the name.
  private static func followsSign(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    start > 0 && bytes[start - 1] == UInt8(ascii: "%") && bytes[start...].starts(with: "40".utf8)
  }

  /// The start of a local part in quotation marks, such as `"john doe"`.
  private static func startOfQuotedPart(
    in bytes: UnsafeBufferPointer<UInt8>, before at: Int, after floor: Int
  ) -> Int? {
    let quote = UInt8(ascii: "\"")
    guard at >= floor + 3, bytes[at - 1] == quote else { return nil }
    var start = at - 2
    while start >= floor, at - start <= maximumLocalPart, bytes[start] >= 0x20 {
      if bytes[start] == quote { return start < at - 2 ? start : nil }
      start -= 1
    }
    return nil
  }

  /// Whether a local part may have this character, other than letters and digits.
  ///
  /// A backslash is markdown's escape, and an apostrophe may have become typographic.
  private static func isSign(
    _ letter: MailLetter, between bytes: UnsafeBufferPointer<UInt8>, startingAt start: Int
  ) -> Bool {
    switch letter.scalar {
    case ".", "_", "+", "-", "%", "'", "!", "#", "$", "~", "^", "\\": return true
    case "\u{2019}":
      return start > 0 && MailLetter(in: bytes, endingAt: start).kind == .letter(.latin)
    default: return false
    }
  }

  // MARK: Host

  private static func endOfHost(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    let end =
      bytes[start] == UInt8(ascii: "[")
      ? endOfLiteral(in: bytes, from: start) : endOfName(in: bytes, from: start)
    guard let end else { return nil }
    let isPath =
      end + 1 < bytes.count && bytes[end] == UInt8(ascii: ":") && isPathByte(bytes[end + 1])
    return isPath ? nil : end
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || "/~._-".utf8.contains(byte)
  }

  /// The end of an IP address in brackets, such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`.
  private static func endOfLiteral(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var end = start + 1
    while end < bytes.count, end - start < 48, bytes[end] != UInt8(ascii: "]") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "]") else { return nil }
    let words = bytes[(start + 1)..<end]
    let dot = UInt8(ascii: ".")
    let isVersion4 =
      words.split(separator: dot).count == 4 && words.allSatisfy { $0 == dot || ASCII.isDigit($0) }
    let isVersion6 =
      words.starts(with: "IPv6:".utf8)
      && words.dropFirst(5).allSatisfy {
        ASCII.isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == dot
      }
    return isVersion4 || isVersion6 ? end + 1 : nil
  }

  private static func endOfName(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var host = Host(start: start)
    var index = start
    while index < bytes.count, index - start <= maximumHost {
      let letter = MailLetter(in: bytes, startingAt: index)
      guard host.take(letter, at: index) else { break }
      index += letter.width
    }
    host.finish(at: index)
    return host.end(in: bytes)
  }

  /// The labels of a host, as they are read.
  private struct Host {
    private struct Label {
      let range: Range<Int>
      let isName: Bool
    }

    private var labels: [Label] = []
    private var start: Int
    private var script: MailLetter.Script?
    private var letterCount = 0
    private var hasOnlyLetters = true
    private var lastHyphen: Int?

    init(start: Int) {
      self.start = start
    }

    /// Whether the current label could be the last of a host.
    private var isName: Bool { hasOnlyLetters && letterCount >= 2 }

    /// Adds the next character; false when the host ends before it.
    mutating func take(_ letter: MailLetter, at index: Int) -> Bool {
      switch letter.kind {
      case .letter(let found):
        let changes = script != nil && script != found
        if changes, !labels.isEmpty, isName { return false }
        script = found
        letterCount += 1
      case .digit: hasOnlyLetters = false
      case .mark: return index > start
      case .other:
        guard index > start else { return false }
        switch letter.scalar {
        case "-":
          hasOnlyLetters = false
          lastHyphen = index
        case ".":
          guard lastHyphen != index - 1 else { return false }
          close(at: index)
          start = index + 1
        default: return false
        }
      }
      return true
    }

    private mutating func close(at end: Int) {
      guard end > start else { return }
      labels.append(Label(range: start..<end, isName: isName))
      (script, letterCount, hasOnlyLetters, lastHyphen) = (nil, 0, true, nil)
    }

    mutating func finish(at end: Int) {
      var end = end
      if let hyphen = lastHyphen, hyphen == end - 1 { end = hyphen }
      close(at: end)
    }

    /// The end of the longest valid host; nil when there is none.
    func end(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
      guard labels.count >= 2, !isVersion(in: bytes) else { return nil }
      var labels = labels[...]
      // A sentence may continue after the full stop with a word of one letter.
      if let last = labels.last, last.range.count == 1, !ASCII.isDigit(bytes[last.range.lowerBound])
      {
        labels = labels.dropLast()
      }
      // A file may be named after an address: `ada@example.org.yml`.
      if let last = labels.last, isSuffix(bytes[last.range]) { labels = labels.dropLast() }
      guard labels.count >= 2, let last = labels.last else { return nil }
      let word = bytes[last.range]
      let isEncoded =
        word.count > 4 && word.prefix(4).map(ASCII.lowercased).elementsEqual("xn--".utf8)
      return (last.isName || isEncoded) && !isSuffix(word) ? last.range.upperBound : nil
    }

    private func isSuffix(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
      MailAddress.fileSuffixes.contains(
        String(decoding: word.map(ASCII.lowercased), as: UTF8.self))
    }

    /// Whether the host begins like a version: `16.8`, `v1.0`.
    private func isVersion(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
      var first = bytes[labels[0].range]
      if let byte = first.first, ASCII.lowercased(byte) == UInt8(ascii: "v"), first.count > 1 {
        first = first.dropFirst()
      }
      return first.allSatisfy(ASCII.isDigit) && ASCII.isDigit(bytes[labels[1].range.lowerBound])
    }
  }

  /// File extensions that look like the last label of a host: none is a top-level domain with mail.
  private static let fileSuffixes: Set<String> = [
    "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
    "conf", "css", "dll", "exe", "gz", "html", "jar", "js", "json", "log", "pdf", "tgz", "txt",
    "xml", "yaml", "yml",
    "automount", "mount", "scope", "service", "slice", "socket", "target", "timer",
  ]
}

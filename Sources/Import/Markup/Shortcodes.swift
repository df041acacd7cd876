import StoaModel

/// Replaces WordPress's shortcodes with HTML where that is simple, and lists those that it keeps.
struct Shortcodes {
  private(set) var html: [UInt8] = []
  /// Names of shortcodes that were kept, without duplicates.
  private(set) var left: [String] = []

  private let text: [UInt8]
  private var position = 0
  /// The ends of shortcodes, by name: a search from each beginning would take quadratic time.
  private let ends: [String: [Int]]
  private static let code: Set = [
    "code", "sourcecode", "source", "php", "html", "css", "javascript",
  ]
  private static let media: Set = ["audio", "video", "embed"]
  /// Shortcodes of WordPress and common plug-ins without attributes, which are known by name.
  private static let known: Set = [
    "gallery", "playlist", "contact-form", "contact-form-7", "poll", "polldaddy", "archives",
    "slideshow", "youtube", "vimeo", "googlemaps", "twitter", "tweet", "soundcloud", "instagram",
  ]

  init(_ text: [UInt8]) {
    self.text = text
    ends = Self.ends(in: text)
    html.reserveCapacity(text.count)
    var isVerbatim = false
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "<") {
        if startsTag("pre") || startsTag("code") || startsTag("script") { isVerbatim = true }
        if startsTag("/pre") || startsTag("/code") || startsTag("/script") { isVerbatim = false }
      }
      if byte == UInt8(ascii: "["), !isVerbatim, let end = replacement() {
        position = end
      } else {
        html.append(byte)
        position += 1
      }
    }
  }

  private func startsTag(_ name: StaticString) -> Bool {
    let rest = text[(position + 1)...]
    let length = name.utf8CodeUnitCount
    guard rest.count > length else { return false }
    for index in 0..<length
    where rest[rest.startIndex + index] | 0x20 != name.utf8Start[index] | 0x20 {
      return false
    }
    let next = rest[rest.startIndex + length]
    return next == UInt8(ascii: ">") || next == 0x20 || next == 0x0A
  }

  /// Writes the replacement of the shortcode at this place and returns its end; nil when it is kept or there is none.
  private mutating func replacement() -> Int? {
    guard let opening = Opening(text, at: position) else { return nil }
    // [[name]] is how authors show a shortcode as text.
    if position > 0, text[position - 1] == UInt8(ascii: "[") { return nil }
    if opening.name == "caption" || opening.name == "wp_caption",
      let (inner, end) = content(of: opening)
    {
      caption(inner, opening)
      return end
    }
    if Self.code.contains(opening.name), let (inner, end) = content(of: opening) {
      codeBlock(inner, opening)
      return end
    }
    if Self.media.contains(opening.name) {
      let inner = content(of: opening)
      let address =
        opening.attribute("src") ?? opening.attribute("mp4") ?? opening.attribute("mp3")
        ?? inner.map { CleanText.line(String(decoding: $0.text, as: UTF8.self)) } ?? ""
      if address.hasPrefix("http") || address.hasPrefix("/") {
        html += "\n\n<a href=\"".utf8
        html += Self.escaped(address) + "\">".utf8
        html += Self.escaped(address) + "</a>\n\n".utf8
        return inner?.end ?? opening.end
      }
    }
    let isShortcode =
      opening.hasAttributes || Self.known.contains(opening.name) || content(of: opening) != nil
    if isShortcode, !left.contains(opening.name), left.count < 50 { left.append(opening.name) }
    return nil
  }

  private func content(of opening: Opening) -> (text: ArraySlice<UInt8>, end: Int)? {
    guard let places = ends[opening.name] else { return nil }
    // The first end after the opening.
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < opening.end { low = middle + 1 } else { high = middle }
    }
    // A shortcode around so much text is not real.
    guard low < places.count, places[low] < opening.end + 65_536 else { return nil }
    let end = places[low]
    return (text[opening.end..<end], end + opening.name.utf8.count + 3)
  }

  /// The places of `[/name]`, by name.
  private static func ends(in text: [UInt8]) -> [String: [Int]] {
    var ends: [String: [Int]] = [:]
    var from = 0
    while let bracket = text[from...].firstIndex(of: UInt8(ascii: "[")) {
      from = bracket + 1
      guard from < text.count, text[from] == UInt8(ascii: "/") else { continue }
      let rest = text[(from + 1)...].prefix(41)
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { continue }
      ends[String(decoding: rest[..<end], as: UTF8.self), default: []].append(bracket)
    }
    return ends
  }

  /// An image, with its caption in italics below it.
  private mutating func caption(_ inner: ArraySlice<UInt8>, _ opening: Opening) {
    var picture: [UInt8] = []
    var words: [UInt8] = []
    for token in HTMLTokens(Array(inner)) {
      switch token {
      case .tag(let name, _, let bytes) where words.isEmpty && (name == "a" || name == "img"):
        picture += bytes
      case .tag(_, _, let bytes), .text(let bytes), .comment(let bytes): words += bytes
      }
    }
    if words.allSatisfy({ $0 <= 0x20 }) {
      words = Self.escaped(opening.attribute("caption") ?? "")
    }
    html += "\n\n<p>".utf8 + picture + "</p>\n\n".utf8
    if !words.allSatisfy({ $0 <= 0x20 }) {
      let line = CleanText.line(String(decoding: words, as: UTF8.self), maximumLength: .max)
      html += "<p><em>\(line)</em></p>\n\n".utf8
    }
  }

  private mutating func codeBlock(_ inner: ArraySlice<UInt8>, _ opening: Opening) {
    let language = opening.attribute("lang") ?? opening.attribute("language") ?? ""
    let name = ["code", "sourcecode", "source"].contains(opening.name) ? language : opening.name
    html += "\n\n<pre><code class=\"".utf8 + Self.escaped(name) + "\">".utf8
    html += Self.escaped(HTMLEntities.decode(String(decoding: inner, as: UTF8.self)))
    html += "</code></pre>\n\n".utf8
  }

  private static func escaped(_ text: String) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      default: escaped.append(byte)
      }
    }
    return escaped
  }

  /// `[name key="value"]`.
  private struct Opening {
    let name: String
    let end: Int
    let attributes: ArraySlice<UInt8>

    init?(_ text: [UInt8], at start: Int) {
      let rest = text[(start + 1)...]
      let name = rest.prefix(40).prefix { byte in
        ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
      guard let first = name.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
        return nil
      }
      let window = text[name.endIndex..<min(text.count, name.endIndex + 2_048)]
      guard let next = window.first,
        next == 0x20 || next == 0x0A || next == UInt8(ascii: "]")
          || next == UInt8(ascii: "/") || next == UInt8(ascii: "="),
        let end = window.firstIndex(of: UInt8(ascii: "]"))
      else { return nil }
      self.name = String(decoding: name, as: UTF8.self)
      self.end = end + 1
      attributes = text[name.endIndex..<end]
    }

    var hasAttributes: Bool { attributes.contains(UInt8(ascii: "=")) }

    func attribute(_ name: String) -> String? {
      HTMLTokens.attribute(name, of: [UInt8(ascii: "<"), UInt8(ascii: "x")] + attributes + [0x3E])
    }
  }
}

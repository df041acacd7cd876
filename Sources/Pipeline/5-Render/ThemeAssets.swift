import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel
import StoaTheme

/// The style sheet, script and icon of pages, each named after its bytes so that browsers can cache it forever.
struct ThemeAssets: Sendable {
  struct File: Sendable {
    let address: SiteAddress
    let bytes: [UInt8]
  }

  let styleSheet: File
  let script: File
  let searchStyleSheet: File
  let searchScript: File
  let icon: SiteAddress?
  /// The fonts of `static` that the community's own style sheet names.
  let fonts: [SiteAddress]
  /// The files of these fonts on the site.
  let files: [File]

  init(_ files: [String: [UInt8]], _ strings: Strings, community: Community) {
    var style = Self.shortened("theme.css", files)
    if community.settings.highlight != .none { style += Self.shortened("syntax.css", files) }
    // The hue is the only number that a community can set; it is in the style sheet, because the Content-Security-Policy
    // forbids inline styles.
    style += Array(":root{--hue:\(community.settings.hue.value)}\n".utf8)
    style += files["extra.css"] ?? []
    styleSheet = Self.fingerprinted("theme", "css", style)
    let theme = Self.shortened("theme.js", files)
    script = Self.fingerprinted("theme", "js", Self.words(of: theme, strings) + theme)
    searchStyleSheet = Self.fingerprinted("search", "css", Self.shortened("search.css", files))
    searchScript = Self.fingerprinted("search", "js", Self.shortened("search.js", files))
    let ofSearch = community.settings.search == .none ? [] : [searchStyleSheet, searchScript]
    self.files = [styleSheet, script] + ofSearch
    let icons = ["/favicon.svg", "/favicon.ico", "/favicon.png"]
    icon =
      icons.lazy.compactMap { icon in
        community.files.first { $0.address.path == icon }?.address
      }.first
    let own = String(decoding: files["extra.css"] ?? [], as: UTF8.self)
    fonts = community.files.map(\.address).filter { address in
      address.path.hasSuffix(".woff2")
        && own.contains(address.path.split(separator: "/").last ?? "/")
    }.prefix(Self.fontsPreloaded).map { $0 }
  }

  /// Preloading more fonts would delay the text.
  private static let fontsPreloaded = 2

  private static func shortened(_ name: String, _ files: [String: [UInt8]]) -> [UInt8] {
    let file = files[name] ?? []
    // A community's own file may have strings of several lines, or comment characters in strings.
    guard file == DefaultTheme.files[name] else { return file }
    return name.hasSuffix(".css") ? shortened(styles: file) : shortened(script: file)
  }

  /// The translations that a script names, as a line of script: on the pages they would be as often as there are pages.
  private static func words(of script: [UInt8], _ strings: Strings) -> [UInt8] {
    let name: StaticString = "stoaWords['"
    var keys: Set<String> = []
    script.withUnsafeBufferPointer { bytes in
      var index = 0
      while let quote = bytes.firstIndex(of: UInt8(ascii: "'"), from: index) {
        index = quote + 1
        guard bytes.holds(name, at: index - name.utf8CodeUnitCount),
          let end = bytes.firstIndex(of: UInt8(ascii: "'"), from: index)
        else { continue }
        keys.insert(String(decoding: bytes[index..<end], as: UTF8.self))
        index = end + 1
      }
    }
    guard !keys.isEmpty else { return [] }
    var line = ByteBuffer()
    for (place, key) in keys.sorted(by: { $0.precedes($1) }).enumerated() {
      line.write(place == 0 ? "var stoaWords={" : ",")
      line.writeJSON(key)
      line.write(":")
      line.writeJSON(strings.text(key))
    }
    line.write("};\n")
    return line.bytes
  }

  /// A script without comment lines and indentation, which are a sixth of its size.
  private static func shortened(script: [UInt8]) -> [UInt8] {
    var lines: [UInt8] = []
    for line in script.split(separator: UInt8(ascii: "\n")) {
      let code = line.drop { $0 == UInt8(ascii: " ") }
      if code.isEmpty || code.starts(with: Array("//".utf8)) { continue }
      lines += code
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }

  /// A style sheet without comments, which are an eighth of its transferred size, and without indentation and empty lines.
  private static func shortened(styles: [UInt8]) -> [UInt8] {
    let (slash, star, space, lineEnd) = (
      UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: " "), UInt8(ascii: "\n")
    )
    var kept: [UInt8] = []
    kept.reserveCapacity(styles.count)
    var index = 0
    while index < styles.count {
      let byte = styles[index]
      let next = index + 1 < styles.count ? styles[index + 1] : 0
      if byte == slash, next == star {
        index += 2
        while index + 1 < styles.count, styles[index] != star || styles[index + 1] != slash {
          index += 1
        }
        index += 2
        continue
      }
      if byte == lineEnd { while kept.last == space { kept.removeLast() } }
      let beginsLine = kept.last.map { $0 == lineEnd } ?? true
      if !beginsLine || byte != space && byte != lineEnd { kept.append(byte) }
      index += 1
    }
    return kept
  }

  private static func fingerprinted(_ name: String, _ suffix: String, _ bytes: [UInt8]) -> File {
    // 64-bit FNV-1a: it distinguishes versions, and need not resist forgery.
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    let hex = String(hash, radix: 16)
    let padded = String(repeating: "0", count: 16 - hex.utf8.count) + hex
    return File(address: SiteAddress("/\(name).\(padded.prefix(12)).\(suffix)"), bytes: bytes)
  }
}

import StoaAddresses
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
  /// The files of the site.
  let files: [File]

  init(_ files: [String: [UInt8]], community: Community) {
    var style = files["theme.css"] ?? []
    if community.settings.highlight != .none { style += files["syntax.css"] ?? [] }
    // The hue is the one number that a community may set; it is in the style sheet, because the strict policy forbids inline
    // styles.
    style += Array(":root{--hue:\(community.settings.hue.value)}\n".utf8)
    style += files["extra.css"] ?? []
    styleSheet = Self.fingerprinted("theme", "css", style)
    script = Self.fingerprinted("theme", "js", files["theme.js"] ?? [])
    searchStyleSheet = Self.fingerprinted("search", "css", files["search.css"] ?? [])
    let search = files["search.js"] ?? []
    // A community's own script may have strings over several lines.
    let isOwn = search == DefaultTheme.files["search.js"]
    searchScript = Self.fingerprinted("search", "js", isOwn ? Self.withoutComments(search) : search)
    let ofSearch = community.settings.search == .none ? [] : [searchStyleSheet, searchScript]
    self.files = [styleSheet, script] + ofSearch
    let icons = ["/favicon.svg", "/favicon.ico", "/favicon.png"]
    icon =
      icons.lazy.compactMap { icon in
        community.files.first { $0.address.path == icon }?.address
      }.first
  }

  /// A script without comment lines and indentation, which are a sixth of its size.
  private static func withoutComments(_ script: [UInt8]) -> [UInt8] {
    var lines: [UInt8] = []
    for line in script.split(separator: UInt8(ascii: "\n")) {
      let code = line.drop { $0 == UInt8(ascii: " ") }
      if code.isEmpty || code.starts(with: Array("//".utf8)) { continue }
      lines += code
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
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

import StoaModel

/// Validates the URLs of people's own pages.
enum WebAddress {
  /// The URL if it is http or https, on one line and without an e-mail address; otherwise empty.
  static func checked(_ text: String, _ privacy: Privacy) -> String {
    var address = CleanText.line(text, maximumLength: 1_000)
    guard !address.utf8.contains(0x20) else { return "" }
    let lower = address.lowercased()
    if !lower.hasPrefix("http://"), !lower.hasPrefix("https://") {
      guard !address.utf8.contains(UInt8(ascii: ":")), !address.hasPrefix("/"),
        address.utf8.contains(UInt8(ascii: "."))
      else { return "" }
      address = "http://" + address
    }
    let rest = address.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
    // A user name before the host may be a person's, or form an e-mail address with it; in the path, it names a profile.
    let host = rest.prefix { !"/?#".utf8.contains($0) }
    let isFake =
      host.isEmpty || host.contains(UInt8(ascii: "@")) || lower.contains("gravatar.com/avatar")
    guard !isFake, MailAddress.ranges(inTarget: Array(address.utf8)).isEmpty else { return "" }
    return privacy.masked(line: address)
  }
}

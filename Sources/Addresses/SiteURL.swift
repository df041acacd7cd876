import StoaHTML
import StoaModel

/// The URL of a whole site or repository, as a person gives it in `stoa.yml` or on the command line.
///
/// Paths are appended to it, and it is written into line-based files, so the rules are stricter than for other URLs.
package enum SiteURL {
  package struct Problem: Error, Sendable {
    package let message: String
    /// A replacement that is accepted.
    package let suggestion: String
  }

  /// The URL without slashes at its end.
  package static func read(_ text: String) throws(Problem) -> String {
    if let problem = problem(in: text) {
      let repaired = repaired(text).flatMap { self.problem(in: $0) == nil ? $0 : nil }
      throw Problem(
        message: "“\(text.printable)” \(problem)",
        suggestion: "write \(repaired ?? "the complete URL, such as https://stoa.example")")
    }
    let (beginning, path) = parts(of: text)
    return beginning + PercentEncoding.encode(path, keeping: PercentEncoding.urlPath)
  }

  private static func problem(in text: String) -> String? {
    if text.unicodeScalars.contains(where: { $0.isInvisible || $0.properties.isWhitespace }) {
      return "contains a space or a control character"
    }
    guard let start = schemeEnd(of: text) else { return "is not an http or https address" }
    if text.utf8.contains(UInt8(ascii: "?")) { return "has a query, and paths are put after it" }
    if text.utf8.contains(UInt8(ascii: "#")) { return "has a fragment, and paths are put after it" }
    let host = text[start...].prefix { $0 != "/" }
    if host.utf8.contains(UInt8(ascii: "@")) { return "contains a user name" }
    guard case .external = AddressPolicy.judge(text) else { return "names no host" }
    let segments = parts(of: text).path.split(separator: "/", omittingEmptySubsequences: false)
    // In a link, two slashes would begin another host, and dots would mean another folder.
    let isPath = segments.dropFirst().allSatisfy { segment in
      let name = PercentEncoding.decode(String(segment)) ?? "."
      return !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 < 0x20 }
    }
    return isPath ? nil : "has a path that browsers would change"
  }

  /// The part before the path, and the path without slashes at its end.
  private static func parts(of text: String) -> (beginning: String, path: String) {
    guard let start = schemeEnd(of: text) else { return (text, "") }
    let slash = text.utf8[start...].firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
    var path = text[slash...]
    while path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
    return (String(text[..<slash]), String(path))
  }

  /// Where the host begins; nil when the scheme is not http or https.
  private static func schemeEnd(of text: String) -> String.Index? {
    let bytes = text.utf8
    for scheme in ["https://", "http://"] {
      let count = scheme.utf8.count
      if bytes.prefix(count).map(ASCII.lowercased).elementsEqual(scheme.utf8) {
        return bytes.index(bytes.startIndex, offsetBy: count)
      }
    }
    return nil
  }

  /// The URL that was probably meant; nil if there is no good guess.
  private static func repaired(_ text: String) -> String? {
    let visible = text.unicodeScalars.drop { $0.isInvisible || $0.properties.isWhitespace }
      .prefix { !$0.isInvisible && !$0.properties.isWhitespace }
    var rest = Array(String(visible).utf8)[...]
    let scheme = rest.prefix { $0 != UInt8(ascii: ":") }
    let name = String(decoding: scheme.map(ASCII.lowercased), as: UTF8.self)
    let afterScheme = rest[scheme.endIndex...].dropFirst()
    let hasScheme =
      !scheme.isEmpty && scheme.allSatisfy(ASCII.isLetter)
      && (name == "http" || name == "https" || afterScheme.starts(with: "//".utf8))
    if hasScheme { rest = afterScheme }
    rest = rest.drop { $0 == UInt8(ascii: "/") }.prefix {
      $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    let host = rest.prefix { $0 != UInt8(ascii: "/") }
    if hasScheme, let user = host.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(user + 1)...] }
    // A single word is more likely a mistake than a host.
    guard hasScheme || host.contains(UInt8(ascii: ".")) || host.starts(with: "localhost".utf8)
    else { return nil }
    let path = rest.split(separator: UInt8(ascii: "/"))
    let url = path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    return "\(name == "http" ? "http" : "https")://\(url)"
  }
}

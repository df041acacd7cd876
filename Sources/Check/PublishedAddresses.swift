import StoaAddresses
package import StoaModel

/// The addresses of a site that readers know, against those that it is about to have.
package struct PublishedAddresses {
  private let lines: [(number: Int, address: String)]
  private let file: String

  /// - Parameters:
  ///   - list: an addresses.txt, one encoded address a line.
  ///   - file: how diagnostics name it.
  package init(_ list: [UInt8], file: String) {
    self.file = file
    lines = list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in
        let text = String(
          decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        return text.isEmpty ? nil : (index + 1, text)
      }
  }

  /// An error for each address or anchor that vanished and has no alias.
  ///
  /// - Parameters:
  ///   - addresses: every address and anchor of the new site, encoded.
  ///   - redirects: its old addresses and where they lead, encoded: what is behind one keeps its anchors.
  package func vanished(
    from addresses: Set<String>, redirects: [String: String]
  ) -> [Diagnostic] {
    lines.compactMap { line in
      if addresses.contains(line.address) { return nil }
      let parts = line.address.split(separator: "#", maxSplits: 1)
      let path = String(parts.first ?? "")
      let fragment = parts.count > 1 ? String(parts[1]) : ""
      if !fragment.isEmpty, let target = redirects[path],
        addresses.contains("\(target)#\(fragment)")
      {
        return nil
      }
      let place = SourceLocation(file: file, line: line.number, column: 1)
      let pageIsThere = !fragment.isEmpty && (addresses.contains(path) || redirects[path] != nil)
      return pageIsThere
        ? Diagnostic(
          .vanishedAddress, at: place, "“\(path)” no longer has the anchor “\(fragment)”",
          suggestion: Self.isResponse(fragment)
            ? "keep the response's file, with removed: and a reason if its text must go"
            : "links to it lead to the top of the page now: keep the heading's words")
        : Diagnostic(
          .vanishedAddress, at: place, "nothing is at “\(line.address)” any more",
          suggestion: fragment.isEmpty
            ? "add it to the aliases of what takes its place" : "its page has gone")
    }
  }

  private static func isResponse(_ fragment: String) -> Bool { fragment.hasPrefix("response-") }
}

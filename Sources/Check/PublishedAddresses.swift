import StoaAddresses
package import StoaModel
import StoaYAML

/// Compares the addresses of a published site with those of a new version: every published address must still lead somewhere.
///
/// The check covers the pages of posts, pages, topics and contributors, the anchors of responses, and feeds. Lists and their
/// further pages, lists of changes, the archive and files of other kinds may disappear; a heading's new anchor is a warning.
/// All addresses are compared decoded.
package struct PublishedAddresses {
  /// The addresses of the new version, decoded.
  package struct Site {
    private let addresses: Set<String>
    /// The targets of redirects, by old address.
    private let redirects: [String: String]
    private let gone: [GoneAddress]
    private let unread: UnreadNames
    /// The anchors of each page, in order.
    fileprivate let anchors: [String: [String]]
    /// The removed addresses that are given as digests.
    private let digests: Set<String>
    private let gonePaths: Set<String>

    /// - Parameters:
    ///   - addresses: every address and anchor, encoded, in order.
    ///   - redirects: the old addresses and their targets, decoded.
    ///   - gone: the addresses that were removed on purpose.
    ///   - unread: items whose files cannot be read, which is reported already.
    package init(
      addresses: [String], redirects: [(from: String, to: String)], gone: [GoneAddress],
      unread: UnreadNames
    ) {
      let decoded = addresses.map { PercentEncoding.decode($0) ?? $0 }
      self.addresses = Set(decoded)
      self.redirects = Dictionary(redirects.map { ($0.from, $0.to) }) { first, _ in first }
      self.gone = gone
      self.unread = unread
      var anchors: [String: [String]] = [:]
      for address in decoded {
        let (page, fragment) = PublishedAddresses.parts(of: address)
        if let fragment { anchors[page, default: []].append(fragment) }
      }
      self.anchors = anchors
      var (digests, paths): (Set<String>, Set<String>) = ([], [])
      for entry in gone {
        switch entry.place {
        case .digest(let digest): digests.insert(digest)
        case .path(let path): paths.insert(path)
        }
      }
      self.digests = digests
      gonePaths = paths
    }

    func has(_ address: String) -> Bool { addresses.contains(address) }

    /// The current address of a page; nil if it is missing.
    func page(at path: String) -> String? {
      redirects[path] ?? (addresses.contains(path) ? path : nil)
    }

    /// Whether an address, its page or the page above it was removed on purpose, or is missing because its file cannot be read.
    func isExcused(_ address: String) -> Bool {
      let (path, _) = PublishedAddresses.parts(of: address)
      if unread.has(path: path) { return true }
      guard !gone.isEmpty else { return false }
      if isGone(address) || isGone(path) { return true }
      // An address below a removed page was removed with it.
      var end = path.utf8.endIndex
      while let slash = path.utf8[..<end].lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex
      {
        if isGone(String(path[...slash])) { return true }
        end = slash
      }
      return false
    }

    private func isGone(_ address: String) -> Bool {
      gonePaths.contains(address)
        || !digests.isEmpty && digests.contains(GoneAddress.digest(of: address))
    }
  }

  /// Decoded.
  private let lines: [(number: Int, address: String)]
  private let file: String

  /// - Parameters:
  ///   - list: an addresses.txt, with one address in each line.
  ///   - file: the file's name in diagnostics.
  package init(_ list: [UInt8], file: String) {
    self.file = file
    lines = list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in
        let text = String(
          decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        return text.isEmpty ? nil : (index + 1, PercentEncoding.decode(text) ?? text)
      }
  }

  /// The diagnostics for addresses that readers would miss.
  package func diagnostics(for site: Site) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var missing: Set<String> = []
    lazy var published = Set(lines.map(\.address))
    for line in lines where !site.has(line.address) {
      let (path, fragment) = Self.parts(of: line.address)
      guard let kind = KeptAddress(path), !site.isExcused(line.address),
        !Self.isOfChanges(path, published)
      else { continue }
      let place = SourceLocation(file: file, line: line.number, column: 1)
      switch (kind, fragment) {
      case (.page, let fragment?):
        guard let page = site.page(at: path) else {
          // The page is missing too, and is reported once.
          if missing.insert(path).inserted { diagnostics.append(Self.missingPage(path, at: place)) }
          continue
        }
        guard !site.has("\(page)#\(fragment)") else { continue }
        diagnostics.append(
          Self.isResponse(fragment)
            ? Self.missingResponse(fragment, on: path, at: place)
            : Self.missingHeading(
              fragment, on: path, now: page, among: site.anchors[page] ?? [], published, at: place))
      case (.page, nil):
        if site.page(at: path) == nil, missing.insert(path).inserted {
          diagnostics.append(Self.missingPage(path, at: place))
        }
      case (.feed, _):
        let page = String(path[...(path.lastIndex(of: "/") ?? path.startIndex)])
        if site.page(at: page) != nil {
          diagnostics.append(
            Diagnostic(
              .vanishedResponse, at: place,
              "“\(path)” was a conversation's feed, which has no responses any more"))
        } else if !missing.contains(page) {
          diagnostics.append(Self.missingPage(path, at: place))
        }
      }
    }
    return diagnostics
  }

  // MARK: Kinds

  /// Whether a path is the page with a conversation's changes.
  ///
  /// Such pages may disappear: git and the settings decide in each build whether they exist.
  private static func isOfChanges(_ path: String, _ published: Set<String>) -> Bool {
    let conversation = SiteAddress(path.hasSuffix("/changes/") ? String(path.dropLast(8)) : "")
    return SiteAddress.changes(of: conversation).path == path
      && !KeptAddress.isList(conversation.path)
      && published.contains(conversation.path)
  }

  /// The anchor of a response, or its anchor in the system from which it was imported.
  private static func isResponse(_ fragment: String) -> Bool {
    ["response-", "comment-"].contains { fragment.utf8.starts(with: $0.utf8) }
  }

  fileprivate static func parts(of address: String) -> (path: String, fragment: String?) {
    guard let sign = address.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (address, nil) }
    return (
      String(address[..<sign]), String(address[address.utf8.index(after: sign)...])
    )
  }

  // MARK: Diagnostics

  private static func missingPage(_ path: String, at place: SourceLocation) -> Diagnostic {
    let parts = path.pathParts()
    let kind = parts.first == "topics" ? "topic" : "contributor"
    // Report the name if the address follows from it.
    let name = KeptAddress.isTopicOrPerson(path) ? String(parts[1]) : ""
    let alias =
      !name.isEmpty && Slug.make(from: name) == name
      ? "write “aliases: [\(written(name))]” into the file of the \(kind) that replaces it"
      : "write “aliases: [\(written(path))]” into the file that replaces it"
    return Diagnostic(
      .vanishedAddress, at: place, "nothing is at “\(path)” any more",
      suggestion: "\(alias), or “\(written(path)): why it was removed” below “gone:” in stoa.yml")
  }

  private static func missingResponse(
    _ fragment: String, on path: String, at place: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .vanishedResponse, at: place, "“\(path)” no longer has the response “\(fragment)”",
      suggestion:
        "if it has another name now, write “aliases: [\(written(fragment))]” into its file")
  }

  private static func missingHeading(
    _ fragment: String, on path: String, now page: String, among anchors: [String],
    _ published: Set<String>, at place: SourceLocation
  ) -> Diagnostic {
    let headings = anchors.filter { !isResponse($0) }
    // Suggest the new heading if there is only one.
    let new = headings.filter { !published.contains("\(path)#\($0)") }
    let heading =
      Nearest.match(for: fragment, among: headings) ?? (new.count == 1 ? new[0] : nil)
    let advice =
      heading.map {
        "write “anchors: {\(written(fragment)): \(written($0))}” into its front matter"
      }
      ?? "write “anchors: {\(written(fragment)): …}” into its front matter with the anchor of the heading that replaces it"
    return Diagnostic(
      .vanishedHeading, at: place, "“\(path)” no longer has the anchor “\(fragment)”",
      suggestion:
        "\(advice), or “\(written("\(path)#\(fragment)")): why it was removed” below “gone:” in stoa.yml"
    )
  }

  /// A path, name or anchor as YAML on one line, in a form that a diagnostic shows unchanged.
  private static func written(_ text: String) -> String {
    let isSafe = text.printable == text && !text.utf8.contains(UInt8(ascii: "%"))
    return FrontMatterText.scalar(
      isSafe ? text : PercentEncoding.encode(text, keeping: PercentEncoding.url))
  }
}

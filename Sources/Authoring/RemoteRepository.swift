import StoaModel

/// The web address of a community's repository, derived from its git remote.
struct RemoteRepository: Equatable, Sendable {
  /// The URL without user, password or `.git`.
  let address: String
  let host: String
  /// Its path: owner, groups, name.
  let path: [String]

  /// Reads a remote's address in any form that git accepts; nil for a folder, and for anything that is not a repository on a forge.
  ///
  /// A user, password or token in it is dropped here and never shown.
  init?(remote: String) {
    var scheme = "https"
    let authority: Substring
    let path: Substring
    if let found = remote.firstRange(of: "://") {
      let rest = remote[found.upperBound...]
      switch remote[..<found.lowerBound].lowercased() {
      case "http": scheme = "http"
      case "https", "ssh", "git", "git+ssh", "ssh+git": break
      default: return nil
      }
      guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      authority = rest[..<slash]
      path = rest[slash...]
      // SSH's port is not the web server's.
      if !remote.lowercased().hasPrefix("http") {
        self.init(scheme: scheme, authority: Self.withoutPort(Self.withoutUser(authority)), path)
        return
      }
    } else {
      // git@forge.example:people/notes.git; a slash before the colon makes it a path.
      guard let colon = remote.utf8.firstIndex(of: UInt8(ascii: ":")),
        !remote[..<colon].utf8.contains(UInt8(ascii: "/"))
      else { return nil }
      authority = remote[..<colon]
      path = remote[colon...].dropFirst()
    }
    self.init(scheme: scheme, authority: Self.withoutUser(authority), path)
  }

  private init?(scheme: String, authority: Substring, _ path: Substring) {
    let host = Self.withoutPort(authority).lowercased()
    let isHost = !host.isEmpty && authority.utf8.allSatisfy { Self.isOfHost($0) }
    var parts = path.split(separator: "/").map(String.init)
    if let last = parts.last, last.hasSuffix(".git") {
      parts[parts.count - 1] = String(last.dropLast(4))
    }
    guard isHost, parts.count >= 2,
      parts.allSatisfy({ part in
        !part.isEmpty && !part.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
          && part.utf8.allSatisfy { Self.isOfPath($0) }
      })
    else { return nil }
    address = "\(scheme)://\(authority.lowercased())/\(parts.joined(separator: "/"))"
    self.host = host
    self.path = parts
  }

  /// The kind of forge, if its host name reveals it.
  var kind: Settings.Forge.Kind? {
    let labels = host.split(separator: ".").map(String.init)
    if labels.contains("github") { return .github }
    if labels.contains("gitlab") { return .gitlab }
    if labels.contains(where: { ["codeberg", "forgejo", "gitea"].contains($0) }) {
      return .forgejo
    }
    return nil
  }

  /// The URL at which the forge publishes the site, if it follows from the repository's name.
  var site: String? {
    guard path.count == 2, let owner = path.first?.lowercased(), let name = path.last else {
      return nil
    }
    switch host {
    case "github.com":
      return name.lowercased() == "\(owner).github.io"
        ? "https://\(owner).github.io" : "https://\(owner).github.io/\(name)"
    case "codeberg.org":
      return name == "pages"
        ? "https://\(owner).codeberg.page" : "https://\(owner).codeberg.page/\(name)"
    default: return nil
    }
  }

  /// The label of the forge's runners.
  var runner: String { host == "codeberg.org" ? "codeberg-small" : "docker" }

  /// The repository's own name.
  var name: String { path.last ?? "" }

  private static func withoutUser(_ authority: Substring) -> Substring {
    authority.utf8.lastIndex(of: UInt8(ascii: "@")).map {
      authority[authority.utf8.index(after: $0)...]
    } ?? authority
  }

  private static func withoutPort(_ authority: Substring) -> Substring {
    authority.prefix { $0 != ":" }
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ":")
  }

  private static func isOfPath(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
  }
}

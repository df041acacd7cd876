import StoaAddresses
import StoaHTML
import StoaLink
import StoaLoad
import StoaModel

/// Writes the new target of a reference in the form that its author used.
struct TargetWriter {
  /// The place of a document before and after the edit.
  struct Origin {
    let file: String
    let address: SiteAddress
    let newFile: String
    let newAddress: SiteAddress

    var hasMoved: Bool { file != newFile || address != newAddress }
  }

  private let relocation: Relocation
  private let own: OwnAddress?
  private let siteURL: String
  private let paths: Set<String>
  /// The new slugs: an item that had one of these names before needs another name.
  private let taken: Set<NameKey>
  /// The slug of each post and page by its address.
  private let slugs: [String: String]

  init(_ content: EditableCommunity, _ relocation: Relocation) {
    self.relocation = relocation
    var url = content.sources.settings.url[...]
    while url.hasSuffix("/") { url.removeLast() }
    siteURL = String(url)
    own = OwnAddress(content.sources.settings.url)
    paths = Set(content.paths)
    taken = Set(relocation.texts.values.map { NameKey($0) })
    slugs = Dictionary(
      content.community.conversations.map { ($0.address.path, $0.post.slug) }
        + content.community.pages.map { ($0.address.path, $0.page.slug) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The new target of a slot; nil if it does not change.
  func target(of slot: Slot, leadingTo target: LinkedBody.Target, from origin: Origin) -> String? {
    let address: SiteAddress
    switch target {
    case .site(let site, _), .image(let site, _, _), .medium(let site, _): address = site
    case .quote(let quotation, _): address = quotation.address
    case .none, .external, .unresolved: return nil
    }
    let written: String
    let new: String?
    switch slot.content {
    case .link(let text, _), .image(let text, _, _, _, _):
      (written, new) = (text, link(text, to: address, from: origin))
    case .wikilink(let text, _), .quote(let text, _):
      (written, new) = (text, wikilink(text, to: address, from: origin))
    case .mention(let handle):
      (written, new) = (handle, contributor(handle))
    case .embed(let file, _, _, _):
      (written, new) = (file, path(file, from: origin))
    case .code, .formula, .diagram, .word, .backLink: return nil
    }
    return new.flatMap { $0.utf8.elementsEqual(written.utf8) ? nil : $0 }
  }

  // MARK: Wikilinks

  private func contributor(_ handle: String) -> String? {
    relocation.contributors.first { NameKey($0.slug) == NameKey(handle) }?.new
  }

  private func wikilink(_ text: String, to address: SiteAddress, from origin: Origin) -> String? {
    if text.hasPrefix("@") { return contributor(String(text.dropFirst())).map { "@\($0)" } }
    if text.hasPrefix("topic:") {
      let name = String(text.dropFirst("topic:".utf8.count))
      return relocation.topics.first { $0.matches(name) || NameKey($0.slug) == NameKey(name) }
        .map { "topic:\($0.new)" }
    }
    let new = relocation.address(address)
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard new != address || origin.hasMoved || taken.contains(NameKey(name)) else { return nil }
    let newPage = new.path != address.path
    let newFragment = new.fragment != address.fragment ? new.fragment : nil
    let fragment = parts.count > 1 ? "#" + (newFragment ?? String(parts[1])) : ""
    guard !name.isEmpty else {
      // An anchor on the same page.
      if new.path == origin.newAddress.path { return newFragment.map { "#\($0)" } }
      return slug(at: address, new).map { $0 + fragment }
    }
    if !newPage {
      let isCaptured = taken.contains(NameKey(name)) && slugs[address.path] != nil
      let kept = isCaptured ? slugs[address.path] ?? name : name
      return kept + fragment
    }
    guard let old = slugs[address.path], let slug = slug(at: address, new) else { return nil }
    // A title or a former name does not change, unless the response moved to another post.
    let isBySlug = NameKey(Self.lastName(of: name)) == NameKey(old)
    let isOtherPost = relocation.texts[old] != slug
    return (isBySlug || isOtherPost ? slug : name) + fragment
  }

  /// The slug, after the edit, of the item at an address.
  private func slug(at old: SiteAddress, _ new: SiteAddress) -> String? {
    if let id = old.fragment.withoutPrefix("response-"), let post = relocation.post(at: old.path) {
      return relocation.response(Relocation.ResponseName(post: post, id: id)).post
    }
    return slugs[old.path].map { relocation.texts[$0] ?? $0 }
  }

  /// A name without its folders and `.md`, which other tools write.
  private static func lastName(of name: String) -> String {
    let last = name.pathParts().last.map(String.init) ?? name
    return last.hasSuffix(".md") ? String(last.dropLast(3)) : last
  }

  // MARK: Addresses

  private func link(_ text: String, to address: SiteAddress, from origin: Origin) -> String? {
    let new = relocation.address(address)
    let isEncoded = text.utf8.contains(UInt8(ascii: "%"))
    switch AddressPolicy.judge(text) {
    case .external, .mail:
      guard own?.path(in: text) != nil, new != address else { return nil }
      return siteURL + Self.spelled(new, isEncoded: isEncoded)
    case .refused: return nil
    case .fragment:
      guard new != address || origin.hasMoved else { return nil }
      if new.path == origin.newAddress.path {
        return new.fragment == address.fragment ? nil : "#" + new.fragment
      }
      return Self.spelled(new, isEncoded: isEncoded)
    case .relative:
      if text.hasPrefix("/") {
        guard new != address else { return nil }
        let written = Self.parts(of: text)
        let spelled = Self.spelled(new.with(query: written.query), isEncoded: isEncoded)
        // The fragment may differ from the anchor: authors may write a heading's text.
        guard new.fragment == address.fragment else { return spelled }
        return Self.spelled(SiteAddress(new.path), isEncoded: isEncoded)
          + written.query + written.fragment
      }
      return path(text, from: origin, to: address)
    }
  }

  /// A relative path as it must be after the edit; nil if it does not change.
  ///
  /// - Parameter target: its target, if that is a page of the site.
  func path(_ text: String, from origin: Origin, to target: SiteAddress? = nil) -> String? {
    let isEncoded = text.utf8.contains(UInt8(ascii: "%"))
    let written = Self.parts(of: text)
    let path = PercentEncoding.decode(written.path) ?? written.path
    guard !path.isEmpty else { return nil }
    let new = target.map { relocation.address($0) }
    // If the response moved to another page, its old page's file does not know it.
    let leavesPage =
      target.map {
        $0.fragment.hasPrefix("response-") && self.slug(at: $0, new ?? $0) != movedSlug(at: $0)
      }
      ?? false
    if !leavesPage, let file = file(at: path, in: origin.file.pathFolder) {
      let moved = movedPath(file)
      let relative = Self.relative(to: moved, from: origin.newFile.pathFolder)
      // A response's own file determines its anchor.
      let isOtherAnchor = new?.fragment != target?.fragment && !written.fragment.isEmpty
      guard
        moved != file || origin.newFile.pathFolder != origin.file.pathFolder || isOtherAnchor
      else { return nil }
      let fragment = isOtherAnchor ? "#\(new?.fragment ?? "")" : written.fragment
      return Self.spelled(relative, isEncoded: isEncoded) + written.query + fragment
    }
    guard let target, let new else {
      guard path.hasPrefix("/") else { return nil }
      let old = SiteAddress(path)
      let moved = relocation.address(old)
      return moved == old ? nil : Self.spelled(moved, isEncoded: isEncoded)
    }
    guard new != target || origin.hasMoved else { return nil }
    let fragment =
      new.fragment == target.fragment
      ? written.fragment : "#" + Self.encoded(new.fragment, isEncoded: isEncoded)
    if new.path == target.path,
      ContentPath.resolve(path, in: origin.newAddress.path).map({ "/" + $0 }) == "/"
        + new.path.dropFirst()
    {
      return new.fragment == target.fragment ? nil : written.path + written.query + fragment
    }
    // Absolute, so that the author need not count folders.
    return Self.spelled(SiteAddress(new.path), isEncoded: isEncoded) + written.query + fragment
  }

  private func movedSlug(at address: SiteAddress) -> String? {
    slugs[address.path].map { relocation.texts[$0] ?? $0 }
  }

  /// The file or folder of content that a relative path names; nil for none.
  private func file(at path: String, in folder: String) -> String? {
    guard !path.hasPrefix("/"), let file = ContentPath.resolve(path, in: folder) else { return nil }
    if paths.contains(file) { return file }
    let bundle = file.hasSuffix("/") ? String(file.dropLast()) : file
    if paths.contains("\(bundle)/index.md") { return file }
    guard file.hasSuffix(".md") else { return nil }
    let key = Slug.foldedKey(file)
    return relocation.files.keys.first { Slug.foldedKey($0) == key }
  }

  /// The path of a file, or of a bundle's folder, after the edit.
  private func movedPath(_ file: String) -> String {
    if let moved = relocation.files[file] { return moved }
    let slash = file.hasSuffix("/") ? "/" : ""
    let bundle = slash.isEmpty ? file : String(file.dropLast())
    guard let index = relocation.files["\(bundle)/index.md"] else { return file }
    return index.hasSuffix("/index.md") ? index.pathFolder + slash : index
  }

  private static func relative(to file: String, from folder: String) -> String {
    let isFolder = file.hasSuffix("/")
    var target = file.pathParts()[...]
    var base = folder.pathParts()[...]
    while let first = target.first, first == base.first, target.count > 1 {
      target.removeFirst()
      base.removeFirst()
    }
    let up = base.map { _ in "../" }.joined()
    return up + target.joined(separator: "/") + (isFolder ? "/" : "")
  }

  private static func parts(
    of text: String
  ) -> (path: String, query: String, fragment: String) {
    let sign = text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
    let before = text[..<sign]
    let mark = before.utf8.firstIndex(of: UInt8(ascii: "?")) ?? sign
    return (String(text[..<mark]), String(text[mark..<sign]), String(text[sign...]))
  }

  private static func spelled(_ address: SiteAddress, isEncoded: Bool) -> String {
    spelled(address.path, isEncoded: isEncoded) + address.query
      + (address.fragment.isEmpty ? "" : "#" + encoded(address.fragment, isEncoded: isEncoded))
  }

  /// A path for markdown and HTML: fully encoded if the author wrote it so, otherwise only where required.
  private static func spelled(_ path: String, isEncoded: Bool) -> String {
    encoded(path, isEncoded: isEncoded)
  }

  private static func encoded(_ text: String, isEncoded: Bool) -> String {
    if isEncoded { return PercentEncoding.encode(text, keeping: PercentEncoding.path) }
    var result = ""
    for scalar in text.unicodeScalars {
      let isSafe =
        !scalar.isASCII || " \"'()<>[]\\%#?&*`|".unicodeScalars.allSatisfy { $0 != scalar }
      result +=
        isSafe
        ? String(scalar)
        : PercentEncoding.encode(String(scalar), keeping: PercentEncoding.queryValue)
    }
    return result
  }
}

extension String {
  fileprivate func withoutPrefix(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.utf8.count)) : nil
  }
}

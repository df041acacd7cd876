import StoaAddresses
import StoaHTML
import StoaModel

extension SlotResolver {
  /// The result of a search for a file by its name.
  enum NamedFile {
    case found(SiteFile)
    /// Several files, with their paths.
    case ambiguous([String])
    case missing
  }

  /// A file beside the document or in content/static: by its path, or by its name if only one file has it.
  func file(called name: String) -> NamedFile {
    if let file = asset(atRelative: name) ?? book.index.assetsByFile["content/static/\(name)"] {
      return .found(file)
    }
    let folder = origin.file.pathFolder
    let files = (book.index.assetsByName[name] ?? []).filter {
      $0.asset.file.hasPrefix("content/static/") || $0.asset.file.hasPrefix("\(folder)/")
    }
    guard let first = files.first else { return .missing }
    return files.count == 1 ? .found(first) : .ambiguous(files.map(\.asset.file))
  }

  /// The target of `![[file]]`.
  mutating func embed(_ name: String, _ slot: Slot) -> LinkedBody.Target {
    switch file(called: name) {
    case .found(let file):
      if let medium = Medium(ofFile: name), medium.isPlayed { return .medium(file.address, medium) }
      return show(file, as: name, slot)
    case .ambiguous(let files):
      let names = files.sorted { $0.precedes($1) }.prefix(3).joined(separator: " and ")
      report(
        .ambiguousLink, slot, "“\(Self.shown(name))” is the name of \(names)",
        "write its path below content/static, or its path from here")
    case .missing:
      report(
        .missingImage, slot, "there is no file “\(Self.shown(name))”",
        "put it beside the post's index.md, or below content/static")
    }
    return .unresolved
  }

  /// A file of this site as an image.
  mutating func show(
    _ file: SiteFile, as address: String, query: String = "", fragment: String = "", _ slot: Slot
  ) -> LinkedBody.Target {
    if file.asset.width == nil, !file.asset.name.lowercased().hasSuffix(".svg") {
      report(
        .unreadableImage, slot, "“\(Self.shown(address))” is not an image that browsers show",
        "save it as PNG, JPEG, WebP, AVIF, GIF or SVG")
    }
    return .image(
      SiteAddress(file.address.path, fragment: fragment, query: query), width: file.asset.width,
      height: file.asset.height)
  }

  /// An audio or video file of this site; nil for everything else.
  func medium(_ address: String) -> LinkedBody.Target? {
    guard case .relative = AddressPolicy.judge(address) else { return nil }
    let path = Self.split(address).path
    guard let medium = Medium(ofFile: path), medium.isPlayed, let file = asset(atRelative: path)
    else { return nil }
    return .medium(file.address, medium)
  }

  /// Reports once for each document that images of other sites are not shown.
  mutating func reportRemoteImages(_ document: Document, _ targets: [LinkedBody.Target]) {
    var first: Slot?
    var count = 0
    for (slot, target) in zip(document.slots, targets) {
      guard case .external = target, case .image = slot.content else { continue }
      count += 1
      if first == nil { first = slot }
    }
    guard let first else { return }
    report(
      .remoteImage, first,
      count == 1
        ? "an image of another site is shown as a link, so that readers' browsers do not load it from there"
        : "\(count) images of other sites are shown as links, so that readers' browsers do not load them from there",
      "put a copy beside the post's index.md, or below content/static")
  }
}

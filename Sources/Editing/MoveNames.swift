import StoaAddresses
import StoaModel
import StoaYAML

extension MovePlanner {
  /// Renames a topic or contributor.
  mutating func rename(_ kind: NamedKind, _ name: String, to slug: String) throws(UsageError) {
    let item = try content.item(kind, named: name)
    try refuse(slug, of: kind, instead: item.slug)
    let renamed = Relocation.Name(
      slug: item.slug, keys: Self.keys(ofSlug: item.slug, title: item.title), new: slug)
    switch kind {
    case .topic: relocation.topics = [renamed]
    case .contributor: relocation.contributors = [renamed]
    }
    relocation.addresses[kind.address(of: item.slug).path] = kind.address(of: slug).path
    try renameFile(of: item, kind, to: slug)
  }

  /// The names that follow from the slug alone, and not from the title, which does not change.
  private static func keys(ofSlug slug: String, title: String) -> Set<NameKey> {
    NameKey(slug) == NameKey(title) ? [] : [NameKey(slug)]
  }

  /// Moves the file of an item, or creates one: former names need a file.
  private mutating func renameFile(
    of item: NamedItem, _ kind: NamedKind, to slug: String
  ) throws(UsageError) {
    let path = "\(kind.folder)/\(slug).md"
    let former = Self.alias(item.slug, at: path)
    guard let file = item.file else {
      var matter = FrontMatterText()
      matter.add(kind.nameKey, item.title)
      matter.add("aliases", [former])
      draft.make(path, Array("---\n".utf8) + matter.bytes + Array("---\n".utf8))
      return
    }
    try movePath(file, to: path)
    try draft.edit(file) { editor in
      // Without a name in its file, it had the name that other documents use, which changes now.
      guard editor.has(kind.nameKey) || editor.set(kind.nameKey, item.title) else { return false }
      let key = NameKey(slug)
      let changed = editor.change {
        let isSelf = NameKey($0.text) == key || $0.text.hasSuffix("/\(slug)/")
        return $0.key == "aliases" && isSelf ? .remove : .keep
      }
      return changed.failures.isEmpty && editor.append(former, to: "aliases")
    }
  }

  /// A former slug as an alias: an address, if the name would have another address.
  static func alias(_ slug: String, at file: String) -> String {
    if Slug.make(from: slug).utf8.elementsEqual(slug.utf8) { return slug }
    return "/" + file.pathParts().dropFirst().dropLast().joined(separator: "/") + "/\(slug)/"
  }

  /// Refuses a slug that is invalid, or that is a name of another item.
  private func refuse(
    _ slug: String, of kind: NamedKind, instead old: String
  ) throws(UsageError) {
    if let problem = Slug.problem(in: slug) {
      let made = Slug.make(from: slug)
      throw UsageError(
        "“\(slug)” cannot be part of an address: \(problem)"
          + (made.isEmpty ? "" : "; write \(made), and the name itself into the file"))
    }
    guard slug != old else { throw UsageError("the \(kind.rawValue) is called “\(slug)”") }
    let key = NameKey(slug)
    for other in content.items(kind) where other.slug != old && other.has(key) {
      throw UsageError(
        "“\(slug)” is a name of “\(other.slug)”: stoa merge \(kind.rawValue) \(old) \(other.slug) merges the two"
      )
    }
  }
}

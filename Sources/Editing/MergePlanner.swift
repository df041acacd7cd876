import StoaAddresses
import StoaLink
import StoaLoad
package import StoaModel
import StoaYAML

extension EditableCommunity {
  /// Plans to merge two topics or contributors: the second one gets the first one's names as aliases.
  package func planMerge(
    _ kind: NamedKind, _ old: String, into new: String
  ) throws(UsageError) -> EditPlan {
    let bare = { (name: String) in
      name.hasPrefix(kind.sign) ? String(name.dropFirst(kind.sign.utf8.count)) : name
    }
    let (from, into) = (try item(kind, named: bare(old)), try item(kind, named: bare(new)))
    guard from.slug != into.slug else {
      throw UsageError("“\(old)” and “\(new)” are the same \(kind.rawValue) already")
    }
    var draft = Draft(self)
    var relocation = Relocation(community)
    let name = Relocation.Name(
      slug: from.slug, keys: Set(from.names.map { NameKey($0) }), new: into.slug)
    switch kind {
    case .topic: relocation.topics = [name]
    case .contributor: relocation.contributors = [name]
    }
    relocation.addresses[kind.address(of: from.slug).path] = kind.address(of: into.slug).path
    try take(from, into: into, kind, &draft)
    draft.take(ReferenceRewriter(self, relocation).results(of: draft))
    if let file = from.file { draft.remove(file) }
    draft.noteUnread(relocation)
    return draft.plan
  }

  /// Gives one file the names of another, and the values of keys that it lacks.
  private func take(
    _ old: NamedItem, into new: NamedItem, _ kind: NamedKind, _ draft: inout Draft
  ) throws(UsageError) {
    var known = Set(new.names.map { NameKey($0) })
    // The slug always becomes an alias, so that its page redirects.
    let former = MovePlanner.alias(old.slug, at: "\(kind.folder)/\(old.slug).md")
    let names = ([former] + old.names).filter { known.insert(NameKey($0)).inserted }
    guard let file = new.file else {
      var matter = FrontMatterText()
      matter.add(kind.nameKey, new.title)
      matter.add("aliases", names)
      draft.make(
        "\(kind.folder)/\(new.slug).md", Array("---\n".utf8) + matter.bytes + Array("---\n".utf8))
      if let oldFile = old.file {
        draft.note(
          "the content of \(oldFile) is not copied into the new file; git's history keeps it")
      }
      return
    }
    try draft.edit(file) { editor in
      // A topic cannot be part of itself.
      if let parent = editor.texts(of: "parent").first,
        old.has(NameKey(parent)),
        !editor.remove("parent")
      {
        return false
      }
      guard editor.has(kind.nameKey) || editor.set(kind.nameKey, new.title) else { return false }
      for name in names where !editor.append(name, to: "aliases") { return false }
      return true
    }
    guard let oldFile = old.file, let bytes = files[oldFile],
      let editor = FrontMatterEditor(bytes)
    else { return }
    for key in ["order", "claims"] {
      let there = draft.texts(of: key, in: file)
      for text in editor.texts(of: key) where !there.contains(text) && !text.isEmpty {
        try draft.edit(file) { $0.append(text, to: key) }
      }
    }
    let silent: Set = [kind.nameKey, "aliases", "order", "claims"]
    for entry in editor.entries where !silent.contains(entry.key) {
      draft.note("\(oldFile): its “\(entry.key)” is not copied; git's history keeps it")
    }
    let body = String(decoding: FrontMatter.body(of: bytes), as: UTF8.self).withoutOuterSpace
    guard !body.isEmpty else { return }
    if let target = draft[file],
      String(decoding: FrontMatter.body(of: target), as: UTF8.self).withoutOuterSpace.isEmpty
    {
      draft.set(file, target + Array("\n".utf8) + Array(body.utf8) + Array("\n".utf8))
    } else {
      draft.note("\(oldFile): its text is not copied; git's history keeps it")
    }
  }
}

extension FrontMatter {
  /// The body of a file, without its front matter.
  static func body(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes[FrontMatter(bytes, file: "").bodyStart...]
  }
}

extension String {
  /// The text without white space at its ends.
  var withoutOuterSpace: String {
    let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
    var bytes = Array(utf8)[...].drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import StoaAddresses
import StoaLink
import StoaLoad
package import StoaModel
import StoaYAML

extension EditableCommunity {
  /// Plans to rename or move an item, and to update every reference to it.
  ///
  /// - Parameters:
  ///   - old: in a wikilink's form, or a path.
  ///   - new: likewise, of the same kind; a response may move to another post.
  ///   - folder: the working folder, which paths are relative to.
  package func planMove(
    of old: String, to new: String, from folder: String
  ) throws(UsageError) -> EditPlan {
    var planner = MovePlanner(self)
    try planner.move(
      ItemName(old, folder: folder, root: root), old, to: ItemName(new, folder: folder, root: root),
      new)
    return planner.plan
  }
}

/// Computes the changes of a move.
struct MovePlanner {
  let content: EditableCommunity
  var draft: Draft
  var relocation: Relocation

  init(_ content: EditableCommunity) {
    self.content = content
    draft = Draft(content)
    relocation = Relocation(content.community)
  }

  var plan: EditPlan { draft.plan }

  var sources: Sources { content.sources }

  mutating func move(
    _ old: ItemName, _ oldText: String, to new: ItemName, _ newText: String
  ) throws(UsageError) {
    switch (old, new) {
    case (.topic(let name), .topic(let slug)), (.topic(let name), .text(let slug)):
      try rename(.topic, name, to: slug)
    case (.contributor(let name), .contributor(let handle)),
      (.contributor(let name), .text(let handle)):
      try rename(.contributor, name, to: handle)
    case (.response(let post, let id), .response(let target, let newID)):
      try moveResponse(post, id, to: target.isEmpty ? post : target, newID)
    case (.response(let post, let id), .text(let target)):
      try moveResponse(post, id, to: target, id)
    case (.text, .text), (.text, .file), (.file, .text), (.file, .file):
      try moveText(old, to: new)
    default:
      throw UsageError(
        "“\(oldText)” and “\(newText)” are of different kinds: write slug, slug#response-id, topic:name or @handle for both"
      )
    }
    draft.take(ReferenceRewriter(content, relocation).results(of: draft))
    draft.noteUnread(relocation)
  }

  // MARK: Posts and pages

  private enum TextItem {
    case post(Loaded<Post>)
    case page(Loaded<Page>)

    var file: String {
      switch self {
      case .post(let post): post.item.file
      case .page(let page): page.item.file
      }
    }

    var slug: String {
      switch self {
      case .post(let post): post.item.slug
      case .page(let page): page.item.slug
      }
    }
  }

  private mutating func moveText(_ old: ItemName, to new: ItemName) throws(UsageError) {
    let item = try text(old)
    var target: String
    var folder: String
    // A post that gets files beside it needs a folder of its own.
    var becomesBundle = false
    switch new {
    case .file(let path):
      target = Self.slug(ofFile: path)
      folder = Self.folder(ofText: path)
      let isPost = if case .post = item { true } else { false }
      guard path.hasPrefix(isPost ? "content/posts/" : "content/pages/") else {
        throw UsageError("\(item.file) cannot become \(path): posts and pages are different kinds")
      }
      becomesBundle = isPost && path.hasSuffix("/index.md")
    case .text(let slug):
      target = slug
      folder = Self.folder(ofText: item.file)
    default: return
    }
    if target.hasSuffix(".md") { target = String(target.dropLast(3)) }
    let isBundle = item.file.hasSuffix("/index.md")
    let file =
      isBundle || becomesBundle ? "\(folder)/\(target)/index.md" : "\(folder)/\(target).md"
    guard file != item.file else { throw UsageError("\(item.file) is in this place already") }
    try refuse(slug: target, instead: item.slug)
    folder = item.file.pathFolder
    for path in content.paths where isBundle && path.hasPrefix("\(folder)/") {
      try movePath(path, to: file.pathFolder + path.dropFirst(folder.utf8.count))
    }
    if !isBundle { try movePath(item.file, to: file) }
    guard target != item.slug else { return }
    relocation.texts[item.slug] = target
    switch item {
    case .post(let post): try renamePost(post, to: target)
    case .page(let page): try renamePage(page, to: target)
    }
  }

  private mutating func renamePost(_ post: Loaded<Post>, to slug: String) throws(UsageError) {
    let old = post.item.slug
    for path in content.paths where path.hasPrefix("content/responses/\(old)/") {
      try movePath(
        path, to: "content/responses/\(slug)/" + path.dropFirst("content/responses/\(old)/".count))
    }
    guard let conversation = content.community.conversations.first(where: { $0.post.slug == old })
    else {
      throw UsageError("\(post.item.file) has errors, which stoa check reports: fix them first")
    }
    let new = Permalinks.address(
      pattern: sources.settings.permalinks, slug: slug, day: conversation.date.day)
    relocation.addresses[conversation.address.path] = new.path
    try leaveAlias(conversation.address.path, at: new.path, in: post.item.file)
  }

  private mutating func renamePage(_ page: Loaded<Page>, to slug: String) throws(UsageError) {
    let (old, new) = (SiteAddress.page(page.item.slug), SiteAddress.page(slug))
    relocation.pages[old.path] = new.path
    try leaveAlias(old.path, at: new.path, in: page.item.file)
  }

  /// Adds the old address to the aliases, and removes the new one from them.
  private mutating func leaveAlias(
    _ old: String, at new: String, in file: String
  ) throws(UsageError) {
    try draft.edit(file) { editor in
      let isNew = { (alias: String) in
        var path = PercentEncoding.decode(alias) ?? alias
        if !path.hasPrefix("/") { path = "/\(path)" }
        if !path.hasSuffix("/") { path += "/" }
        return path.utf8.elementsEqual(new.utf8)
      }
      let changed = editor.change { $0.key == "aliases" && isNew($0.text) ? .remove : .keep }
      return changed.failures.isEmpty && editor.append(old, to: "aliases")
    }
  }

  private func text(_ name: ItemName) throws(UsageError) -> TextItem {
    let isMeant: (String, String) -> Bool
    switch name {
    case .file(let path):
      isMeant = { file, _ in file == path || file == "\(path)/index.md" }
    case .text(let slug): isMeant = { $1.utf8.elementsEqual(slug.utf8) }
    default: isMeant = { _, _ in false }
    }
    let posts = sources.posts.filter { isMeant($0.item.file, $0.item.slug) }
    if let post = posts.first {
      guard posts.count == 1 else {
        throw UsageError(
          "“\(post.item.slug)” is the slug of \(posts.map(\.item.file).joined(separator: " and ")): write a path"
        )
      }
      return .post(post)
    }
    if let page = sources.pages.first(where: { isMeant($0.item.file, $0.item.slug) }) {
      return .page(page)
    }
    let shown =
      switch name {
      case .text(let slug): slug
      case .file(let path): path
      default: ""
      }
    let known = sources.posts.map(\.item.slug) + sources.pages.map(\.item.slug)
    let nearest = Nearest.match(for: shown, among: known)
    throw UsageError(
      "there is no post or page “\(shown)”"
        + (nearest.map { ": did you mean “\($0)”?" }
          ?? ": name it by its slug, or by the path of its file"))
  }

  /// Refuses a slug that is invalid, or that another post or page has or had.
  private func refuse(slug: String, instead old: String) throws(UsageError) {
    if let problem = Slug.problem(in: slug) {
      throw UsageError("“\(slug)” cannot be part of an address: \(problem)")
    }
    let key = Slug.foldedKey(slug)
    let others =
      sources.posts.map { ($0.item.slug, $0.item.file, $0.item.aliases) }
      + sources.pages.map { ($0.item.slug, $0.item.file, $0.item.aliases) }
    for (other, file, aliases) in others where other != old {
      if Slug.foldedKey(other) == key { throw UsageError("\(file) has the name “\(slug)”") }
      let isAlias = aliases.contains { alias in
        alias.value.pathParts().last.map { Slug.foldedKey(String($0)) } == key
      }
      if isAlias {
        throw UsageError(
          "“\(slug)” is an old address of \(file), and links to it would lead elsewhere: choose another name"
        )
      }
    }
    if slug != old,
      content.paths.contains(where: { $0.hasPrefix("content/responses/\(slug)/") })
    {
      throw UsageError("content/responses/\(slug) has responses to another post")
    }
  }

  private static func slug(ofFile path: String) -> String {
    var parts = path.pathParts().map(String.init)
    if parts.last == "index.md" { parts.removeLast() }
    let name = parts.last ?? ""
    return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
  }

  /// The folder of a document's file or bundle.
  private static func folder(ofText path: String) -> String {
    path.hasSuffix("/index.md") ? path.pathFolder.pathFolder : path.pathFolder
  }

  mutating func movePath(_ path: String, to new: String) throws(UsageError) {
    guard !content.paths.contains(new) || relocation.files.keys.contains(new) else {
      throw UsageError("\(new) exists already")
    }
    relocation.files[path] = new
    draft.move(path, to: new)
  }
}

extension String {
  var trimmedOfSlash: String {
    hasSuffix("/") ? String(dropLast()).trimmedOfSlash : self
  }
}

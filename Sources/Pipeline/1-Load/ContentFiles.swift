import StoaAddresses
import StoaImages
import StoaModel
import StoaSystem

/// The files of `content/`, classified by their folders.
struct ContentFiles {
  /// A markdown file that becomes an item.
  struct Item: Sendable, Equatable {
    /// Relative to the folder of stoa.yml.
    let file: String
    /// The slug, handle or id from the file's name.
    let name: String
    /// For a response: the folder's name.
    let folder: String
    /// The diagnostics about the files of the item's bundle.
    var diagnostics: [Diagnostic] = []
  }

  private(set) var posts: [Item] = []
  private(set) var responses: [Item] = []
  private(set) var contributors: [Item] = []
  private(set) var topics: [Item] = []
  private(set) var pages: [Item] = []
  /// Files to copy: the path relative to the folder of stoa.yml, and the name on the site.
  private(set) var postAssets: [String: [Asset]] = [:]
  private(set) var contributorAssets: [Asset] = []
  private(set) var statics: [Asset] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Files that do not become items, because of their names, places or types.
  private(set) var unread: [UnreadFile] = []

  private let root: RootFolder
  private let context: ReadingContext
  private let cache: LoadCache?
  private let jobs: Int
  private static let folders = ["posts", "responses", "contributors", "topics", "pages", "static"]
  private static let maximumDepth = 16
  private static let depthAdvice = "folders go \(maximumDepth) deep"

  init(
    root: RootFolder, context: ReadingContext, cache: LoadCache?, jobs: Int
  ) async throws(InputError) {
    self.init(empty: root, context, cache, jobs: jobs)
    if let obstacle = FolderReader.obstacle(at: "\(root.path)/content") {
      diagnostics.append(Diagnostic(obstacle: obstacle, at: "content"))
      return
    }
    let entries = try list("content")
    // There may be as many folders of responses as posts, so both are listed in parallel.
    let holdsPosts = (entries ?? []).contains { $0.name == "posts" && $0.kind == .folder }
    let empty = ContentFiles(empty: root, context, cache, jobs: jobs)
    async let reading = holdsPosts ? empty.withPosts("content/posts") : .success(empty)
    for entry in entries ?? [] {
      guard let name = visibleName(entry, in: "content") else { continue }
      let path = "content/\(name)"
      switch (name, entry.kind) {
      case ("posts", .folder): break
      case ("responses", .folder): try await readResponses(path)
      case ("contributors", .folder): try readContributors(path)
      case ("topics", .folder): topics = try readItems(path, .topic)
      case ("pages", .folder): pages = try readItems(path, .page)
      case ("static", .folder): statics = try assets(in: path, below: "", depth: 0)
      default:
        let advice = "content has posts, responses, contributors, topics, pages and static"
        // A file in place of such a folder is reported to every audience, because its content may be missing for all of them.
        if Self.folders.contains(name) {
          diagnostics.append(stray(path, entry, advice))
        } else {
          reportStray(path, entry, advice)
        }
      }
    }
    let withPosts = try await reading.get()
    posts = withPosts.posts
    postAssets = withPosts.postAssets
    diagnostics += withPosts.diagnostics
    unread += withPosts.unread
  }

  private init(
    empty root: RootFolder, _ context: ReadingContext, _ cache: LoadCache?, jobs: Int
  ) {
    self.root = root
    self.context = context
    self.cache = cache
    self.jobs = jobs
  }

  private func list(_ path: String) throws(InputError) -> [FolderReader.Entry]? {
    if let cache {
      try cache.list(path, in: root)
    } else {
      try FolderReader.list(path, in: root)
    }
  }

  private func withPosts(_ path: String) -> Result<ContentFiles, InputError> {
    Result { () throws(InputError) in
      var files = self
      try files.readPosts(path, depth: 0)
      return files
    }
  }

  /// Posts and bundles; other folders only group them.
  private mutating func readPosts(_ path: String, depth: Int) throws(InputError) {
    let entries = try list(path) ?? []
    for entry in entries {
      guard let name = visibleName(entry, in: path) else { continue }
      let file = "\(path)/\(name)"
      switch entry.kind {
      case .file:
        guard let slug = slug(of: name) else {
          reportStray(
            file, entry, "put files of a post into its own folder, beside index.md", .post)
          continue
        }
        if accept(slug, file, .post) { posts.append(Item(file: file, name: slug, folder: "")) }
      case .folder where try isBundle(file):
        guard accept(name, file, .post, text: "\(file)/index.md") else { continue }
        var bundle = ContentFiles(empty: root, context, cache, jobs: jobs)
        let assets = try bundle.assets(in: file, below: "", depth: 0, isBundle: true)
        if !assets.isEmpty { postAssets[name, default: []] += assets }
        // The bundle's files have the same audience as its document.
        posts.append(
          Item(
            file: "\(file)/index.md", name: name, folder: "", diagnostics: bundle.diagnostics))
        unread += bundle.unread
      case .folder where depth < Self.maximumDepth: try readPosts(file, depth: depth + 1)
      case .folder: reportStray(file, entry, Self.depthAdvice)
      case .other: reportStray(file, entry, "", .post)
      }
    }
  }

  private func isBundle(_ path: String) throws(InputError) -> Bool {
    try list(path)?.contains { $0.name == "index.md" } ?? false
  }

  private mutating func readResponses(_ path: String) async throws(InputError) {
    // Every post may have a folder here, so there are thousands to list.
    let empty = ContentFiles(empty: root, context, cache, jobs: jobs)
    let parts = await mapInSlices(try list(path) ?? [], jobs: jobs) { folder in
      Result { () throws(InputError) in
        var part = empty
        try part.readResponses(in: folder, of: path)
        return part
      }
    }
    for part in parts {
      let part = try part.get()
      responses += part.responses
      diagnostics += part.diagnostics
      unread += part.unread
    }
  }

  private mutating func readResponses(
    in folder: FolderReader.Entry, of path: String
  ) throws(InputError) {
    guard let post = visibleName(folder, in: path) else { return }
    let below = "\(path)/\(post)"
    guard folder.kind == .folder else {
      reportStray(
        below, folder, "put responses into a folder named after their post", .response(post: post))
      return
    }
    guard accept(post, below, .other) else { return }
    for entry in try list(below) ?? [] {
      guard let name = visibleName(entry, in: below) else { continue }
      let file = "\(below)/\(name)"
      guard entry.kind == .file, let id = slug(of: name) else {
        reportStray(file, entry, "a response is a markdown file", .response(post: post))
        continue
      }
      guard Slug.isResponseId(id) else {
        reportName(
          file, "“\(id)” cannot be a response's id", "use up to 128 of a-z, 0-9 and -",
          .response(post: post), name: id)
        continue
      }
      responses.append(Item(file: file, name: id, folder: post))
    }
  }

  private mutating func readContributors(_ path: String) throws(InputError) {
    for entry in try list(path) ?? [] {
      guard let name = visibleName(entry, in: path) else { continue }
      let file = "\(path)/\(name)"
      if entry.kind == .file, let handle = slug(of: name) {
        if accept(handle, file, .contributor) {
          contributors.append(Item(file: file, name: handle, folder: ""))
        }
      } else if entry.kind == .file, Self.isImage(name) {
        if let problem = assetProblem(name, file) {
          leave(file, .other, name: name, problem)
        } else {
          contributorAssets.append(asset(file, name: name))
        }
      } else {
        reportStray(
          file, entry, "contributors are markdown files, with images beside them", .contributor)
      }
    }
  }

  private mutating func readItems(
    _ path: String, _ kind: UnreadFile.Kind
  ) throws(InputError) -> [Item] {
    var items: [Item] = []
    for entry in try list(path) ?? [] {
      guard let name = visibleName(entry, in: path) else { continue }
      let file = "\(path)/\(name)"
      guard entry.kind == .file, let slug = slug(of: name) else {
        reportStray(file, entry, "this folder holds markdown files", kind)
        continue
      }
      if accept(slug, file, kind) { items.append(Item(file: file, name: slug, folder: "")) }
    }
    return items
  }

  /// All files below a folder.
  ///
  /// Other markdown files in a bundle are not assets: a draft beside a post is not for readers.
  private mutating func assets(
    in path: String, below prefix: String, depth: Int, isBundle: Bool = false
  ) throws(InputError) -> [Asset] {
    var found: [Asset] = []
    for entry in try list(path) ?? [] {
      if entry.name == nil {
        diagnostics.append(Self.unreadableName(of: entry, in: path))
        continue
      }
      guard let name = visibleName(entry, in: path, allowsDots: !isBundle) else { continue }
      let file = "\(path)/\(name)"
      if isBundle, depth == 0, name == "index.md", entry.kind == .file { continue }
      switch entry.kind {
      case .file where isBundle && name.hasSuffix(".md"):
        reportStray(file, entry, "a bundle has one document, index.md")
      case .file:
        if accept(asset: name, file) { found.append(asset(file, name: prefix + name)) }
      case .folder where depth < Self.maximumDepth:
        guard accept(asset: name, file) else { continue }
        found += try assets(
          in: file, below: "\(prefix)\(name)/", depth: depth + 1, isBundle: isBundle)
      case .folder, .other: diagnostics.append(stray(file, entry, Self.depthAdvice))
      }
    }
    return found
  }

  private func asset(_ file: String, name: String) -> Asset {
    let size = Self.isImage(name) ? FileReader.imageSize(of: file, in: root) : nil
    return Asset(file: file, name: name, width: size?.width, height: size?.height)
  }

  private static func isImage(_ name: String) -> Bool {
    let lower = name.lowercased()
    return [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"].contains {
      lower.hasSuffix($0)
    }
  }

  /// Whether a file has a markdown extension other than `.md`.
  private static func isMarkdown(_ file: String) -> Bool {
    let lower = file.lowercased()
    return !file.hasSuffix(".md")
      && [".md", ".markdown", ".mdown", ".mkd"].contains { lower.hasSuffix($0) }
  }

  private func slug(of name: String) -> String? {
    name.hasSuffix(".md") ? String(name.dropLast(3)) : nil
  }

  /// The entry's name, or nil when it is hidden or not UTF-8.
  private mutating func visibleName(
    _ entry: FolderReader.Entry, in path: String, allowsDots: Bool = false
  ) -> String? {
    guard let name = entry.name else {
      let problem = Self.unreadableName(of: entry, in: path)
      leave(problem.location.file, .other, name: "", problem)
      return nil
    }
    let isHidden =
      name.hasPrefix(".")
      && !(allowsDots && name == ".well-known" || allowsDots && name == ".nojekyll")
    return isHidden ? nil : name
  }

  private static func unreadableName(of entry: FolderReader.Entry, in path: String) -> Diagnostic {
    let file = "\(path)/\(String(decoding: entry.rawName, as: UTF8.self))"
    return Diagnostic(
      .invalidName, at: SourceLocation(file: file.printable), "the name is not UTF-8",
      suggestion: "rename it")
  }

  /// - Parameter text: the file that determines the item's audience, if the name is a folder's.
  private mutating func accept(
    _ slug: String, _ file: String, _ kind: UnreadFile.Kind, text: String? = nil
  ) -> Bool {
    guard let problem = Slug.problem(in: slug) else { return true }
    reportName(
      file, "“\(slug)” cannot be part of an address: \(problem)",
      "use letters, digits, and . _ - between them", kind, name: slug, text: text)
    return false
  }

  /// Reports a file that belongs to a post, or is in a folder for every audience.
  private mutating func accept(asset name: String, _ file: String) -> Bool {
    guard let problem = assetProblem(name, file) else { return true }
    diagnostics.append(problem)
    return false
  }

  private func assetProblem(_ name: String, _ file: String) -> Diagnostic? {
    AssetName.problem(in: name).map { problem in
      Diagnostic(
        .invalidName, at: SourceLocation(file: file.printable),
        "the file name is not portable: \(problem)", suggestion: "rename it")
    }
  }

  private mutating func reportName(
    _ file: String, _ message: String, _ suggestion: String, _ kind: UnreadFile.Kind,
    name: String, text: String? = nil
  ) {
    let diagnostic = Diagnostic(
      .invalidName, at: SourceLocation(file: file.printable), message, suggestion: suggestion)
    leave(text ?? file, kind, name: name, diagnostic)
  }

  /// - Parameter kind: the kind of item that a file of the name would be in this place.
  private mutating func reportStray(
    _ file: String, _ entry: FolderReader.Entry, _ suggestion: String,
    _ kind: UnreadFile.Kind = .other
  ) {
    let diagnostic = stray(file, entry, suggestion)
    let name = entry.name ?? ""
    guard case .other = entry.kind, kind != .other, let slug = slug(of: name) ?? Self.folder(name)
    else {
      // A stray file among responses has the same audience as they have.
      let isResponse = if case .response = kind { true } else { false }
      leave(file, isResponse ? kind : .other, name: slug(of: name) ?? name, diagnostic)
      return
    }
    // The target of a link is unknown.
    unread.append(
      UnreadFile(
        kind: kind, file: file, name: slug, title: nil, visibility: .unknown,
        diagnostics: [diagnostic]))
  }

  /// A valid name for a folder of items.
  private static func folder(_ name: String) -> String? {
    name.utf8.contains(UInt8(ascii: ".")) ? nil : name
  }

  /// Skips a file that is no item because of its name or place; its own content determines its audience, or it has the narrowest.
  private mutating func leave(
    _ file: String, _ kind: UnreadFile.Kind, name: String, _ diagnostic: Diagnostic
  ) {
    let written = VisibilityScan.flawed(file, in: root, context)
    unread.append(
      UnreadFile(
        kind: kind, file: file, name: name, title: nil,
        visibility: written.isCertain ? written : .narrowest, diagnostics: [diagnostic]))
  }

  private func stray(
    _ file: String, _ entry: FolderReader.Entry, _ suggestion: String
  ) -> Diagnostic {
    let location = SourceLocation(file: file.printable)
    if case .other(let kind) = entry.kind {
      return Diagnostic(
        .notARegularFile, at: location, "this is \(kind), which a build never follows",
        suggestion: "put a copy of the file in its place")
    }
    return Diagnostic(
      .strayFile, at: location,
      "a build does not use this \(entry.kind == .folder ? "folder" : "file")",
      suggestion: Self.isMarkdown(file) ? "name it .md" : suggestion)
  }
}

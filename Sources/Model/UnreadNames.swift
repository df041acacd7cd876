/// Names of existing files that the build does not use, because they, or what they answer, could not be read.
///
/// Their errors are reported once; a reference to one of them is not another error.
package struct UnreadNames: Sendable {
  /// Slugs of posts.
  package private(set) var posts: Set<String> = []
  /// By post and id.
  package private(set) var responses: Set<String> = []
  /// Paths relative to the folder of stoa.yml.
  private var files: Set<String> = []
  /// Slugs, handles and titles of all kinds except responses.
  private var names: Set<String> = []

  package init() {}

  package var isEmpty: Bool { files.isEmpty }

  package mutating func add(file: String, name: String, title: String? = nil) {
    files.insert(file)
    names.insert(name)
    if let title { names.insert(title) }
  }

  package mutating func add(post slug: String, file: String, title: String? = nil) {
    posts.insert(slug)
    add(file: file, name: slug, title: title)
  }

  package mutating func add(response id: String, to post: String, file: String) {
    responses.insert("\(post)/\(id)")
    files.insert(file)
  }

  /// Whether a post, page, topic or contributor has this slug, handle or title.
  package func has(name: String) -> Bool { !names.isEmpty && names.contains(name) }

  package func has(response id: String, to post: String) -> Bool {
    !files.isEmpty && (posts.contains(post) || responses.contains("\(post)/\(id)"))
  }

  /// Whether a path leads to one of the files, to one of their pages, or to a file beside them.
  package func has(path: String) -> Bool {
    guard !files.isEmpty else { return false }
    if files.contains(path) { return true }
    return path.split(separator: "/").contains { part in
      names.contains(part.hasSuffix(".md") ? String(part.dropLast(3)) : String(part))
    }
  }
}

import Stoa
import StoaAddresses
import StoaLoad
package import StoaModel
import StoaSystem
import StoaYAML

/// What `stoa new` makes.
package enum NewItem: Sendable {
  /// - Parameter origin: the post or response in which it began.
  case post(kind: Post.Kind, isDraft: Bool, origin: NewOrigin? = nil)
  case page
  case topic
  case contributor

  var folder: String {
    switch self {
    case .post: "posts"
    case .page: "pages"
    case .topic: "topics"
    case .contributor: "contributors"
    }
  }
}

/// The post or response in which a new post began.
package struct NewOrigin: Sendable {
  /// A slug, or `slug#response-<id>`.
  let name: String
  let topics: [String]
}

extension AuthoringContext {
  /// Finds the post or response in which a new post begins.
  ///
  /// - Parameters:
  ///   - text: a post as `stoa reply` finds one, perhaps with a response of it behind `#`.
  ///   - folder: the working folder, which paths are relative to.
  package func origin(_ text: String, from folder: String) throws -> NewOrigin {
    let search = PostSearch(self, folder: folder)
    let fragment = search.fragment(of: text)
    let sign = text.utf8.firstIndex(of: UInt8(ascii: "#"))
    let post = try search.find(sign.map { String(text[..<$0]) } ?? text).item
    let response = try fragment.map { try search.response($0, to: post.slug) }
    return NewOrigin(
      name: post.slug + (response.map { "#response-\($0)" } ?? ""),
      topics: post.topics.map(\.value))
  }

  /// Makes the file of a post, page, topic or contributor.
  package func make(_ item: NewItem, title: String, slug given: String?) throws -> NewText {
    guard !title.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw UsageError("a title is one line without control characters")
    }
    let slug = given ?? Slug.make(from: title)
    guard !slug.isEmpty else {
      throw UsageError(
        "“\(title)” has no letter or digit for a file name: give one with --slug")
    }
    if let problem = Slug.problem(in: slug) {
      throw UsageError("“\(slug)” cannot be part of an address: \(problem)")
    }
    try refuseTaken(slug, for: item)
    let file = "content/\(item.folder)/\(slug).md"
    guard try RootFolder(root).create(file, frontMatter(of: item, title)) else {
      throw taken(file)
    }
    return NewText(file: file, hasPlaceholder: PlaceholderName.matches(name(in: item, title)))
  }

  /// The person's name for an item's front matter; empty when it needs none.
  private func name(in item: NewItem, _ title: String) -> String {
    switch item {
    case .post: signature
    case .contributor: title
    case .page, .topic: ""
    }
  }

  private func frontMatter(of item: NewItem, _ title: String) -> [UInt8] {
    var matter = FrontMatterText()
    switch item {
    case .post(let kind, let isDraft, let origin):
      matter.add("title", title)
      matter.add("author", signature)
      // With the time, so that two posts of one day are sorted in the order in which they were begun.
      matter.add("date", now.iso8601)
      if kind != .article { matter.add("kind", kind.rawValue) }
      if let origin {
        if !origin.topics.isEmpty { matter.add("topics", origin.topics) }
        matter.add("began-in", origin.name)
      }
      matter.add("draft", flag: isDraft)
      // The body begins with a quote of the document that the post continues.
      if let origin { return framed(matter) + Array("![[\(origin.name)]]\n\n".utf8) }
    case .page, .topic: matter.add("title", title)
    case .contributor: matter.add("name", title)
    }
    return framed(matter)
  }

  /// A post may be in any folder, and shares its URL space with pages.
  private func refuseTaken(_ slug: String, for item: NewItem) throws(UsageError) {
    let key = Slug.foldedKey(slug)
    let files: [(slug: String, file: String)] =
      switch item {
      case .post, .page:
        sources.posts.map { ($0.item.slug, $0.item.file) }
          + sources.pages.map { ($0.item.slug, $0.item.file) }
      case .topic: sources.topics.map { ($0.item.slug, $0.item.file) }
      case .contributor: sources.contributors.map { ($0.item.handle, $0.item.file) }
      }
    if let other = files.first(where: { Slug.foldedKey($0.slug) == key }) {
      throw taken(other.file)
    }
  }

  private func taken(_ file: String) -> UsageError {
    UsageError("\(file) exists already: choose another title, or give a name with --slug")
  }

  /// A file with front matter and an empty body.
  func framed(_ matter: FrontMatterText) -> [UInt8] {
    Array("---\n".utf8) + matter.bytes + Array("---\n\n".utf8)
  }
}

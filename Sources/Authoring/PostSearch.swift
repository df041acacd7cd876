import Stoa
import StoaAddresses
import StoaLoad
import StoaModel

/// Finds the post, and the response, that an argument names.
struct PostSearch {
  private let context: AuthoringContext
  private let folder: String

  /// - Parameter folder: the working folder, which paths are relative to.
  init(_ context: AuthoringContext, folder: String) {
    self.context = context
    self.folder = folder
  }

  private var posts: [Loaded<Post>] { context.sources.posts }

  /// A post by slug, path, URL or title, or by the beginning of a title or slug; the first match in this order.
  func find(_ text: String) throws(UsageError) -> Loaded<Post> {
    let paths = paths(text)
    let address = address(text)
    let key = NameKey(text).folded
    let ways: [(Loaded<Post>) -> Bool] = [
      { $0.item.slug.utf8.elementsEqual(text.utf8) },
      { paths.contains($0.item.file) },
      { post in address.map { addresses(of: post).contains($0) } ?? false },
      { title(of: $0).utf8.elementsEqual(key.utf8) },
      { post in
        !key.isEmpty
          && (title(of: post).utf8.starts(with: key.utf8)
            || post.item.slug.utf8.starts(with: text.utf8))
      },
    ]
    for way in ways {
      let found = posts.filter(way)
      if found.count == 1 { return found[0] }
      if found.count > 1 { throw ambiguous(text, found.map(\.item.slug)) }
    }
    let nearest =
      Nearest.match(for: text, among: posts.map(\.item.slug))
      ?? Nearest.match(for: text, among: posts.map(\.shownTitle))
    throw UsageError(
      "there is no post “\(text)”"
        + (nearest.map { ": did you mean “\($0)”?" }
          ?? ": name it by its file's name, the beginning of its title, its path or its address"))
  }

  /// The fragment of an address; nil when it has none.
  func fragment(of text: String) -> String? {
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "#")) else { return nil }
    let fragment = String(text[text.utf8.index(after: mark)...])
    return fragment.isEmpty ? nil : fragment
  }

  /// The id of a response to a post, by id, anchor, path or URL, or by a part of an id that matches only one.
  func response(_ text: String, to slug: String) throws(UsageError) -> String {
    let responses = context.sources.responses.map(\.item).filter { $0.postSlug == slug }
    let ids = responses.map(\.id)
    let anchor = "response-"
    var name = fragment(of: text) ?? String(text.split(separator: "/").last ?? "")
    if name.hasSuffix(".md") { name = String(name.dropLast(3)) }
    for candidate in [name, name.hasPrefix(anchor) ? String(name.dropFirst(anchor.count)) : name]
    where ids.contains(candidate) {
      return candidate
    }
    let parts = name.isEmpty ? [] : ids.filter { $0.firstRange(of: name) != nil }
    if parts.count == 1 { return parts[0] }
    throw UsageError("“\(slug)” has no response “\(name)”: \(advice(name, responses))")
  }

  /// The response that may have been meant, or the newest ones with their authors.
  private func advice(_ name: String, _ responses: [Response]) -> String {
    if let nearest = Nearest.match(for: name, among: responses.map(\.id)) {
      return "did you mean “\(nearest)”?"
    }
    guard !responses.isEmpty else { return "it has no responses yet" }
    let newest = responses.sorted { left, right in
      let (first, second) = (left.date?.seconds ?? 0, right.date?.seconds ?? 0)
      return first != second ? first > second : left.id.precedes(right.id)
    }
    let shown = newest.prefix(5).map { response in
      switch response.voice {
      case .author(let name)?: "\(response.id) (\(name.value))"
      case .guest(let name, _)?: "\(response.id) (\(name))"
      case nil: response.id
      }
    }
    let rest = newest.count - shown.count
    return "it has \(shown.joined(separator: ", "))" + (rest > 0 ? " and \(rest) older" : "")
  }

  private func ambiguous(_ text: String, _ slugs: [String]) -> UsageError {
    let shown = slugs.sorted { $0.precedes($1) }.prefix(5)
    let rest = slugs.count > shown.count ? " and \(slugs.count - shown.count) more" : ""
    return UsageError("“\(text)” could be any of \(shown.joined(separator: ", "))\(rest)")
  }

  private func title(of post: Loaded<Post>) -> String { NameKey(post.shownTitle).folded }

  /// The files that a path may mean, relative to the folder of stoa.yml.
  private func paths(_ text: String) -> [String] {
    let below = { (path: String) -> String? in
      var parts: [Substring] = []
      for part in path.split(separator: "/") where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(part) }
      }
      let absolute = "/" + parts.joined(separator: "/")
      let prefix = context.root == "/" ? "/" : context.root + "/"
      return absolute.hasPrefix(prefix) ? String(absolute.dropFirst(prefix.count)) : nil
    }
    let starts = text.hasPrefix("/") ? [""] : ["\(folder)/", "\(context.root)/"]
    let files = starts.compactMap { below($0 + text) }
    // A bundle may be named by its folder.
    return files + files.map { "\($0)/index.md" }
  }

  /// A path below the site's root, from a URL or a path; nil for anything else.
  private func address(_ text: String) -> String? {
    var path = text
    if let scheme = text.firstRange(of: "://") {
      let site = context.sources.settings.url
      if !site.isEmpty, text.hasPrefix(site) {
        path = String(text.dropFirst(site.count))
      } else {
        path = String(text[scheme.upperBound...].drop { $0 != "/" })
      }
    }
    guard path.hasPrefix("/") else { return nil }
    path = String(path.prefix { $0 != "#" && $0 != "?" })
    if path.hasSuffix("/index.html") { path = String(path.dropLast("index.html".count)) }
    return (PercentEncoding.decode(path) ?? path) + (path.hasSuffix("/") ? "" : "/")
  }

  private func addresses(of post: Loaded<Post>) -> [String] {
    let pattern = context.sources.settings.permalinks
    let aliases = post.item.aliases.map { $0.value.hasSuffix("/") ? $0.value : $0.value + "/" }
    guard let date = post.item.date else { return aliases }
    let address = Permalinks.address(pattern: pattern, slug: post.item.slug, day: date.day)
    return [address.path] + aliases
  }
}

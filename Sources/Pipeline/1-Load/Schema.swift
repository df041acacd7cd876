/// The keys that a kind of file may have: what Load reads by, and what the guide's reference documents.
package struct Schema: Sendable {
  package struct Key: Sendable {
    package let name: String
    /// As the reference names it, such as `text`, `list`, `date` or `flag`.
    package let type: String
    /// What the key's texts name; nil when they name nothing that can be renamed.
    package let reference: Reference?

    init(_ name: String, _ type: String, names reference: Reference? = nil) {
      self.name = name
      self.type = type
      self.reference = reference
    }
  }

  /// What a text of front matter can name.
  ///
  /// A key that is marked with one of these is rewritten when that is renamed.
  package enum Reference: Sendable, CaseIterable {
    /// The slug of a post.
    case post
    /// The slug of a post, or `slug#response-id`.
    case postOrResponse
    /// The id of a response to the same post.
    case response
    /// The name or slug of a topic.
    case topic
    /// The name or handle of a contributor.
    case contributor
    /// A file, by its path from here or from the site's root.
    case file
    /// The slug of a page or post, or an address.
    case address
  }

  /// The file's kind, as the reference names it.
  package let name: String
  package let keys: [Key]

  private let names: Set<String>

  private init(_ name: String, _ keys: [Key]) {
    self.name = name
    self.keys = keys
    names = Set(keys.map(\.name))
  }

  /// What the texts of a key name.
  package func reference(of key: String) -> Reference? {
    keys.first { $0.name == key }?.reference
  }

  func contains(_ key: String) -> Bool { names.contains(key) }

  /// Whether a key holds words or names, alone or in a list; the keys that begin with `x-` do.
  func takesText(_ key: String) -> Bool {
    guard let type = keys.first(where: { $0.name == key })?.type else { return true }
    return ["text", "name", "list", "file", "response id", "slug"].contains { type.hasPrefix($0) }
  }

  /// Whether a key may hold several texts.
  func takesList(_ key: String) -> Bool {
    keys.first { $0.name == key }?.type.contains("list") ?? false
  }

  package static let all = [post, response, contributor, topic, page, settings]

  package static let post = Schema(
    "post",
    [
      Key("title", "text"), Key("author", "name or list of names", names: .contributor),
      Key("date", "date"),
      Key("updated", "date"), Key("topics", "list of names", names: .topic),
      Key("audience", "audience"),
      Key("agreed-by", "list of names, or lists by audience", names: .contributor),
      Key("summary", "text"), Key("kind", "article, question or practice"),
      Key("answer", "response id", names: .response),
      Key("distilled-from", "list of slugs", names: .postOrResponse),
      Key("reviewed", "date"), Key("review-by", "date"),
      Key("superseded-by", "slug", names: .post),
      Key("source", "url, or url and title"), Key("aliases", "list of addresses"),
      Key("draft", "true or false"), Key("language", "language"), Key("pinned", "true or false"),
      Key("unlisted", "true or false"), Key("responses", "open, closed, or closed and a date"),
      Key("image", "file", names: .file), Key("removed", "text"),
      Key("anchors", "anchors by old anchor"), Key("id", "text"),
      Key("changes", "all, none or months"),
    ])

  package static let response = Schema(
    "response",
    [
      Key("author", "name", names: .contributor), Key("guest", "text"), Key("url", "url"),
      Key("date", "date"),
      Key("reply-to", "response id", names: .response),
      Key("stance", "builds-on, differs, experience or asks"), Key("audience", "audience"),
      Key("agreed-by", "list of names, or lists by audience", names: .contributor),
      Key("kind", "response or mention"), Key("removed", "text"),
      Key("aliases", "list of anchors"), Key("source", "url, or url and title"),
      Key("language", "language"), Key("id", "text"), Key("changes", "all, none or months"),
    ])

  package static let contributor = Schema(
    "contributor",
    [
      Key("name", "text"), Key("url", "url"), Key("image", "file"), Key("aliases", "list of names"),
      Key("listed", "true or false"), Key("audience", "audience"),
      Key("claims", "list of responses", names: .postOrResponse),
      Key("accounts", "list of forges and accounts"),
    ])

  package static let topic = Schema(
    "topic",
    [
      Key("title", "text"), Key("parent", "name", names: .topic), Key("aliases", "list of names"),
      Key("order", "list of slugs, or of headings with slugs", names: .post),
      Key("guide", "true or false"), Key("audience", "audience"),
    ])

  package static let page = Schema(
    "page",
    [
      Key("title", "text"), Key("menu", "true, false or text"), Key("order", "number"),
      Key("audience", "audience"), Key("aliases", "list of addresses"), Key("language", "language"),
      Key("anchors", "anchors by old anchor"),
    ])

  package static let settings = Schema(
    "stoa.yml",
    [
      Key("title", "text"), Key("url", "url"), Key("description", "text"),
      Key("language", "language"), Key("timezone", "zone"), Key("hue", "0 to 359"),
      Key("logo", "file"), Key("menu", "list of titles and addresses", names: .address),
      Key("page-size", "1 to 1000"), Key("smart-punctuation", "true or false"),
      Key("permalinks", "pattern"), Key("search", "stoa or none"),
      Key("highlight", "none or pygments"), Key("history", "required, optional or none"),
      Key("ignore-revisions", "list of commits"), Key("strip-metadata", "true or false"),
      Key("audiences", "list of names"), Key("default-audience", "audience"),
      Key("forge", "kind, url and branch"), Key("reply", "forge, mail, command and service"),
      Key("rules", "levels by code"), Key("id", "name and date"),
      Key("gone", "reasons by address"), Key("addresses-in-text", "mask or show"),
      Key("changes", "all, none or months"),
    ])
}

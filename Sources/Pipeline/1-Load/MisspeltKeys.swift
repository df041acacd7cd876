import StoaAddresses
import StoaYAML

extension Fields {
  /// A key that an unknown one was probably meant to be, with the value that it would have.
  struct MeantKey {
    let key: String
    let value: YAMLNode
    let suggestion: String
  }

  /// What other generators and other languages call some of the keys; where there are two, the one that the schema has.
  private static let otherNames: [String: [String]] = [
    "tags": ["topics"], "tag": ["topics"], "categories": ["topics"], "category": ["topics"],
    "keywords": ["topics"], "lang": ["language"], "locale": ["language"],
    "description": ["summary"], "excerpt": ["summary"], "subtitle": ["summary"],
    "lastmod": ["updated"], "modified": ["updated"], "last-modified": ["updated"],
    "baseurl": ["url"], "titel": ["title"], "titre": ["title"], "titulo": ["title"],
    "título": ["title"], "headline": ["title"], "autor": ["author"], "auteur": ["author"],
    "autore": ["author"], "writer": ["author"], "by": ["author"],
    "name": ["guest", "title"], "gast": ["guest"], "datum": ["date"], "fecha": ["date"],
    "data": ["date"], "created": ["date"], "created-at": ["date"], "pubdate": ["date"],
    "publishdate": ["date"], "publish-date": ["date"], "published-at": ["date"],
    "entwurf": ["draft"], "brouillon": ["draft"], "borrador": ["draft"], "unpublished": ["draft"],
    "redirect-from": ["aliases"], "redirect_from": ["aliases"], "cover": ["image"],
    "thumbnail": ["image"], "in-reply-to": ["reply-to"], "parent": ["reply-to"],
    "deleted": ["removed"],
  ]

  /// Without these a file is not whole.
  private static let needed: Set<String> = ["title", "author", "guest", "date"]
  /// These keep a text, or a part of it, from readers.
  private static let guarding: Set<String> = ["draft", "unlisted", "listed", "removed"]

  func meaning(of entry: YAMLEntry) -> MeantKey? {
    let written = entry.key.lowercased()
    if written == "published", schema.contains("draft"),
      let isPublished = entry.value.scalar.flatMap({ FlagWord.read($0.trimmed) })
    {
      // Jekyll's way to say that a post is a draft.
      let value = YAMLNode(
        content: .scalar(isPublished ? "false" : "true"), line: entry.value.line,
        column: entry.value.column)
      return MeantKey(
        key: "draft", value: value,
        suggestion: isPublished ? "take the line out" : "write draft: true")
    }
    let key =
      Self.otherNames[written]?.first { schema.contains($0) }
      ?? Nearest.match(for: entry.key, among: schema.keys.map(\.name))
      ?? (written.hasPrefix("publish") && schema.contains("date") ? "date" : nil)
    return key.map { MeantKey(key: $0, value: entry.value, suggestion: "did you mean “\($0)”?") }
  }

  /// Whether a misspelt key is read as the one that was meant, because that is not there.
  func isReadAnyway(_ key: String) -> Bool {
    guard !isSettings, !has(key) else { return false }
    switch key {
    // A response has one of the two.
    case "author", "guest": return !has("author") && !has("guest")
    default: return Self.needed.contains(key) || Self.guarding.contains(key)
    }
  }
}

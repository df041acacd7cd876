import StoaAddresses
import StoaYAML

extension Fields {
  /// The key that was probably meant by an unknown one, with the value that it would have.
  struct MeantKey {
    let key: String
    let value: YAMLNode
    let suggestion: String
  }

  /// Names of keys in other generators and other languages; if there are two candidates, the one in the schema.
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

  /// Required keys.
  private static let needed: Set<String> = ["title", "author", "guest", "date"]
  /// Keys that hide a document, or a part of it, from readers.
  private static let guarding: Set<String> = ["draft", "unlisted", "listed", "removed"]

  func meaning(of entry: YAMLEntry) -> MeantKey? {
    let written = entry.key.lowercased()
    if written == "published", schema.contains("draft"),
      let isPublished = entry.value.scalar.flatMap({ FlagWord.read($0.trimmed) })
    {
      // Jekyll's way to mark a draft.
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

  /// Whether a misspelt key is read as the one that was meant, because that one is missing.
  func isReadAnyway(_ key: String) -> Bool {
    guard !isSettings, !has(key) else { return false }
    switch key {
    // A response has one of the two.
    case "author", "guest": return !has("author") && !has("guest")
    default: return Self.needed.contains(key) || Self.guarding.contains(key)
    }
  }
}

import StoaAddresses
import StoaModel

/// Names of topics or people, and which of them need a file because another name has the same slug.
struct NamePlan {
  private var byKey: [NameKey: String] = [:]
  private var keysBySlug: [String: [NameKey]] = [:]
  private var spellings: [NameKey: String] = [:]
  /// Names that a file resolves already.
  private var resolved: Set<NameKey> = []

  /// Takes a name that is in the community already.
  mutating func addExisting(_ name: String, hasFile: Bool) {
    add(name)
    if hasFile { resolved.insert(NameKey(name)) }
  }

  /// Takes a use of a name.
  mutating func add(_ name: String) {
    let key = NameKey(name)
    guard spellings[key] == nil else { return }
    spellings[key] = name
    let slug = Slug.make(from: name)
    keysBySlug[slug, default: []].append(key)
    byKey[key] = slug
  }

  /// Whether a file has the name.
  func hasFile(_ name: String) -> Bool { resolved.contains(NameKey(name)) }

  func isKnown(_ name: String) -> Bool { byKey[NameKey(name)] != nil }

  /// Says that a file of this slug will carry the name.
  mutating func resolve(_ name: String) { resolved.insert(NameKey(name)) }

  /// A slug for a file about the name, which no other name has.
  mutating func slug(for name: String) -> String {
    add(name)
    let key = NameKey(name)
    let base = byKey[key] ?? Slug.make(from: name)
    guard let rank = keysBySlug[base]?.firstIndex(of: key), rank > 0 else { return base }
    var number = rank + 1
    while keysBySlug["\(base)-\(number)"] != nil { number += 1 }
    keysBySlug["\(base)-\(number)"] = [key]
    byKey[key] = "\(base)-\(number)"
    keysBySlug[base]?.removeAll { $0 == key }
    return "\(base)-\(number)"
  }

  /// Names whose slug another name has too, and that no file tells apart, in byte order.
  var collisions: [String] {
    keysBySlug.values.flatMap { keys -> [String] in
      keys.dropFirst().filter { key in
        !resolved.contains(key) && key.folded != byKey[key]
      }.compactMap { spellings[$0] }
    }.sorted { $0.precedes($1) }
  }
}

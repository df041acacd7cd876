import StoaAddresses
import StoaModel

/// The names of topics or people, and those that need a file because another name has the same slug.
struct NamePlan {
  private var byKey: [NameKey: String] = [:]
  private var keysBySlug: [String: [NameKey]] = [:]
  private var spellings: [NameKey: String] = [:]
  /// The next number for another name of a slug.
  private var numbers: [String: Int] = [:]
  /// Names that already have a file.
  private var resolved: Set<NameKey> = []

  /// Adds a name that the community already has.
  mutating func addExisting(_ name: String, hasFile: Bool) {
    add(name)
    if hasFile { resolved.insert(NameKey(name)) }
  }

  /// Adds a use of a name.
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

  /// Records that a file will have the name.
  mutating func resolve(_ name: String) { resolved.insert(NameKey(name)) }

  /// A unique slug for a file with the name.
  mutating func slug(for name: String) -> String {
    add(name)
    let key = NameKey(name)
    let base = byKey[key] ?? Slug.make(from: name)
    guard let first = keysBySlug[base]?.first, first != key else { return base }
    var number = numbers[base] ?? 2
    while keysBySlug["\(base)-\(number)"] != nil { number += 1 }
    numbers[base] = number + 1
    keysBySlug["\(base)-\(number)"] = [key]
    byKey[key] = "\(base)-\(number)"
    return "\(base)-\(number)"
  }

  /// Names that share a slug and are not distinguished by a file, in byte order.
  var collisions: [String] {
    keysBySlug.flatMap { slug, keys -> [String] in
      keys.dropFirst().filter { key in
        byKey[key] == slug && !resolved.contains(key) && key.folded != slug
      }.compactMap { spellings[$0] }
    }.sorted { $0.precedes($1) }
  }
}

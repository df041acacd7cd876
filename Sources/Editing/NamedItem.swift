import StoaAddresses
import StoaLink
import StoaLoad
import StoaModel

/// The kinds of items that other documents refer to by any of their names.
package enum NamedKind: String, Sendable, CaseIterable {
  case topic
  case contributor

  /// The key that holds a file's own name.
  var nameKey: String { self == .topic ? "title" : "name" }

  var folder: String { self == .topic ? "content/topics" : "content/contributors" }

  var sign: String { self == .topic ? "topic:" : "@" }

  func address(of slug: String) -> SiteAddress {
    self == .topic ? .topic(slug) : .contributor(slug)
  }
}

/// A topic or contributor with its names.
struct NamedItem {
  let slug: String
  let title: String
  let aliases: [String]
  /// Nil when only other documents name it.
  let file: String?

  var names: [String] { [slug, title] + aliases }

  func has(_ key: NameKey) -> Bool { names.contains { NameKey($0) == key } }
}

extension EditableCommunity {
  /// The topics or contributors, in the community's order.
  func items(_ kind: NamedKind) -> [NamedItem] {
    switch kind {
    case .topic:
      community.topics.map {
        NamedItem(
          slug: $0.slug, title: $0.title, aliases: $0.file?.aliases.map(\.value) ?? [],
          file: $0.file?.file)
      }
    case .contributor:
      community.contributors.map {
        NamedItem(
          slug: $0.handle, title: $0.name, aliases: $0.file?.aliases.map(\.value) ?? [],
          file: $0.file?.file)
      }
    }
  }

  /// The item of a name: by slug, title or alias.
  func item(_ kind: NamedKind, named name: String) throws(UsageError) -> NamedItem {
    let items = items(kind)
    let key = NameKey(name)
    let found = items.first { NameKey($0.slug) == key } ?? items.first { $0.has(key) }
    guard let found else { throw .unknown(kind.rawValue, name, among: items.map(\.slug)) }
    return found
  }

  /// The contributor of a name: by handle, name or alias.
  func contributor(named name: String) -> Int? {
    let key = NameKey(name)
    return community.contributors.firstIndex { NameKey($0.handle) == key }
      ?? community.contributors.firstIndex { person in
        NameKey(person.name) == key
          || person.file?.aliases.contains { NameKey($0.value) == key } ?? false
      }
  }
}

extension UsageError {
  static func unknown(_ kind: String, _ name: String, among known: [String]) -> UsageError {
    let nearest = Nearest.match(for: name, among: known)
    return UsageError(
      "there is no \(kind) “\(name)”" + (nearest.map { ": did you mean “\($0)”?" } ?? ""))
  }
}

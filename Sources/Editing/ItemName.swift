import StoaAddresses
import StoaModel

/// An item as the command line names it: in a wikilink's form, or by a path.
package enum ItemName: Sendable, Equatable {
  case text(slug: String)
  case response(post: String, id: String)
  case topic(String)
  case contributor(String)
  /// A file in the folder of a post or page.
  case file(String)

  /// - Parameters:
  ///   - text: `slug`, `slug#response-id`, `topic:name`, `@handle`, or a path.
  ///   - folder: the working folder, which a path is relative to.
  ///   - root: the folder of stoa.yml.
  init(_ text: String, folder: String, root: String) throws(UsageError) {
    let text = Self.withoutBrackets(text)
    if text.hasPrefix("@") {
      self = .contributor(String(text.dropFirst()))
    } else if text.hasPrefix("topic:") {
      self = .topic(String(text.dropFirst("topic:".utf8.count)))
    } else if text.utf8.contains(UInt8(ascii: "/")) || text.hasSuffix(".md") {
      self = try Self.file(text, folder: folder, root: root)
    } else if let sign = text.utf8.firstIndex(of: UInt8(ascii: "#")) {
      self = .response(
        post: String(text[..<sign]), id: Self.identifier(text[text.utf8.index(after: sign)...]))
    } else {
      self = .text(slug: text)
    }
    if isEmpty { throw UsageError("“\(text)” names nothing") }
  }

  private var isEmpty: Bool {
    switch self {
    case .text(let name), .topic(let name), .contributor(let name), .file(let name): name.isEmpty
    case .response(_, let id): id.isEmpty
    }
  }

  /// Removes the brackets of a copied wikilink, and its label if it has one.
  private static func withoutBrackets(_ text: String) -> String {
    guard text.hasPrefix("[["), text.hasSuffix("]]") else { return text }
    return String(text.dropFirst(2).dropLast(2).prefix { $0 != "|" })
  }

  static func identifier(_ fragment: Substring) -> String {
    let prefix = "response-"
    return String(fragment.hasPrefix(prefix) ? fragment.dropFirst(prefix.utf8.count) : fragment)
  }

  /// The item that a path below content names.
  private static func file(
    _ text: String, folder: String, root: String
  ) throws(UsageError) -> ItemName {
    let prefix = root == "/" ? "/" : "\(root)/"
    let bases = text.hasPrefix("/") ? [""] : ["\(folder)/", prefix]
    for base in bases {
      let path = resolved(base + text)
      guard path.hasPrefix(prefix + "content/") else { continue }
      return try named(String(path.dropFirst(prefix.count)))
    }
    throw UsageError("\(text) is not below \(prefix)content")
  }

  private static func named(_ path: String) throws(UsageError) -> ItemName {
    var parts = path.pathParts().map(String.init)
    guard parts.count > 2 else { throw UsageError("\(path) is not a file of content") }
    if parts.last == "index.md" { parts.removeLast() }
    var name = parts[parts.count - 1]
    if name.hasSuffix(".md") { name = String(name.dropLast(3)) }
    switch parts[1] {
    case "posts", "pages": return .file(path)
    case "topics": return .topic(name)
    case "contributors": return .contributor(name)
    case "responses" where parts.count == 4: return .response(post: parts[2], id: name)
    default: throw UsageError("\(path) is not a file of content")
    }
  }

  private static func resolved(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.pathParts() where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}

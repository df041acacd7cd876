import StoaModel

/// Paths with `/` between their parts.
package enum ContentPath {
  /// Resolves a path relative to a folder, without `.` and `..`; nil when it leads above the top.
  package static func resolve(_ path: String, in folder: String) -> String? {
    var parts = path.hasPrefix("/") ? [] : folder.pathParts()
    for part in path.pathParts() {
      switch part {
      case ".": break
      case "..":
        guard parts.popLast() != nil else { return nil }
      default: parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasSuffix("/") && !joined.isEmpty ? joined + "/" : joined
  }

  /// The last part.
  static func name(of file: String) -> String {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return file }
    return String(file[file.utf8.index(after: slash)...])
  }

  /// The slug or id that a file's name, a path, a URL or an anchor may mean.
  static func identifier(in text: String) -> String {
    let fragment =
      text.utf8.lastIndex(of: UInt8(ascii: "#"))
      .map { String(text[text.utf8.index(after: $0)...]) } ?? ""
    var rest = fragment.isEmpty ? text : fragment
    while rest.hasSuffix("/") { rest = String(rest.dropLast()) }
    var name = Self.name(of: rest)
    if name.hasSuffix(".md") { name = String(name.dropLast(3)) }
    return name.hasPrefix("response-") && (!fragment.isEmpty || text == name)
      ? String(name.dropFirst("response-".utf8.count)) : name
  }
}

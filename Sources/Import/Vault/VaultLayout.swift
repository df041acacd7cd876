import StoaAddresses
import StoaLoad
import StoaModel
import StoaSystem

/// The notes and other files of a vault, with the names by which notes refer to them.
struct VaultLayout {
  /// The program that made the vault, recognised by its folders.
  enum Tool {
    case obsidian
    case logseq
    case plain
  }

  private(set) var tool = Tool.plain
  /// Paths of notes below the vault, in byte order.
  private(set) var notes: [String] = []
  /// Paths of everything else.
  private(set) var files: [String] = []
  private var notesByName: [String: NamedPaths] = [:]
  private var filesByName: [String: NamedPaths] = [:]
  private static let maximumDepth = 24

  init(root: String) throws {
    try find(in: "", root: RootFolder(root), depth: 0)
    guard !notes.isEmpty else {
      throw ImportFailure(root, "there is no note in it: no file that ends with .md")
    }
    notes.sort { $0.precedes($1) }
    files.sort { $0.precedes($1) }
    for note in notes {
      for name in Self.names(of: StaticmanLayout.stem(of: note)) {
        notesByName[name, default: NamedPaths()].add(note)
      }
    }
    for file in files {
      for name in Self.names(of: file) { filesByName[name, default: NamedPaths()].add(file) }
    }
  }

  private mutating func find(in folder: String, root: RootFolder, depth: Int) throws {
    guard depth < Self.maximumDepth else { return }
    for entry in try FolderReader.list(folder.isEmpty ? "." : folder, in: root) ?? [] {
      guard let name = entry.name, !name.hasPrefix(".") else {
        if entry.name == ".obsidian" { tool = .obsidian }
        continue
      }
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      switch entry.kind {
      case .folder:
        // Logseq's folder for its settings and backups.
        if depth == 0, name == "logseq" {
          tool = .logseq
          continue
        }
        if name == "node_modules" { continue }
        try find(in: path, root: root, depth: depth + 1)
      case .file:
        if ["md", "markdown"].contains(StaticmanLayout.fileExtension(of: name)) {
          notes.append(path)
        } else {
          files.append(path)
        }
      case .other: files.append(path)
      }
    }
  }

  /// An alias of a note, from its front matter.
  mutating func add(_ name: String, of note: String) {
    let key = Self.folded(name)
    if !key.isEmpty { notesByName[key, default: NamedPaths()].add(note) }
  }

  /// The note that a link in another note refers to: by its path from the vault or from that note, its name, or an alias.
  func note(_ name: String, from note: String) -> String? {
    let stem =
      [".md", ".markdown"].first { name.lowercased().hasSuffix($0) }
      .map { String(name.dropLast($0.count)) } ?? name
    return Self.best(stem, in: notesByName, from: note)
  }

  func file(_ name: String, from note: String) -> String? {
    Self.best(name, in: filesByName, from: note)
  }

  private static func best(
    _ name: String, in names: [String: NamedPaths], from note: String
  ) -> String? {
    let folder = note.split(separator: "/").dropLast().joined(separator: "/")
    let relative = joined(folder, name)
    for wanted in [relative, name].compactMap({ $0 }) {
      guard let found = names[folded(wanted)] else { continue }
      // If several notes have the name, the nearest one, otherwise the one with the shortest path.
      return found.first(below: folder) ?? found.shortest
    }
    return nil
  }

  /// A path relative to a folder; nil if it leads above the vault.
  static func joined(_ folder: String, _ path: String) -> String? {
    var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in path.split(separator: "/") {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else if part != "." {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The path and all its suffixes, down to the name alone.
  private static func names(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return parts.indices.map { folded(parts[$0...].joined(separator: "/")) }
  }

  static func folded(_ name: String) -> String {
    var name = name.split(separator: "/").joined(separator: "/")
    // Logseq writes a slash in a name in two ways.
    for mark in ["___", "%2F", "%2f"] where name.contains(mark) {
      name = name.replacing(mark, with: "/")
    }
    return CleanText.line(name.lowercased()).normalizedNFC
  }
}

/// The paths that have a name, of which there may be as many as there are notes.
private struct NamedPaths {
  /// In byte order.
  private var paths: [String] = []
  /// The first in byte order of the shortest.
  private(set) var shortest: String?

  mutating func add(_ path: String) {
    let place = firstIndex(notBefore: path)
    guard place == paths.count || !paths[place].utf8.elementsEqual(path.utf8) else { return }
    paths.insert(path, at: place)
    guard let known = shortest else {
      shortest = path
      return
    }
    let (old, new) = (known.utf8.count, path.utf8.count)
    if new < old || new == old && path.precedes(known) { shortest = path }
  }

  /// The first path below a folder; nil for the vault itself.
  func first(below folder: String) -> String? {
    guard !folder.isEmpty else { return nil }
    let start = "\(folder)/"
    let place = firstIndex(notBefore: start)
    guard place < paths.count, paths[place].utf8.starts(with: start.utf8) else { return nil }
    return paths[place]
  }

  private func firstIndex(notBefore path: String) -> Int {
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if paths[middle].precedes(path) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

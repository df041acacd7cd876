import StoaLoad
import StoaSystem

/// The folders of posts and comments in a Jekyll or Hugo site.
struct StaticmanLayout {
  /// A folder of comments on one page.
  struct Thread {
    /// Its path below the folder of comments, such as `going-static` or `2014/going-static`.
    let name: String
    /// Relative to the source.
    let folder: String
    /// The names of its files, in byte order.
    let files: [String]
  }

  /// A document of the site.
  struct Text {
    /// Relative to the source.
    let file: String
    /// Other files of a Hugo bundle, relative to the document's folder.
    var resources: [String] = []
  }

  private(set) var threads: [Thread] = []
  private(set) var texts: [Text] = []

  private let root: RootFolder
  private static let maximumDepth = 12
  private static let textExtensions = ["md", "markdown", "mkd", "mkdn", "mdown", "html", "htm"]
  static let commentExtensions = ["yml", "yaml", "json", "toml", "md", "markdown", "html"]

  /// - Parameter comments: the folder of comments below the source, if it is not in a default place.
  init(root: String, comments: String?) throws {
    self.root = RootFolder(root)
    let places = comments.map { [$0] } ?? ["_data/comments", "data/comments", "comments"]
    for place in places where threads.isEmpty { try findThreads(in: place, name: "", depth: 0) }
    for place in ["_posts", "_drafts", "content"] { try findTexts(in: place, depth: 0) }
    guard !threads.isEmpty || !texts.isEmpty else {
      throw ImportFailure(
        root,
        "there are neither comments (\(places.joined(separator: ", "))) nor posts (_posts, content)"
      )
    }
  }

  private mutating func findThreads(in folder: String, name: String, depth: Int) throws {
    guard depth < Self.maximumDepth else { return }
    var files: [String] = []
    for entry in try FolderReader.list(folder, in: root) ?? [] {
      guard let child = entry.name, !child.hasPrefix(".") else { continue }
      if entry.kind == .folder {
        try findThreads(
          in: "\(folder)/\(child)", name: name.isEmpty ? child : "\(name)/\(child)",
          depth: depth + 1)
      } else {
        files.append(child)
      }
    }
    // Data files beside the folders of threads are not comments.
    if !files.isEmpty, depth > 0 {
      threads.append(Thread(name: name, folder: folder, files: files))
    }
  }

  private mutating func findTexts(in folder: String, depth: Int) throws {
    guard depth < Self.maximumDepth else { return }
    let entries = try FolderReader.list(folder, in: root) ?? []
    let names = entries.compactMap { $0.kind == .file ? $0.name : nil }
    if let index = names.first(where: { Self.stem(of: $0) == "index" && Self.isText($0) }),
      folder.hasPrefix("content/")
    {
      var text = Text(file: "\(folder)/\(index)")
      text.resources = try resources(in: folder, below: "", depth: depth, besides: index)
      texts.append(text)
      return
    }
    for entry in entries {
      guard let name = entry.name, !name.hasPrefix(".") else { continue }
      if entry.kind == .folder {
        try findTexts(in: "\(folder)/\(name)", depth: depth + 1)
      } else if Self.isText(name) {
        texts.append(Text(file: "\(folder)/\(name)"))
      }
    }
  }

  private func resources(
    in folder: String, below prefix: String, depth: Int, besides index: String
  ) throws -> [String] {
    guard depth < Self.maximumDepth else { return [] }
    var found: [String] = []
    for entry in try FolderReader.list(folder, in: root) ?? [] {
      guard let name = entry.name, !name.hasPrefix("."), prefix + name != index else { continue }
      if entry.kind == .folder {
        found += try resources(
          in: "\(folder)/\(name)", below: "\(prefix)\(name)/", depth: depth + 1, besides: index)
      } else {
        found.append(prefix + name)
      }
    }
    return found
  }

  static func isText(_ name: String) -> Bool { textExtensions.contains(fileExtension(of: name)) }

  static func stem(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
      return name
    }
    return String(name[..<dot])
  }

  static func fileExtension(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
  }
}

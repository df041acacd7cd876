import StoaModel
import Synchronization

/// The folder that a site is written to, locked by one build at a time.
final class OutputFolder: Sendable {
  let path: String
  /// Whether it is new, so that it has no files that could conflict.
  let isNew: Bool
  private let lock: Mutex<Int32?>

  /// Opens the folder for writing, and makes it if it does not exist.
  ///
  /// Refuses folders that a site must never be written into, and a folder that another build holds.
  init(_ path: String, contentRoot: String?) throws(WriteError) {
    self.path = path
    try Self.check(path, contentRoot: contentRoot)
    isNew = try FileSystem.kind(of: path) == .missing
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if try FileSystem.kind(of: made) == .missing { try FileSystem.makeFolder(made) }
    }
    guard let lock = try FileSystem.lock(path) else {
      throw WriteError(path, "another build is writing here")
    }
    self.lock = Mutex(lock)
  }

  deinit { release() }

  /// Unlocks the folder for other builds; this build does not write to it any more.
  ///
  /// Not left to the deinitialiser: a task that has ended may keep this object alive a moment longer.
  func release() {
    lock.withLock { lock in
      if let lock { FileSystem.unlock(lock) }
      lock = nil
    }
  }

  /// The time of its file system; nil if it is not available.
  var now: Int64? { lock.withLock { $0.flatMap(FileSystem.time) } }

  private static func check(_ path: String, contentRoot: String?) throws(WriteError) {
    switch try FileSystem.kind(of: path) {
    case .link: throw WriteError(path, "is a symbolic link; name the folder it leads to")
    case .file, .other: throw WriteError(path, "is not a folder")
    case .missing, .folder: break
    }
    let folder = FileSystem.resolved(path)
    if folder == "/" { throw WriteError(path, "is the root of the file system") }
    if FileSystem.homes.contains(where: { FileSystem.resolved($0) == folder }) {
      throw WriteError(path, "is a home folder")
    }
    if folder.pathParts().contains(".git") { throw WriteError(path, "is inside a .git folder") }
    guard let root = contentRoot.map(FileSystem.resolved) else { return }
    if folder == root || root.hasPrefix(folder + "/") {
      throw WriteError(path, "holds the community's own files")
    }
    guard folder.hasPrefix(root + "/") else { return }
    let name = folder.dropFirst(root.utf8.count).pathParts().first.map(String.init) ?? ""
    if name == "content" || name == "templates" {
      throw WriteError(path, "is inside the community's \(name) folder")
    }
    // .github, .ci, .venv, .stoa-cache and similar folders.
    if name.hasPrefix(".") {
      throw WriteError(path, "is inside the community's \(name) folder, which belongs to a tool")
    }
  }

  func absolute(_ relative: String) -> String { "\(path)/\(relative)" }

  // MARK: The manifest

  /// The last build's manifest with its hash; nil when there was none.
  func readManifest() throws(WriteError) -> (manifest: Manifest, digest: SHA256.Digest)? {
    let file = absolute(Manifest.fileName)
    switch try FileSystem.kind(of: file) {
    case .missing: return nil
    case .file:
      let bytes = try FileSystem.read(file)
      guard let manifest = Manifest(bytes) else {
        throw WriteError(file, "is not a manifest of Stoa's; move it away")
      }
      return (manifest, SHA256.digest(of: bytes))
    default: throw WriteError(file, "is not a file")
    }
  }

  /// - Returns: The manifest's bytes.
  @discardableResult
  func write(_ manifest: Manifest) throws(WriteError) -> [UInt8] {
    let bytes = manifest.bytes
    try FileSystem.replace(
      absolute(Manifest.fileName), with: bytes, temporary: absolute(".stoa-tmp-manifest"))
    return bytes
  }

  // MARK: Folders

  /// The folders of files, each after its parent.
  static func folders(of paths: some Sequence<String>) -> [String] {
    var folders: Set<String> = []
    var last = ""
    for path in paths {
      var folder = path.pathFolder
      // Files of one folder are adjacent.
      if folder == last { continue }
      last = folder
      while !folder.isEmpty, folders.insert(folder).inserted { folder = folder.pathFolder }
    }
    return folders.sorted { $0.precedes($1) }
  }

  /// Whether all folders of a manifest's files are real folders and not links.
  func holds(foldersOf manifest: Manifest) -> Bool {
    Self.folders(of: manifest.lines.lazy.map(\.path)).allSatisfy {
      (try? FileSystem.kind(of: absolute($0))) == .folder
    }
  }

  /// Whether the path to a folder below this one has no symbolic link, which could lead to other files.
  private func isReal(_ folder: String) throws(WriteError) -> Bool {
    var folder = folder
    while !folder.isEmpty {
      guard try FileSystem.kind(of: absolute(folder)) == .folder else { return false }
      folder = folder.pathFolder
    }
    return true
  }

  /// Removes temporary files that an interrupted build left.
  func removeTemporaries(in folders: [String]) throws(WriteError) {
    for folder in [""] + folders where try isReal(folder) {
      let path = folder.isEmpty ? self.path : absolute(folder)
      for name in try FileSystem.names(in: path) where name.hasPrefix(".stoa-tmp-") {
        try FileSystem.remove("\(path)/\(name)")
      }
    }
  }

  /// Removes the files that a manifest lists and that are unchanged, in its order, and the folders that are empty afterwards.
  ///
  /// - Returns: The paths of the files that were removed, in the order of the manifest.
  func remove(
    _ lines: [Manifest.Line], step: () throws -> Void = {}
  ) throws -> [String] {
    var removed: [String] = []
    for line in lines.reversed() {
      let (path, entry) = (line.path, line.entry)
      let file = absolute(path)
      guard try isReal(path.pathFolder), case .file(let stamp) = try FileSystem.kind(of: file)
      else { continue }
      if let digest = entry.digest {
        guard stamp.size == entry.size,
          SHA256.digest(of: try FileSystem.read(file)) == digest
        else { continue }
      }
      try step()
      try FileSystem.remove(file)
      removed.append(path)
      var folder = path.pathFolder
      while !folder.isEmpty, FileSystem.removeFolderIfEmpty(absolute(folder)) {
        folder = folder.pathFolder
      }
    }
    return removed.reversed()
  }
}

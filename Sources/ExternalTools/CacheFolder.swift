package import StoaModel
import StoaPlatform
import StoaSystem

/// The saved output of tools, beside the content, so that a build need not run them again: `.stoa-cache`.
///
/// The cache only saves time. An entry that cannot be read counts as missing, an entry that cannot be written is skipped, and a
/// .gitignore in the folder keeps it out of git.
package struct CacheFolder: Sendable {
  package static let name = ".stoa-cache"

  private let path: String
  private let isTrusted: Bool
  private let isReadOnly: Bool

  /// - Parameters:
  ///   - isTrusted: whether this machine wrote the folder; otherwise it is neither read nor written.
  ///   - isReadOnly: whether nothing is stored.
  package init(root: String, isTrusted: Bool = true, isReadOnly: Bool = false) {
    path = "\(root)/\(Self.name)"
    self.isTrusted = isTrusted
    self.isReadOnly = isReadOnly
  }

  /// The bytes of an entry; nil when there is none.
  package func file(named name: String) -> HeldFile? {
    guard isTrusted else { return nil }
    let descriptor = self.descriptor(of: name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = HeldFile(descriptor: descriptor)
    return file.size == nil ? nil : file
  }

  /// The whole of an entry; nil when there is none.
  package func read(_ name: String) -> [UInt8]? {
    guard let file = file(named: name), let size = file.size else { return nil }
    return try? file.read(offset: 0, count: size)
  }

  /// Writes an entry atomically.
  package func store(_ chunks: [[UInt8]], as name: String) {
    guard isTrusted, !isReadOnly else { return }
    guard mkdir(path, mode_t(0o755)) == 0 || errno == EEXIST, isFolder else { return }
    if access("\(path)/.gitignore", F_OK) != 0 { put(".gitignore", [Array("*\n".utf8)]) }
    put(name, chunks)
  }

  /// Removes the cache; files that it did not write are kept.
  package func remove() {
    guard isFolder else { return }
    for name in (try? FolderNames.list(path)) ?? [] where Self.isOwn(name) {
      unlink("\(path)/\(name)")
    }
    // It fails, as it should, when a file is left.
    rmdir(path)
  }

  /// Whether a name is that of an entry, or of an entry's temporary file.
  private static func isOwn(_ name: String) -> Bool {
    let names = [".gitignore", "build-", "diagrams", "formulas", "highlight", "search-"]
    return names.contains { own in
      name == own || own.hasSuffix("-") && name.hasPrefix(own) || name.hasPrefix(".\(own)")
    }
  }

  private func put(_ name: String, _ chunks: [[UInt8]]) {
    let temporary = ".\(name).\(getpid())"
    let descriptor = self.descriptor(
      of: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    var offset = 0
    let isWhole = chunks.allSatisfy { chunk in
      defer { offset += chunk.count }
      return WholeWrite.write(chunk, to: descriptor, at: offset) == nil
    }
    let isClosed = close(descriptor) == 0
    if !isWhole || !isClosed || rename("\(path)/\(temporary)", "\(path)/\(name)") != 0 {
      unlink("\(path)/\(temporary)")
    }
  }

  private func descriptor(of name: String, _ flags: Int32) -> Int32 {
    isFolder ? open("\(path)/\(name)", flags, mode_t(0o644)) : -1
  }

  /// Whether it is a folder, and not a link that the content may contain.
  private var isFolder: Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

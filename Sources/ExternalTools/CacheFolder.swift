package import StoaModel
import StoaPlatform
import StoaSystem

/// The cache that builds keep beside the content: `.stoa-cache`.
///
/// The cache only saves time. An entry that cannot be read counts as missing, an entry that cannot be written is skipped, and a
/// .gitignore in the folder keeps it out of git. The code that stores an entry also replaces or removes it, so the folder does
/// not grow over the years.
package struct CacheFolder: Sendable {
  package static let name = ".stoa-cache"

  /// Whether it is read and written.
  package let isTrusted: Bool
  private let path: String
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
  ///
  /// - Parameter chunks: its bytes; each is written before the next is made.
  package func store(_ chunks: some Sequence<[UInt8]>, as name: String) {
    guard isTrusted, !isReadOnly else { return }
    guard mkdir(path, mode_t(0o755)) == 0 || errno == EEXIST, isFolder else { return }
    if access("\(path)/.gitignore", F_OK) != 0 { put(".gitignore", [Array("*\n".utf8)]) }
    put(name, chunks)
  }

  package func removeEntry(_ name: String) {
    guard isTrusted, isFolder else { return }
    unlink("\(path)/\(name)")
  }

  /// Removes the entries whose name has one of some beginnings, except those to keep, and the temporary files of builds that were
  /// killed.
  package func removeEntries(beginning prefixes: [String], except kept: Set<String>) {
    guard isTrusted, isFolder else { return }
    for name in (try? FolderNames.list(path)) ?? [] {
      let isStale =
        !kept.contains(name) && prefixes.contains { name.utf8.starts(with: $0.utf8) }
        || name.hasPrefix(".") && Self.isOwn(name) && name != ".gitignore" && isOld(name)
      if isStale { unlink("\(path)/\(name)") }
    }
  }

  /// Whether a file was written last more than an hour ago, so that no build is still writing it.
  private func isOld(_ name: String) -> Bool {
    var status = stat()
    return lstat("\(path)/\(name)", &status) == 0 && time(nil) - status.st_mtim.tv_sec > 3_600
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
    let names = [
      ".gitignore", "build-", "diagrams", "formulas", "highlight", "parsed-", "search-", "site-",
    ]
    return names.contains { own in
      name == own || own.hasSuffix("-") && name.hasPrefix(own) || name.hasPrefix(".\(own)")
    }
  }

  private func put(_ name: String, _ chunks: some Sequence<[UInt8]>) {
    // Not the process's number: in containers, builds that were killed and that run now have the same.
    let temporary = ".\(name).\(UInt64.random(in: .min ... .max))"
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

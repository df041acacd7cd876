import StoaPlatform

/// Writing below a folder, with the same safety as reading: each call works in the open parent folder, so that a link that replaces
/// a folder in the path is not followed.
extension RootFolder {
  package enum EntryKind: Sendable, Equatable {
    case missing
    case file(size: Int)
    /// A folder, a link or a device.
    case other
  }

  /// The type of the entry at a path below it; a link is not followed.
  package func kind(of file: String) throws(InputError) -> EntryKind {
    let (folder, name) = Self.parts(of: file)
    let descriptor = folder.isEmpty ? open(".", asFolder: true) : open(folder, asFolder: true)
    if descriptor == -ENOENT || descriptor == -ENOTDIR { return .missing }
    guard descriptor >= 0 else { throw InputError(path: "\(path)/\(file)", code: -descriptor) }
    defer { close(descriptor) }
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return .missing }
      throw InputError(path: "\(path)/\(file)", code: errno)
    }
    return status.st_mode & S_IFMT == S_IFREG ? .file(size: Int(status.st_size)) : .other
  }

  /// Writes a file atomically, under a temporary name beside its place and then renamed, and makes its missing folders.
  package func replace(
    _ file: String, with bytes: [UInt8], temporary: String
  ) throws(InputError) {
    let (folder, name) = Self.parts(of: file)
    let descriptor = try makeFolder(folder)
    defer { close(descriptor) }
    _ = unlinkat(descriptor, temporary, 0)
    let written = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o644))
    guard written >= 0 else { throw InputError(path: "\(path)/\(file)", code: errno) }
    var failure = WholeWrite.write(bytes, to: written) ?? 0
    if close(written) != 0, failure == 0 { failure = errno }
    if failure == 0, renameat(descriptor, temporary, descriptor, name) != 0 { failure = errno }
    guard failure == 0 else {
      _ = unlinkat(descriptor, temporary, 0)
      throw InputError(path: "\(path)/\(file)", code: failure)
    }
  }

  /// Creates a file completely or not at all, and never changes an existing one; missing folders are made.
  ///
  /// - Parameters:
  ///   - isDurable: whether the file and its folder are synced to the disk before this returns.
  ///   - isPrivate: whether only its user may read it.
  /// - Returns: False when the name exists already, even if it appeared a moment ago.
  package func create(
    _ file: String, _ bytes: [UInt8], isDurable: Bool = false, isPrivate: Bool = false
  ) throws(InputError) -> Bool {
    let (folder, name) = Self.parts(of: file)
    let descriptor = try makeFolder(folder)
    defer { close(descriptor) }
    let temporary = ".stoa-tmp-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let written = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      mode_t(isPrivate ? 0o600 : 0o644))
    guard written >= 0 else { throw InputError(path: "\(path)/\(file)", code: errno) }
    defer { _ = unlinkat(descriptor, temporary, 0) }
    var failure = WholeWrite.write(bytes, to: written) ?? 0
    if isDurable, failure == 0, fsync(written) != 0 { failure = errno }
    if close(written) != 0, failure == 0 { failure = errno }
    // A hard link: unlike renaming, this fails if the name exists.
    if failure == 0, linkat(descriptor, temporary, descriptor, name, 0) != 0 { failure = errno }
    // Also if another process has just created it, and may not have synced it yet.
    if isDurable, failure == 0 || failure == EEXIST, fsync(descriptor) != 0 { failure = errno }
    if failure == EEXIST { return false }
    guard failure == 0 else { throw InputError(path: "\(path)/\(file)", code: failure) }
    return true
  }

  /// Opens a folder below it; makes it and its parents if they are missing.
  private func makeFolder(_ folder: String) throws(InputError) -> Int32 {
    let known = open(folder.isEmpty ? "." : folder, asFolder: true)
    if known >= 0 { return known }
    guard known == -ENOENT, !folder.isEmpty else {
      throw InputError(path: "\(path)/\(folder)", code: -known)
    }
    let (above, name) = Self.parts(of: folder)
    let descriptor = try makeFolder(above)
    defer { close(descriptor) }
    guard mkdirat(descriptor, name, mode_t(0o755)) == 0 || errno == EEXIST else {
      throw InputError(path: "\(path)/\(folder)", code: errno)
    }
    let made = open(folder, asFolder: true)
    guard made >= 0 else { throw InputError(path: "\(path)/\(folder)", code: -made) }
    return made
  }

  private static func parts(of file: String) -> (folder: String, name: String) {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", file) }
    return (String(file[..<slash]), String(file[file.utf8.index(after: slash)...]))
  }
}

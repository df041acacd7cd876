import StoaPlatform

/// Writes files below a folder as safely as it reads them: each call works in the opened folder of the file, so no link is
/// followed, even if one replaces a folder of the path.
extension RootFolder {
  package enum EntryKind: Sendable, Equatable {
    case missing
    case file(size: Int)
    /// A folder, a link or a device.
    case other
  }

  /// The kind of the item at a path below the folder; a link is not followed.
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

  /// Writes a file under a temporary name beside its place, with missing folders of its path, then renames the file.
  ///
  /// - Parameters:
  ///   - isDurable: whether the file is synced to the disk when this returns.
  ///   - isPrivate: whether only its user may read it.
  package func replace(
    _ file: String, with bytes: [UInt8], temporary: String, isDurable: Bool = false,
    isPrivate: Bool = false
  ) throws(InputError) {
    let (folder, name) = Self.parts(of: file)
    let descriptor = try makeFolder(folder)
    defer { close(descriptor) }
    _ = unlinkat(descriptor, temporary, 0)
    let written = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      mode_t(isPrivate ? 0o600 : 0o644))
    guard written >= 0 else { throw InputError(path: "\(path)/\(file)", code: errno) }
    var failure = WholeWrite.write(bytes, to: written) ?? 0
    if isDurable, failure == 0, fsync(written) != 0 { failure = errno }
    if close(written) != 0, failure == 0 { failure = errno }
    if failure == 0, renameat(descriptor, temporary, descriptor, name) != 0 { failure = errno }
    if isDurable, failure == 0, fsync(descriptor) != 0 { failure = errno }
    guard failure == 0 else {
      _ = unlinkat(descriptor, temporary, 0)
      throw InputError(path: "\(path)/\(file)", code: failure)
    }
  }

  /// Creates a complete file or none, and never changes an existing one; missing folders of its path are created.
  ///
  /// - Parameters:
  ///   - isDurable: whether the file and its folder are synced to the disk when this returns.
  ///   - isPrivate: whether only its user may read it.
  ///   - isExecutable: whether it is a program.
  /// - Returns: False when the name is taken, even if another process took it a moment ago.
  package func create(
    _ file: String, _ bytes: [UInt8], isDurable: Bool = false, isPrivate: Bool = false,
    isExecutable: Bool = false
  ) throws(InputError) -> Bool {
    let (folder, name) = Self.parts(of: file)
    let descriptor = try makeFolder(folder)
    defer { close(descriptor) }
    let temporary = ".stoa-tmp-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let written = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      mode_t(isExecutable ? 0o755 : isPrivate ? 0o600 : 0o644))
    guard written >= 0 else { throw InputError(path: "\(path)/\(file)", code: errno) }
    defer { _ = unlinkat(descriptor, temporary, 0) }
    var failure = WholeWrite.write(bytes, to: written) ?? 0
    if isDurable, failure == 0, fsync(written) != 0 { failure = errno }
    if close(written) != 0, failure == 0 { failure = errno }
    // A second name for the file: unlike renaming, this refuses a name that is taken.
    if failure == 0, linkat(descriptor, temporary, descriptor, name, 0) != 0 { failure = errno }
    if [EPERM, EOPNOTSUPP, ENOTSUP, ENOSYS].contains(failure) {
      // The file system has no hard links.
      var status = stat()
      let isFree = fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0
      let isThere = isFree && renameat(descriptor, temporary, descriptor, name) == 0
      failure = isThere ? 0 : isFree ? errno : EEXIST
    }
    // Also when another process has just created the file, since that process may not have synced it yet.
    if isDurable, failure == 0 || failure == EEXIST, fsync(descriptor) != 0 { failure = errno }
    if failure == EEXIST { return false }
    guard failure == 0 else { throw InputError(path: "\(path)/\(file)", code: failure) }
    return true
  }

  /// Moves a file, and creates the folders above its new place.
  package func move(_ file: String, to place: String) throws(InputError) {
    let (folder, name) = Self.parts(of: file)
    let descriptor = open(folder.isEmpty ? "." : folder, asFolder: true)
    guard descriptor >= 0 else { throw InputError(path: "\(path)/\(file)", code: -descriptor) }
    defer { close(descriptor) }
    let (newFolder, newName) = Self.parts(of: place)
    let newDescriptor = try makeFolder(newFolder)
    defer { close(newDescriptor) }
    guard renameat(descriptor, name, newDescriptor, newName) == 0 else {
      throw InputError(path: "\(path)/\(place)", code: errno)
    }
  }

  /// Removes a file, if it is there.
  package func remove(_ file: String) throws(InputError) {
    let failure = unlink(file, 0)
    guard failure == 0 || failure == ENOENT else {
      throw InputError(path: "\(path)/\(file)", code: failure)
    }
  }

  /// Removes a folder if it is empty; returns whether it did.
  package func removeFolderIfEmpty(_ folder: String) -> Bool { unlink(folder, AT_REMOVEDIR) == 0 }

  /// - Returns: The error number; 0 if it is removed.
  private func unlink(_ file: String, _ flags: Int32) -> Int32 {
    let (folder, name) = Self.parts(of: file)
    let descriptor = open(folder.isEmpty ? "." : folder, asFolder: true)
    guard descriptor >= 0 else { return -descriptor }
    defer { close(descriptor) }
    return unlinkat(descriptor, name, flags) == 0 ? 0 : errno
  }

  /// Opens a folder that the user names, and creates it with its parents if it is missing; links in its path are followed.
  package static func making(_ path: String) throws(InputError) -> RootFolder {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      guard mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
      // A parent folder may exist and not be writable.
      let failure = errno
      var status = stat()
      guard stat(folder, &status) == 0 else { throw InputError(path: folder, code: failure) }
    }
    return RootFolder(path)
  }

  /// Opens a folder below it, and creates it with its parents if it is missing.
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

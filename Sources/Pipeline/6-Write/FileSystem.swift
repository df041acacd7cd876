import StoaPlatform
package import StoaSystem

/// The system calls on the output folder.
///
/// None follows a symbolic link, and none syncs: an interrupted build can be repeated.
package enum FileSystem {
  package enum Kind: Equatable {
    case missing
    case file(Stamp)
    case folder
    case link
    case other
  }

  /// Values that change whenever a file changes.
  package struct Stamp: Sendable, Equatable {
    /// The inode number: it differs after another file replaced this one.
    package let number: UInt64
    package let size: Int
    /// When its content was last written (mtime, which programs can set), in nanoseconds since 1970.
    package let written: Int64
    /// When its content or metadata last changed (ctime, which programs cannot set).
    package fileprivate(set) var changed: Int64

    /// What no file has.
    package static let none = Stamp(number: 0, size: 0, written: 0, changed: 0)

    /// Restores a recorded stamp.
    init(number: UInt64, size: Int, written: Int64, changed: Int64) {
      self.number = number
      self.size = size
      self.written = written
      self.changed = changed
    }

    fileprivate init(_ status: stat) {
      number = UInt64(status.st_ino)
      size = Int(status.st_size)
      written = Self.nanoseconds(status.st_mtim)
      changed = Self.nanoseconds(status.st_ctim)
    }

    /// Wraps in the year 2262; a wrapped time still differs from others.
    private static func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
  }

  package static func kind(of path: String) throws(WriteError) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return .missing }
      throw WriteError(path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(Stamp(status))
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// Reads a regular file.
  ///
  /// - Parameter wanted: the only accepted size; nil for any.
  package static func read(_ path: String, size wanted: Int? = nil) throws(WriteError) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(path, sizes: (wanted ?? 0)...(wanted ?? .max))
    } catch {
      throw WriteError(path, error)
    }
  }

  /// Reads a regular file below a folder, without following a link.
  package static func read(_ file: String, in root: RootFolder) throws(WriteError) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(file, in: root)
    } catch {
      throw WriteError("\(root.path)/\(file)", error)
    }
  }

  /// Writes a file atomically: under a temporary name beside its place, then renamed.
  ///
  /// - Returns: The file's stamp with these bytes; a later change of the file changes its stamp.
  @discardableResult
  package static func replace(
    _ path: String, with bytes: [UInt8], temporary: String
  ) throws(WriteError) -> Stamp {
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o644))
    guard descriptor >= 0 else { throw WriteError(temporary) }
    var failure = WholeWrite.write(bytes, to: descriptor) ?? 0
    var status = stat()
    if failure == 0, fstat(descriptor, &status) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw WriteError(path, errno: failure)
    }
    // rename(2) updates ctime, so that is read again; nothing else can have changed.
    var stamp = Stamp(status)
    if lstat(path, &status) == 0 { stamp.changed = Stamp(status).changed }
    return stamp
  }

  /// The current time of the file system of an open folder, by the same clock as stamps; nil if it is not available.
  ///
  /// This sets the folder's own times.
  static func time(at folder: Int32) -> Int64? {
    var status = stat()
    guard futimens(folder, nil) == 0, fstat(folder, &status) == 0 else { return nil }
    return Stamp(status).changed
  }

  package static func makeFolder(_ path: String) throws(WriteError) {
    guard mkdir(path, mode_t(0o755)) == 0 || errno == EEXIST else { throw WriteError(path) }
  }

  /// Makes a folder and its missing parents.
  package static func makeFolders(to path: String) throws(WriteError) {
    if mkdir(path, mode_t(0o755)) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      slash > path.startIndex
    else { throw WriteError(path) }
    try makeFolders(to: String(path[..<slash]))
    try makeFolder(path)
  }

  package static func remove(_ path: String) throws(WriteError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw WriteError(path) }
  }

  /// Removes a folder if it is empty; returns whether it did.
  package static func removeFolderIfEmpty(_ path: String) -> Bool { rmdir(path) == 0 }

  package static func names(in path: String) throws(WriteError) -> [String] {
    do {
      return try FolderNames.list(path)
    } catch {
      throw WriteError(path, errno: error.code)
    }
  }

  /// Locks a folder for one build; nil when another build has locked it.
  package static func lock(_ folder: String) throws(WriteError) -> Int32? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw WriteError(folder) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  /// Unlocks it immediately, even if a child that is being started still has a copy of the descriptor.
  package static func unlock(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The home folders of the user who runs the program, from the environment and from the system.
  package static var homes: [String] {
    var homes: [String] = []
    if let home = getenv("HOME") { homes.append(String(cString: home)) }
    if let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir {
      homes.append(String(cString: home))
    }
    return homes
  }

  /// The path with all links resolved, as far as it exists.
  package static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else {
      let parts = path.split(separator: "/")
      guard let last = parts.last, parts.count > 1 else { return path }
      return resolved("/" + parts.dropLast().joined(separator: "/")) + "/\(last)"
    }
    defer { free(real) }
    return String(cString: real)
  }
}

import StoaPlatform
package import StoaSystem

/// Lists folders in byte order, independent of the file system's order.
package enum FolderReader {
  package struct Entry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      case file
      case folder
      case other(String)
    }

    /// The name's bytes; `name` is nil when they are not UTF-8.
    package let rawName: [UInt8]
    package let name: String?
    package let kind: Kind
  }

  /// The entries of a folder without `.` and `..`; nil when there is no such folder.
  package static func list(_ path: String) throws(InputError) -> [Entry]? {
    guard let stream = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw InputError(path: path, code: errno)
    }
    return try entries(of: stream, path)
  }

  /// The entries of a folder below another, without following a link; nil when there is no such folder.
  package static func list(
    _ folder: String, in root: RootFolder
  ) throws(InputError) -> [Entry]? {
    let path = "\(root.path)/\(folder)"
    let stream: RootFolder.FolderStream
    do throws(SystemError) {
      stream = try root.openList(folder)
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return nil }
      throw InputError(path: path, code: error.code)
    }
    return try entries(of: stream, path)
  }

  private static func entries(
    of stream: RootFolder.FolderStream, _ path: String
  ) throws(InputError) -> [Entry] {
    defer { closedir(stream) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let found = readdir(stream) else {
        if errno != 0 { throw InputError(path: path, code: errno) }
        break
      }
      let rawName = name(of: found)
      if rawName == [UInt8(ascii: ".")] || rawName == [UInt8(ascii: "."), UInt8(ascii: ".")] {
        continue
      }
      let name = String(validating: rawName, as: UTF8.self)
      entries.append(Entry(rawName: rawName, name: name, kind: kind(of: found, in: dirfd(stream))))
    }
    entries.sort { $0.rawName.lexicographicallyPrecedes($1.rawName) }
    return entries
  }

  /// What is in place of a folder, such as a symbolic link; nil for a folder, and if nothing is there.
  static func obstacle(at path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
    return FileReader.kind(of: status.st_mode)
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
      return tuple.withMemoryRebound(to: UInt8.self, capacity: capacity) { bytes in
        Array(UnsafeBufferPointer(start: bytes, count: strnlen(bytes, capacity)))
      }
    }
  }

  private static func strnlen(_ bytes: UnsafePointer<UInt8>, _ capacity: Int) -> Int {
    var length = 0
    while length < capacity, bytes[length] != 0 { length += 1 }
    return length
  }

  private static func kind(
    of entry: UnsafeMutablePointer<dirent>, in folder: Int32
  ) -> Entry.Kind {
    switch Int32(entry.pointee.d_type) {
    case Int32(DT_REG): return .file
    case Int32(DT_DIR): return .folder
    case Int32(DT_UNKNOWN):
      // Some file systems do not report the type here, so lstat is needed.
      var status = stat()
      let isKnown = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        }
      }
      guard isKnown else { return .other("unreadable") }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return .file
      case S_IFDIR: return .folder
      default: return .other(FileReader.kind(of: status.st_mode))
      }
    default:
      return .other(FileReader.kind(of: mode_t(entry.pointee.d_type) << 12))
    }
  }
}

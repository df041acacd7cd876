import StoaModel
import StoaPlatform

/// A folder for a tool, which is removed with all its files when this object is deinitialised.
package final class ScratchFolder {
  package let path: String

  /// The folder for temporary files: `$TMPDIR`, otherwise /var/tmp, because /tmp may be in memory.
  package static var place: String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return folder.isEmpty ? "/var/tmp" : folder
  }

  package init() throws(SystemError) {
    var template = Array("\(Self.place)/stoa-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SystemError("no temporary folder in \(Self.place)", errno: errno)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file, and makes its missing folders.
  package func write(_ bytes: [UInt8], to name: String) throws(SystemError) {
    var folder = path
    let parts = name.split(separator: "/")
    for part in parts.dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, mode_t(0o700)) == 0 || errno == EEXIST else {
        throw SystemError(folder, errno: errno)
      }
    }
    let descriptor = open(
      "\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
    guard descriptor >= 0 else { throw SystemError(name, errno: errno) }
    defer { close(descriptor) }
    if let failure = WholeWrite.write(bytes, to: descriptor) {
      throw SystemError(name, errno: failure)
    }
  }

  /// The regular files below a folder of this one, by their paths relative to that folder, in byte order.
  package func files(below folder: String) -> [String] {
    var found: [String] = []
    func look(_ prefix: String) {
      for name in (try? FolderNames.list("\(path)/\(folder)/\(prefix)")) ?? [] {
        switch Self.kind(of: "\(path)/\(folder)/\(prefix)\(name)") {
        case S_IFREG: found.append(prefix + name)
        case S_IFDIR: look("\(prefix)\(name)/")
        default: break
        }
      }
    }
    look("")
    return found.sorted { $0.precedes($1) }
  }

  /// The bytes of a file in it.
  package func read(_ name: String) throws(SystemError) -> [UInt8] {
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(name, errno: errno) }
    return try HeldFile(descriptor: descriptor).whole(name)
  }

  private static func kind(of path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  private static func remove(_ folder: String) {
    for name in (try? FolderNames.list(folder)) ?? [] {
      let path = "\(folder)/\(name)"
      if kind(of: path) == S_IFDIR { remove(path) } else { unlink(path) }
    }
    rmdir(folder)
  }
}

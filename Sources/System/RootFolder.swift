import CRootedOpen
import StoaPlatform

/// A folder whose files are opened without following a symbolic link and without leaving it, even while other processes move
/// folders and replace them with links.
///
/// Checking a path first and opening it then would leave a moment in between.
package final class RootFolder: Sendable {
  /// Absolute.
  package let path: String
  /// The descriptor, or the negated error number when the folder cannot be opened.
  private let descriptor: Int32
  private let walks: Bool

  /// - Parameters:
  ///   - path: absolute; symbolic links in it are followed, because the user gave it.
  ///   - walks: open part by part, as on systems without openat2.
  package init(_ path: String, walks: Bool = false) {
    self.path = path
    self.walks = walks
    descriptor = rooted_open_root(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Opens a file below it for reading.
  ///
  /// - Returns: A descriptor, or the negated error number: `ELOOP` when the path has a symbolic link or is one.
  package func open(_ relative: String, asFolder: Bool = false) -> Int32 {
    guard descriptor >= 0 else { return descriptor }
    return rooted_open_beneath(descriptor, relative, asFolder ? 1 : 0, walks ? 1 : 0)
  }

  /// Opens a folder below it for listing.
  ///
  /// - Throws: The system's error.
  package func openList(_ relative: String) throws(SystemError) -> FolderStream {
    let descriptor = open(relative, asFolder: true)
    guard descriptor >= 0 else { throw SystemError(relative, errno: -descriptor) }
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw SystemError(relative, errno: code)
    }
    return stream
  }

  package typealias FolderStream = OpaquePointer

  /// The path of a file relative to this folder; nil when it is not below it.
  package func relative(_ path: String) -> String? {
    let prefix = self.path == "/" ? "/" : "\(self.path)/"
    guard path.utf8.count > prefix.utf8.count, path.utf8.starts(with: prefix.utf8) else {
      return nil
    }
    return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}

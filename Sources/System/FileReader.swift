package import StoaModel
package import StoaPlatform

/// A failed input or output operation, with its path.
package struct InputError: InputOutputFailure {
  package let path: String
  package let code: Int32

  package init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  package var description: String { "\(path): \(reason)" }

  /// The system's message.
  package var reason: String {
    code == ELOOP ? "its path has a symbolic link" : String(cString: strerror(code))
  }
}

extension InputError {
  /// A required file that was not read.
  package init(path: String, refusal: FileReader.Refusal) {
    switch refusal {
    case .system(let code): self.init(path: path, code: code)
    case .notRegular, .wrongSize: self.init(path: path, code: EINVAL)
    }
  }
}

/// Reads complete regular files, without following links that the content may contain, unless that is requested.
package enum FileReader {
  /// Why a file of content was not read.
  package enum Refusal: Error {
    case notRegular(String)
    /// A size that is not one of the requested ones.
    case wrongSize(Int)
    case system(Int32)

    /// Whether the file does not exist.
    package var isAbsence: Bool {
      if case .system(ENOENT) = self { true } else { false }
    }
  }

  /// Opens a file that the user trusts, for reading in pieces; nil when that fails.
  package static func hold(trusted path: String) -> HeldFile? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    return descriptor >= 0 ? HeldFile(descriptor: descriptor) : nil
  }

  /// Opens a file below a folder for reading in pieces; nil when that fails.
  package static func hold(_ file: String, in root: RootFolder) -> HeldFile? {
    let descriptor = root.open(file)
    return descriptor >= 0 ? HeldFile(descriptor: descriptor) : nil
  }

  /// Reads a regular file below a folder, without following any link.
  package static func read(
    _ file: String, in root: RootFolder, maximumSize: Int = .max
  ) throws(Refusal) -> [UInt8] {
    let descriptor = root.open(file)
    guard descriptor >= 0 else {
      throw descriptor == -ELOOP ? .notRegular("a symbolic link") : .system(-descriptor)
    }
    return try read(descriptor, sizes: 0...maximumSize)
  }

  /// Reads a regular file that is not content, such as the system's or git's.
  package static func read(
    _ path: String, maximumSize: Int = .max, followsLinks: Bool = false
  ) throws(Refusal) -> [UInt8] {
    try read(path, sizes: 0...maximumSize, followsLinks: followsLinks)
  }

  /// Reads a regular file of one of these sizes.
  package static func read(
    _ path: String, sizes: ClosedRange<Int>, followsLinks: Bool = false
  ) throws(Refusal) -> [UInt8] {
    // Without O_NONBLOCK, opening a FIFO waits for a writer.
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .notRegular("a symbolic link") : .system(errno)
    }
    return try read(descriptor, sizes: sizes)
  }

  /// Reads an open file and closes it.
  private static func read(
    _ descriptor: Int32, sizes: ClosedRange<Int>
  ) throws(Refusal) -> [UInt8] {
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(kind(of: status.st_mode)) }
    let size = Int(status.st_size)
    guard sizes.contains(size) else { throw .wrongSize(size) }

    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Self.read(descriptor, buffer, from: count, upTo: size)
        if got > 0 {
          count += got
        } else if got == 0 || errno != EINTR {
          failure = got == 0 ? 0 : errno
          return
        }
      }
    }
    guard failure == 0 else { throw .system(failure) }
    return bytes
  }

  private static func read(
    _ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>, from: Int, upTo size: Int
  ) -> Int {
    StoaPlatform.read(descriptor, buffer.baseAddress?.advanced(by: from), size - from)
  }

  package static func kind(of mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a FIFO"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    case S_IFDIR: "a folder"
    case S_IFREG: "a file"
    default: "not a regular file"
    }
  }
}

import StoaPlatform

/// Reads a large file line by line: memory is bounded by its longest line.
final class LineStream {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// The number of the line that was read last, from 1.
  private(set) var line = 0

  private static let pieceSize = 1 << 16
  /// A line longer than this is given in parts.
  static let maximumLine = 32 << 20

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SourceError(path, String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw SourceError(path, "this is no file")
    }
  }

  deinit { close(descriptor) }

  /// The next line without its line end (a line feed, or a carriage return and a line feed); nil after the last.
  func next() throws -> ArraySlice<UInt8>? {
    var from = start
    while true {
      if let end = buffer[from...].firstIndex(of: 0x0A) {
        return take(upTo: end, endingAt: end + 1)
      }
      if buffer.count - start > Self.maximumLine {
        return take(upTo: buffer.count, endingAt: buffer.count)
      }
      guard !isAtEnd else {
        return start < buffer.count ? take(upTo: buffer.count, endingAt: buffer.count) : nil
      }
      from = buffer.count - start
      buffer.removeSubrange(..<start)
      start = 0
      try readPiece()
    }
  }

  private func take(upTo end: Int, endingAt next: Int) -> ArraySlice<UInt8> {
    line += 1
    var text = buffer[start..<end]
    if text.last == 0x0D { text = text.dropLast() }
    start = next
    return text
  }

  private func readPiece() throws {
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    let count = read(descriptor, &piece, piece.count)
    guard count >= 0 else {
      if errno == EINTR { return }
      throw SourceError(path, String(cString: strerror(errno)))
    }
    isAtEnd = count == 0
    buffer += piece[..<count]
  }
}

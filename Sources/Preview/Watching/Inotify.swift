import StoaModel
import StoaPlatform

/// Linux's interface for changes in folders: inotify(7).
final class Inotify: Sendable {
  /// One event in a watched folder.
  struct Event {
    let watch: Int32
    private let mask: UInt32
    /// Empty when it happened to the folder itself.
    let name: String

    fileprivate init(watch: Int32, mask: UInt32, name: String) {
      self.watch = watch
      self.mask = mask
      self.name = name
    }

    var isFolder: Bool { has(IN_ISDIR) }
    /// Whether the entry was created, removed or renamed, as opposed to changed.
    var isEntry: Bool { has(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO) }
    var isArrival: Bool { has(IN_CREATE | IN_MOVED_TO) }
    /// Whether the system lost events.
    var isOverflow: Bool { has(IN_Q_OVERFLOW) }
    /// Whether the watch has ended.
    var isEnd: Bool { has(IN_IGNORED) }

    private func has(_ bits: some BinaryInteger) -> Bool {
      mask & UInt32(truncatingIfNeeded: bits) != 0
    }
  }

  /// Why a folder is not watched.
  enum Refusal: Error {
    /// It does not exist, or is not a folder.
    case missing
    /// The system's limit of watches is reached.
    case limit
  }

  let descriptor: Int32

  init() throws(WatchError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw WatchError(errno: errno) }
  }

  deinit { close(descriptor) }

  /// Watches a folder's entries; a folder that is watched already keeps its number.
  func watch(_ path: String) throws(Refusal) -> Int32 {
    let mask: UInt32 =
      UInt32(IN_CLOSE_WRITE) | UInt32(IN_ATTRIB) | UInt32(IN_CREATE) | UInt32(IN_DELETE)
      | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)
    let watch = inotify_add_watch(descriptor, path, mask)
    guard watch >= 0 else { throw errno == ENOSPC ? .limit : .missing }
    return watch
  }

  func end(_ watch: Int32) { inotify_rm_watch(descriptor, watch) }

  /// The events that are waiting.
  func events() -> [Event] {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return events }
      buffer[..<count].withUnsafeBytes { bytes in
        var position = 0
        // watch, mask, cookie, the name's length, and the name padded with zeros.
        while position + 16 <= bytes.count {
          let length = Int(bytes.loadUnaligned(fromByteOffset: position + 12, as: UInt32.self))
          let end = min(position + 16 + length, bytes.count)
          let name = bytes[(position + 16)..<end].prefix { $0 != 0 }
          events.append(
            Event(
              watch: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self),
              mask: bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self),
              name: String(decoding: name, as: UTF8.self)))
          position = end
        }
      }
    }
  }
}

/// The system cannot report changes.
package struct WatchError: InputOutputFailure {
  private let code: Int32

  init(errno code: Int32) { self.code = code }

  package var description: String {
    "the folders cannot be watched: \(String(cString: strerror(code)))"
  }
}

package import StoaIntake
import StoaModel
import StoaPlatform
import StoaSystem

/// The folder in which replies wait: one file each, in a folder for each state.
///
/// A reply is in it when `put` returns: the file and its folder are synced. One process has it at a time.
package final class Spool: Sendable {
  private let root: RootFolder
  private let lock: Int32

  /// What a reply was, once it is in the spool.
  package enum Outcome: Sendable, Equatable {
    case kept
    /// The same form was sent before.
    case known
  }

  /// Opens a spool, which is made if it is not there.
  ///
  /// - Throws: When another process has it.
  package init(_ path: String) throws {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw SystemFailure(path: path, code: errno)
    }
    let root = RootFolder(path)
    self.root = root
    lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard lock >= 0 else { throw SystemFailure(path: "\(path)/lock", code: errno) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      throw SystemFailure(
        path: path, code: code,
        reason: code == EWOULDBLOCK ? "another process receives into it" : nil)
    }
    // Made before anything is in them: a file is not on the disk before the folders above it are.
    for name in SpooledReply.State.allCases.map(\.rawValue) + ["commits"] {
      guard mkdir("\(path)/\(name)", 0o700) == 0 || errno == EEXIST else {
        throw SystemFailure(path: "\(path)/\(name)", code: errno)
      }
    }
    try sync(path)
    for state in SpooledReply.State.allCases { try removeTemporaryFiles(of: state) }
  }

  deinit { close(lock) }

  /// What proves that a form is the service's own: made once, and kept.
  package func secret() throws -> [UInt8] {
    if let bytes = try? FileReader.read("secret", in: root, maximumSize: 64), bytes.count == 32 {
      return bytes
    }
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    _ = try root.create("secret", bytes, isDurable: true, isPrivate: true)
    return try FileReaderFailure.read("secret", in: root)
  }

  /// Keeps a reply.
  package func put(_ reply: SpooledReply, as state: SpooledReply.State) throws -> Outcome {
    for other in SpooledReply.State.allCases
    where try root.kind(of: "\(other.rawValue)/\(reply.key)") != .missing {
      return .known
    }
    let isNew = try root.create(
      "\(state.rawValue)/\(reply.key)", reply.bytes, isDurable: true, isPrivate: true)
    return isNew ? .kept : .known
  }

  /// The commit that a reply became; nil when it has not come so far.
  func commit(of reply: SpooledReply) throws -> String? {
    guard let bytes = try? FileReader.read("commits/\(reply.key)", in: root, maximumSize: 128)
    else {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.utf8.allSatisfy(ASCII.isHexDigit) && !text.isEmpty ? text : nil
  }

  /// Records which commit a reply became, before it is pushed.
  func record(commit: String, of reply: SpooledReply) throws {
    let file = "commits/\(reply.key)"
    // One that is gone from the repository is of no use any more.
    unlink("\(root.path)/\(file)")
    _ = try root.create(file, Array(commit.utf8), isDurable: true, isPrivate: true)
  }

  /// Puts a reply into another state, in one step that is on the disk when this returns.
  package func move(
    _ reply: SpooledReply, from old: SpooledReply.State, to new: SpooledReply.State
  ) throws {
    let (source, target) = ("\(root.path)/\(old.rawValue)", "\(root.path)/\(new.rawValue)")
    guard rename("\(source)/\(reply.key)", "\(target)/\(reply.key)") == 0 else {
      throw SystemFailure(path: "\(source)/\(reply.key)", code: errno)
    }
    for folder in [target, source] { try sync(folder) }
  }

  private func sync(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(path: folder, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemFailure(path: folder, code: errno) }
  }

  /// Removes a file of git's that is no longer needed.
  func forget(_ path: String) { unlink(path) }

  /// The replies in a state, by the time at which they came, and the names of files that are none.
  package func list(
    _ state: SpooledReply.State
  ) throws -> (replies: [SpooledReply], unreadable: [String]) {
    var replies: [SpooledReply] = []
    var unreadable: [String] = []
    for name in try names(in: state) {
      guard
        let bytes = try? FileReader.read(
          "\(state.rawValue)/\(name)", in: root, maximumSize: 1 << 17),
        let reply = SpooledReply(key: name, bytes)
      else {
        unreadable.append("\(state.rawValue)/\(name)")
        continue
      }
      replies.append(reply)
    }
    replies.sort {
      $0.received != $1.received ? $0.received < $1.received : $0.key.precedes($1.key)
    }
    return (replies, unreadable)
  }

  private func names(in state: SpooledReply.State) throws -> [String] {
    try allNames(in: state).filter { !$0.hasPrefix(".") }
  }

  private func allNames(in state: SpooledReply.State) throws -> [String] {
    let path = "\(root.path)/\(state.rawValue)"
    guard let stream = opendir(path) else {
      if errno == ENOENT { return [] }
      throw SystemFailure(path: path, code: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.precedes($1) }
  }

  /// A file that a killed process left half written was never acknowledged.
  private func removeTemporaryFiles(of state: SpooledReply.State) throws {
    for name in try allNames(in: state) where name.hasPrefix(".stoa-tmp-") {
      unlink("\(root.path)/\(state.rawValue)/\(name)")
    }
  }
}

/// Input or output of the service that the system refused.
struct SystemFailure: InputOutputFailure {
  let path: String
  let code: Int32
  var reason: String?

  var description: String { "\(path): \(reason ?? String(cString: strerror(code)))" }
}

private enum FileReaderFailure {
  /// Reads a file that has to be there.
  static func read(_ file: String, in root: RootFolder) throws(InputError) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(file, in: root)
    } catch {
      throw InputError(path: "\(root.path)/\(file)", refusal: error)
    }
  }
}

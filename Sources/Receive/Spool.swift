package import StoaIntake
import StoaModel
import StoaPlatform
import StoaSystem
import Synchronization

/// The folder in which replies wait: one file each, in a folder for each state.
///
/// When `put` returns, the file and its folder are synced. One service uses a spool at a time; moderators' commands may run
/// beside it. A reply changes its state by one rename, so of two processes that decide about it, one finds it gone.
package final class Spool: Sendable {
  /// The role of a process that opens a spool.
  package enum Role: Sendable {
    /// Takes replies; there is one.
    case service
    /// Decides about replies in the spool.
    case command
  }

  /// The result of storing a reply.
  package enum Outcome: Sendable, Equatable {
    case kept
    /// The same form was sent before.
    case known
  }

  /// The folder of replies that are being rejected, and the folder with the records of rejections.
  static let rejecting = "rejecting"
  static let rejected = "rejected"
  /// In the order in which a reply passes through them, so that a search in this order finds a reply that moves meanwhile.
  private static let places =
    SpooledReply.State.allCases.map(\.rawValue) + [rejecting, rejected]
  /// The maximum size of a reply's file: the longest text with its front matter, and a header.
  private static let maximumFileSize = 1 << 17

  let root: RootFolder
  private let lock: Int32
  /// Locks by the first digit of the key, so that two simultaneous requests with the same form store one reply.
  private let gates = (0..<16).map { _ in Gate() }

  private final class Gate: Sendable {
    let mutex = Mutex(())
  }

  var path: String { root.path }

  /// Opens a spool, and creates it if it is missing.
  ///
  /// - Throws: When another service uses it.
  package init(_ path: String, as role: Role = .service) throws {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw SystemFailure(path: path, code: errno)
    }
    root = RootFolder(path)
    lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard lock >= 0 else { throw SystemFailure(path: "\(path)/lock", code: errno) }
    if role == .service, flock(lock, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      throw SystemFailure(
        path: path, code: code,
        reason: code == EWOULDBLOCK ? "another process uses it" : nil)
    }
    // Created and synced before use: a file is not durable before its parent folders are.
    for name in Self.places + ["commits", "batches", "mailed", "subscriptions"] {
      guard mkdir("\(path)/\(name)", 0o700) == 0 || errno == EEXIST else {
        throw SystemFailure(path: "\(path)/\(name)", code: errno)
      }
    }
    try sync(path)
    if role == .service { try removeTemporaryFiles() }
    try finishRejecting()
  }

  deinit { close(lock) }

  /// The key that signs the service's forms: created once, and kept.
  package func secret() throws -> [UInt8] {
    if let bytes = try? FileReader.read("secret", in: root, maximumSize: 64), bytes.count == 32 {
      return bytes
    }
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    _ = try root.create("secret", bytes, isDurable: true, isPrivate: true)
    return try FileReaderFailure.read("secret", in: root)
  }

  /// Stores a reply.
  package func put(_ reply: SpooledReply, as state: SpooledReply.State) throws -> Outcome {
    try gates[Int(reply.key.utf8.first ?? 0) % gates.count].mutex.withLock { _ in
      guard try place(of: reply.key) == nil else { return .known }
      let isNew = try root.create(
        "\(state.rawValue)/\(reply.key)", reply.bytes, isDurable: true, isPrivate: true)
      return isNew ? .kept : .known
    }
  }

  /// The folder that holds a reply or the record of it; nil when there is none.
  private func place(of key: String) throws -> String? {
    try Self.places.first { try root.kind(of: "\($0)/\(key)") != .missing }
  }

  /// A reply and its state; nil when it does not exist or was rejected.
  package func reply(_ key: String) -> (reply: SpooledReply, state: SpooledReply.State)? {
    guard Self.isKey(key) else { return nil }
    for state in SpooledReply.State.allCases {
      if let reply = read("\(state.rawValue)/\(key)", key) { return (reply, state) }
    }
    return nil
  }

  /// Whether a text is a valid key of a reply: it becomes part of a path.
  package static func isKey(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy { ASCII.isHexDigit($0) }
  }

  private func read(_ file: String, _ key: String) -> SpooledReply? {
    (try? FileReader.read(file, in: root, maximumSize: Self.maximumFileSize)).flatMap {
      SpooledReply(key: key, $0)
    }
  }

  /// The replies in a state, by the time of their arrival, and the names of files that are not replies.
  package func list(
    _ state: SpooledReply.State
  ) throws -> (replies: [SpooledReply], unreadable: [String]) {
    var replies: [SpooledReply] = []
    var unreadable: [String] = []
    for name in try names(in: state.rawValue) {
      let file = "\(state.rawValue)/\(name)"
      if let reply = read(file, name) {
        replies.append(reply)
      } else if try root.kind(of: file) != .missing {
        unreadable.append(file)
      }
    }
    replies.sort {
      $0.received != $1.received ? $0.received < $1.received : $0.key.precedes($1.key)
    }
    return (replies, unreadable)
  }

  /// How many replies are in a state.
  package func count(_ state: SpooledReply.State) -> Int {
    (try? names(in: state.rawValue).count) ?? 0
  }

  // MARK: Changes of state

  /// Moves a reply to another state, atomically and durably.
  ///
  /// - Returns: False when it is no longer in the old state, because another process decided first.
  @discardableResult
  package func move(
    _ reply: SpooledReply, from old: SpooledReply.State, to new: SpooledReply.State
  ) throws -> Bool {
    try move(reply.key, from: old.rawValue, to: new.rawValue)
  }

  private func move(_ key: String, from old: String, to new: String) throws -> Bool {
    let (source, target) = ("\(path)/\(old)", "\(path)/\(new)")
    guard rename("\(source)/\(key)", "\(target)/\(key)") == 0 else {
      let code = errno
      if code == ENOENT { return false }
      throw SystemFailure(path: "\(source)/\(key)", code: code)
    }
    for folder in [target, source] { try sync(folder) }
    return true
  }

  /// Deletes a reply's content, and keeps a record that it existed.
  ///
  /// - Returns: False when it is no longer in the state.
  package func reject(
    _ reply: SpooledReply, from state: SpooledReply.State, at now: Int64
  ) throws -> Bool {
    guard try move(reply.key, from: state.rawValue, to: Self.rejecting) else { return false }
    try record(RejectedReply(reply, at: now))
    return true
  }

  private func record(_ rejection: RejectedReply) throws {
    _ = try root.create(
      "\(Self.rejected)/\(rejection.key)", rejection.bytes, isDurable: true, isPrivate: true)
    try remove("\(Self.rejecting)/\(rejection.key)")
  }

  /// Completes rejections that were interrupted between their two steps.
  private func finishRejecting() throws {
    for key in try names(in: Self.rejecting) {
      guard let reply = read("\(Self.rejecting)/\(key)", key) else { continue }
      try record(RejectedReply(reply, at: reply.received))
    }
  }

  /// The records of rejected replies, by key.
  package func rejections() throws -> [RejectedReply] {
    try names(in: Self.rejected).compactMap { key in
      (try? FileReader.read("\(Self.rejected)/\(key)", in: root, maximumSize: 1 << 12)).flatMap {
        RejectedReply(key: key, $0)
      }
    }
  }

  package func rejection(_ key: String) -> RejectedReply? {
    guard Self.isKey(key) else { return nil }
    return (try? FileReader.read("\(Self.rejected)/\(key)", in: root, maximumSize: 1 << 12))
      .flatMap { RejectedReply(key: key, $0) }
  }

  /// Removes replies and records that need no decision any more, if they are older than a limit.
  ///
  /// - Parameter limit: seconds since 1970.
  /// - Returns: How many were removed.
  package func purge(before limit: Int64) throws -> Int {
    var count = 0
    for state in [SpooledReply.State.proposed, .published] {
      for reply in try list(state).replies where reply.received < limit {
        try forget(reply.key, in: state.rawValue)
        count += 1
      }
    }
    for rejection in try rejections() where rejection.rejected < limit {
      // Its proposal still has to be withdrawn, for which its commit is needed.
      guard try commit(of: rejection.key) == nil else { continue }
      try forget(rejection.key, in: Self.rejected)
      count += 1
    }
    return count
  }

  private func forget(_ key: String, in folder: String) throws {
    for file in ["commits/\(key)", "mailed/\(key)", "\(folder)/\(key)"]
    where try root.kind(of: file) != .missing {
      try remove(file)
    }
  }

  // MARK: Commits

  /// The commit of a reply; nil when it has none yet.
  func commit(of key: String) throws -> String? {
    guard let bytes = try? FileReader.read("commits/\(key)", in: root, maximumSize: 128) else {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.utf8.allSatisfy(ASCII.isHexDigit) && !text.isEmpty ? text : nil
  }

  /// Records the commit of a reply before it is pushed.
  func record(commit: String, of key: String) throws {
    let file = "commits/\(key)"
    // A commit that the repository does not have any more is useless.
    unlink("\(path)/\(file)")
    _ = try root.create(file, Array(commit.utf8), isDurable: true, isPrivate: true)
  }

  /// Removes the record that a reply was proposed, after its proposal was withdrawn.
  func forgetCommit(of key: String) throws { try remove("commits/\(key)") }

  /// Records that moderators were notified of a reply.
  func markMailed(_ key: String) throws {
    _ = try root.create("mailed/\(key)", [], isDurable: true, isPrivate: true)
  }

  // MARK: Proposals of many replies

  func batches() throws -> [ReplyBatch] {
    try names(in: "batches").compactMap { id in
      (try? FileReader.read("batches/\(id)", in: root, maximumSize: 1 << 20)).flatMap {
        ReplyBatch(id: id, $0)
      }
    }
  }

  func keep(_ batch: ReplyBatch) throws {
    _ = try root.create("batches/\(batch.id)", batch.bytes, isDurable: true, isPrivate: true)
  }

  func forget(_ batch: ReplyBatch) throws { try remove("batches/\(batch.id)") }

  /// Runs a function with exclusive use of the proposal repository.
  func withRepository<Result>(_ body: () throws -> Result) throws -> Result {
    let file = open(
      "\(path)/repository.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard file >= 0 else { throw SystemFailure(path: "\(path)/repository.lock", code: errno) }
    // Closing the file releases the lock.
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw SystemFailure(path: "\(path)/repository.lock", code: errno)
      }
    }
    return try body()
  }

  // MARK: Files

  /// Tests whether replies can be stored.
  func tryWriting() throws {
    try root.replace("trial", with: [0x0A], temporary: ".stoa-tmp-trial", isDurable: true)
  }

  /// Deletes a file, and syncs its folder.
  func remove(_ file: String) throws {
    guard unlink("\(path)/\(file)") == 0 || errno == ENOENT else {
      throw SystemFailure(path: "\(path)/\(file)", code: errno)
    }
    let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { "/" + file[..<$0] } ?? ""
    try sync(path + folder)
  }

  private func sync(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(path: folder, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemFailure(path: folder, code: errno) }
  }

  /// The files of a folder, in order, without temporary ones.
  func names(in folder: String) throws -> [String] {
    try allNames(in: folder).filter { !$0.hasPrefix(".") }
  }

  private func allNames(in folder: String) throws -> [String] {
    let path = "\(path)/\(folder)"
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

  /// A temporary file of a killed process was never acknowledged.
  private func removeTemporaryFiles() throws {
    for folder in Self.places + ["commits", "batches", "mailed", "subscriptions"] {
      for name in try allNames(in: folder) where name.hasPrefix(".stoa-tmp-") {
        unlink("\(path)/\(folder)/\(name)")
      }
    }
  }
}

/// A failed input or output operation of the service.
struct SystemFailure: InputOutputFailure {
  let path: String
  let code: Int32
  var reason: String?

  var description: String { "\(path): \(reason ?? String(cString: strerror(code)))" }
}

enum FileReaderFailure {
  /// Reads a file that must exist.
  static func read(_ file: String, in root: RootFolder) throws(InputError) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(file, in: root)
    } catch {
      throw InputError(path: "\(root.path)/\(file)", refusal: error)
    }
  }
}

import StoaHTML
import StoaImages
import StoaModel
import StoaRender
import Synchronization

/// Processes the files of a plan, or of a manifest, in slices, on all cores; each core reuses one buffer.
struct WorkQueue: Sendable {
  /// The state of a planned file on disk.
  enum State: Sendable {
    case missing
    case same(Known)
    case differs
  }

  /// A file with the planned content.
  struct Known: Sendable {
    let entry: Manifest.Entry
    /// From before it was read, or from when it was written.
    let stamp: FileSystem.Stamp
    let fingerprint: SHA256.Digest?
    /// Whether it was not rendered.
    var isRecognised = false
  }

  let folder: OutputFolder
  /// The entries of the last build's manifest, by path.
  let listed: [String: Manifest.Entry]
  /// What the last build recorded about its files, by path.
  let recorded: [String: SiteRecord.File]
  /// Whether fingerprints are wanted for a record.
  let takesFingerprints: Bool
  let jobs: Int
  let step: @Sendable () throws -> Void

  init(
    folder: OutputFolder, listed: [String: Manifest.Entry] = [:],
    recorded: [String: SiteRecord.File] = [:], takesFingerprints: Bool = false, jobs: Int,
    step: @escaping @Sendable () throws -> Void
  ) {
    self.folder = folder
    self.listed = listed
    self.recorded = recorded
    self.takesFingerprints = takesFingerprints
    self.jobs = jobs
    self.step = step
  }

  /// Compares every file with the one on disk; throws when a conflicting file is not ours.
  func compare(_ files: [PlannedFile]) async throws -> [State] {
    try await inSlices(files) { slice, buffer in
      try slice.map { try state(of: $0, &buffer) }
    }
  }

  /// Writes files.
  func write(_ files: [PlannedFile]) async throws -> [Known] {
    let numbered = Array(files.enumerated())
    return try await inSlices(numbered) { slice, buffer in
      var made = ""
      return try slice.map { number, file -> Known in
        try produce(file, &buffer)
        try step()
        let path = folder.absolute(file.path)
        let parent = path.pathFolder
        // Here and not before all files, so that the other cores are not blocked.
        if made != parent { try FileSystem.makeFolders(to: parent) }
        made = parent
        let stamp = try FileSystem.replace(
          path, with: buffer.bytes, temporary: "\(parent)/.stoa-tmp-\(number)")
        return Known(
          entry: entry(for: buffer), stamp: stamp, fingerprint: buffer.finishFingerprint())
      }
    }
  }

  /// Checks for each line whether the file matches it.
  func verify(_ lines: [Manifest.Line]) async throws -> [Bool] {
    try await inSlices(lines) { slice, _ in
      slice.map { line in
        let bytes = try? FileSystem.read(folder.absolute(line.path), size: line.entry.size)
        return bytes.map { SHA256.digest(of: $0) == line.entry.digest } ?? false
      }
    }
  }

  /// The stamps of a manifest's files; nil when one of them is missing.
  func stamps(of lines: [Manifest.Line]) async -> [FileSystem.Stamp]? {
    let stamps = await mapInSlices(lines, jobs: jobs) { line -> FileSystem.Stamp? in
      guard case .file(let stamp) = try? FileSystem.kind(of: folder.absolute(line.path)) else {
        return nil
      }
      return stamp
    }
    let known = stamps.compactMap { $0 }
    return known.count == stamps.count ? known : nil
  }

  private func state(of file: PlannedFile, _ buffer: inout ByteBuffer) throws -> State {
    let path = folder.absolute(file.path)
    switch try FileSystem.kind(of: path) {
    case .missing: return .missing
    case .folder, .link, .other: throw WriteError(path, "is in the way and is not a file")
    case .file(let stamp):
      if let known = try unchanged(file, stamp, &buffer) { return .same(known) }
      try produce(file, &buffer)
      let known = listed[file.path]
      let bytes = try FileSystem.read(path)
      if bytes == buffer.bytes {
        let listed = known.flatMap { $0.size == stamp.size && $0.digest != nil ? $0 : nil }
        return .same(
          Known(
            entry: listed ?? entry(for: buffer), stamp: stamp,
            fingerprint: buffer.finishFingerprint()))
      }
      // Written by the last build, or by an interrupted one: any other file belongs to another program or a person.
      let isOurs =
        known.map {
          $0.digest == nil || $0.size == stamp.size && SHA256.digest(of: bytes) == $0.digest
        } ?? false
      guard isOurs else {
        throw WriteError(
          path,
          known == nil
            ? "is in the way: it was not written by a build; move it away"
            : "was changed by hand since it was built; move it away")
      }
      return .differs
    }
  }

  /// The file on disk if it is the one that the last build wrote, and if rendering would write the same again; nil where that
  /// is not certain.
  private func unchanged(
    _ file: PlannedFile, _ stamp: FileSystem.Stamp, _ buffer: inout ByteBuffer
  ) throws -> Known? {
    guard case .rendered(let rendering, let context) = file.content,
      let record = recorded[file.path], let fingerprint = record.fingerprint,
      let entry = listed[file.path], let digest = entry.digest, entry.size == stamp.size
    else { return nil }
    buffer.begin(.fingerprint)
    try rendering.write(context, into: &buffer)
    guard buffer.finishFingerprint() == fingerprint else { return nil }
    if stamp != record.stamp {
      let bytes = try FileSystem.read(folder.absolute(file.path))
      guard SHA256.digest(of: bytes) == digest else { return nil }
    }
    return Known(entry: entry, stamp: stamp, fingerprint: fingerprint, isRecognised: true)
  }

  private func produce(_ file: PlannedFile, _ buffer: inout ByteBuffer) throws {
    let isRendered = if case .rendered = file.content { true } else { false }
    buffer.begin(takesFingerprints && isRendered ? .bytesAndFingerprint : .bytes)
    switch file.content {
    case .rendered(let rendering, let context): try rendering.write(context, into: &buffer)
    case .stored(let bytes): buffer.bytes = try bytes.load()
    case .copy(let file, let root, let strippingMetadata):
      let bytes = try FileSystem.read(file, in: root)
      buffer.bytes = strippingMetadata ? ImageMetadata.removed(from: bytes) : bytes
    }
  }

  private func entry(for buffer: ByteBuffer) -> Manifest.Entry {
    Manifest.Entry(size: buffer.count, digest: SHA256.digest(of: buffer.bytes))
  }

  /// Processes the items in slices and returns the results in order.
  ///
  /// A free task takes the next few files, with its own buffer: the size of a file is not known in advance.
  private func inSlices<Item: Sendable, Output: Sendable>(
    _ items: [Item],
    _ work: @escaping @Sendable (ArraySlice<Item>, inout ByteBuffer) throws -> [Output]
  ) async throws -> [Output] {
    let queue = Queue(items.count, takers: jobs)
    return try await withThrowingTaskGroup(of: [(Int, [Output])].self) { group in
      for _ in 0..<min(jobs, items.count) {
        group.addTask {
          var buffer = ByteBuffer(capacity: 1 << 16)
          var outputs: [(Int, [Output])] = []
          while let slice = queue.next() {
            try Task.checkCancellation()
            outputs.append((slice.lowerBound, try work(items[slice], &buffer)))
          }
          return outputs
        }
      }
      let outputs = try await group.reduce(into: []) { $0 += $1 }
      return outputs.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}

/// Hands out indexes in slices, each index once.
private final class Queue: Sendable {
  private static let largestSlice = 8
  /// Slices get smaller when fewer indexes than this are left for each task.
  private static let shareAtTheEnd = 64

  private let count: Int
  private let takers: Int
  private let position = Mutex(0)

  fileprivate init(_ count: Int, takers: Int) {
    self.count = count
    self.takers = takers
  }

  /// The next slice; nil when there is nothing left.
  ///
  /// The last slices have one index each, so that all tasks finish at nearly the same time.
  fileprivate func next() -> Range<Int>? {
    position.withLock { position in
      guard position < count else { return nil }
      let share = (count - position) / takers
      let size = max(1, min(Self.largestSlice, share * Self.largestSlice / Self.shareAtTheEnd))
      defer { position += size }
      return position..<(position + size)
    }
  }
}

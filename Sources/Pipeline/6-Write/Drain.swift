internal import StoaHTML
internal import StoaImages
internal import StoaModel
internal import StoaRender
internal import Synchronization

/// Takes a plan's files in slices, on all cores, each slice with one buffer that it uses again.
internal struct Drain: Sendable {
  /// How a planned file stands to what is on disk.
  internal enum State: Sendable {
    case missing
    case same(Manifest.Entry)
    case differs
  }

  internal let folder: OutputFolder
  internal let old: Manifest
  internal let jobs: Int
  internal let step: @Sendable () throws -> Void

  /// Compares every file with what is there; throws when something in the way is not ours.
  internal func compare(_ files: [PlannedFile]) async throws -> [State] {
    try await inSlices(files) { slice, buffer in
      try slice.map { try state(of: $0, &buffer) }
    }.flatMap { $0 }
  }

  /// Writes files and returns what the manifest says of them.
  internal func write(_ files: [PlannedFile]) async throws -> [(String, Manifest.Entry)] {
    let numbered = Array(files.enumerated())
    let written = try await inSlices(numbered) { slice, buffer in
      var made = ""
      return try slice.map { number, file -> (String, Manifest.Entry) in
        try produce(file, &buffer)
        try step()
        let path = folder.absolute(file.path)
        let parent = path.pathFolder
        // Here rather than before all files, so that the other cores go on.
        if made != parent { try FileSystem.makeFolders(to: parent) }
        made = parent
        try FileSystem.replace(path, with: buffer.bytes, temporary: "\(parent)/.stoa-tmp-\(number)")
        return (file.path, entry(for: buffer))
      }
    }
    return written.flatMap { $0 }
  }

  private func state(of file: PlannedFile, _ buffer: inout ByteBuffer) throws -> State {
    let path = folder.absolute(file.path)
    switch try FileSystem.kind(of: path) {
    case .missing: return .missing
    case .folder, .link, .other: throw WriteError(path, "is in the way and is not a file")
    case .file(let size):
      try produce(file, &buffer)
      let known = old.entries[file.path]
      let bytes = try FileSystem.read(path)
      if bytes == buffer.bytes {
        if let known, known.size == size, !known.hash.isEmpty { return .same(known) }
        return .same(entry(for: buffer))
      }
      // Ours as the last build left it, or as a killed build got to: anything else is somebody's work.
      let isOurs =
        known.map { $0.hash.isEmpty || $0.size == size && SHA256.hexadecimal(of: bytes) == $0.hash }
        ?? false
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

  private func produce(_ file: PlannedFile, _ buffer: inout ByteBuffer) throws {
    buffer.bytes.removeAll(keepingCapacity: true)
    switch file.content {
    case .render(let render): try render(&buffer)
    case .copy(let source, let strippingMetadata):
      let bytes = try FileSystem.read(source)
      buffer.bytes = strippingMetadata ? ImageMetadata.removed(from: bytes) : bytes
    }
  }

  private func entry(for buffer: ByteBuffer) -> Manifest.Entry {
    Manifest.Entry(size: buffer.count, hash: SHA256.hexadecimal(of: buffer.bytes))
  }

  /// Runs work on slices of the items and returns the results in order.
  ///
  /// Whoever is free takes the next few files, with the buffer that it has: nobody knows how large a file will be.
  private func inSlices<Item: Sendable, Output: Sendable>(
    _ items: [Item],
    _ work: @escaping @Sendable (ArraySlice<Item>, inout ByteBuffer) throws -> Output
  ) async throws -> [Output] {
    let slices = stride(from: 0, to: items.count, by: Self.sliceSize).map {
      items[$0..<min($0 + Self.sliceSize, items.count)]
    }
    let queue = Queue()
    return try await withThrowingTaskGroup(of: [(Int, Output)].self) { group in
      for _ in 0..<min(jobs, slices.count) {
        group.addTask {
          var buffer = ByteBuffer(capacity: 1 << 16)
          var outputs: [(Int, Output)] = []
          while let slice = queue.take(of: slices.count) {
            try Task.checkCancellation()
            outputs.append((slice, try work(slices[slice], &buffer)))
          }
          return outputs
        }
      }
      var results = [Output?](repeating: nil, count: slices.count)
      for try await outputs in group {
        for (slice, output) in outputs { results[slice] = output }
      }
      return results.compactMap { $0 }
    }
  }

  private static let sliceSize = 8
}

/// Hands out numbers, each once.
private final class Queue: Sendable {
  private let next = Atomic(0)

  fileprivate func take(of count: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }
}

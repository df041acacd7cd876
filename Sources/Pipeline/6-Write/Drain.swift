internal import StoaHTML
internal import StoaImages
internal import StoaModel
internal import StoaRender

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
  internal func write(_ files: [PlannedFile]) async throws -> [String: Manifest.Entry] {
    let numbered = Array(files.enumerated())
    let written = try await inSlices(numbered) { slice, buffer in
      var made = ""
      return try slice.map { number, file -> (String, Manifest.Entry) in
        try produce(file, &buffer)
        try step()
        let path = folder.absolute(file.path)
        let parent = OutputFolder.folder(of: path)
        // Here rather than before all files, so that the other cores go on.
        if made != parent { try FileSystem.makeFolders(to: parent) }
        made = parent
        try FileSystem.replace(path, with: buffer.bytes, temporary: "\(parent)/.stoa-tmp-\(number)")
        return (file.path, entry(for: buffer))
      }
    }
    return Dictionary(uniqueKeysWithValues: written.flatMap { $0 })
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
  private func inSlices<Item: Sendable, Output: Sendable>(
    _ items: [Item],
    _ work: @escaping @Sendable (ArraySlice<Item>, inout ByteBuffer) throws -> Output
  ) async throws -> [Output] {
    // Many slices, so that no core waits long for the last one of a wave.
    let count = max(1, min(items.count / 16, jobs * 32))
    return try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var results = [Output?](repeating: nil, count: count)
      var next = 0
      func add(_ slice: Int) {
        let range = (items.count * slice / count)..<(items.count * (slice + 1) / count)
        group.addTask {
          var buffer = ByteBuffer(capacity: 1 << 16)
          return (slice, try work(items[range], &buffer))
        }
      }
      while next < min(jobs, count) {
        add(next)
        next += 1
      }
      while let (slice, output) = try await group.next() {
        results[slice] = output
        if next < count {
          add(next)
          next += 1
        }
      }
      return results.compactMap { $0 }
    }
  }
}

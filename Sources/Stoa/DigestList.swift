import StoaHTML
import StoaModel
import StoaSelect

/// The parts of a digest, each of a fixed length or preceded by its length, so that different lists never have the same bytes.
struct DigestList {
  private(set) var buffer = ByteBuffer(capacity: 1 << 16)

  mutating func add(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: Int64(truncatingIfNeeded: number).littleEndian) {
      buffer.bytes.append(contentsOf: $0)
    }
  }

  /// How many items are hashed together; independent of the number of cores, which must not change a digest.
  private static let sliceSize = 256

  /// Adds a large number of items: the hashes of slices of them, computed on all cores in a large community.
  mutating func add<Item: Sendable>(
    _ items: [Item], jobs: Int, _ addItem: @escaping @Sendable (inout DigestList, Item) -> Void
  ) async {
    let slices = stride(from: 0, to: items.count, by: Self.sliceSize).map {
      items[$0..<min($0 + Self.sliceSize, items.count)]
    }
    let digests = await mapInSlices(slices, jobs: jobs) { slice in
      var list = DigestList()
      for item in slice { addItem(&list, item) }
      return SHA256.digest(of: list.buffer.bytes)
    }
    add(items.count)
    for digest in digests { add(digest) }
  }

  mutating func add(_ digest: SHA256.Digest) {
    for word in [digest.first, digest.second, digest.third, digest.fourth] { add(word) }
  }

  mutating func add(_ texts: String...) {
    for text in texts { add(text) }
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    buffer.write(text)
  }

  mutating func add(theme selected: Selected) {
    add(selected.theme.count)
    for (name, bytes) in selected.theme.sorted(by: { $0.key.precedes($1.key) }) {
      add(name)
      add(SHA256.digest(of: bytes))
    }
  }

  mutating func add(_ moment: Timestamp?) {
    add(moment == nil ? 0 : 1)
    guard let moment else { return }
    add(moment.seconds)
    add(moment.offset)
    add(moment.isDay ? 1 : 0)
  }

  /// Adds an item: its file, its audience, and other facts: dates depend on the time zone, and on git's history.
  mutating func add<Item>(_ selected: SelectedItem<Item>, _ file: String, dates: Timestamp?...) {
    add(file)
    add(selected.audience.rank)
    add(selected.status.map { "\($0)" } ?? "")
    add(selected.text.fileDigest)
    for date in dates { add(date) }
    add(selected.history?.created)
    add(selected.history?.lastChanged)
    add(selected.history?.shared)
    let people = selected.history?.people ?? []
    add(people.count)
    for person in people { add(person) }
    let changes = selected.history?.changes ?? []
    add(changes.count)
    for change in changes {
      add(change.date)
      add(change.people.count)
      for person in change.people { add(person) }
      add(change.reason)
      add(change.words.count)
      for piece in change.words {
        add(Int(piece.kind.rawValue))
        add(piece.text)
      }
    }
  }
}

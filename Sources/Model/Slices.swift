/// Transforms items on several cores, in slices instead of one task for each item, and keeps their order.
package func mapInSlices<Input: Sendable, Output: Sendable>(
  _ items: [Input], jobs: Int, _ transform: @escaping @Sendable (Input) -> Output
) async -> [Output] {
  // Many slices for each core, so that all cores finish at nearly the same time.
  let sliceCount = min(items.count / 16 + 1, jobs * 16)
  guard jobs > 1, sliceCount > 1 else { return items.map(transform) }
  // Each task writes its results in place: collecting arrays would retain every reference in them twice.
  nonisolated(unsafe) let results = UnsafeMutablePointer<Output>.allocate(capacity: items.count)
  defer { results.deallocate() }
  await withTaskGroup(of: Void.self) { group in
    for slice in 0..<sliceCount {
      let range = (items.count * slice / sliceCount)..<(items.count * (slice + 1) / sliceCount)
      group.addTask {
        for index in range { (results + index).initialize(to: transform(items[index])) }
      }
    }
  }
  // The ranges cover all items and nothing throws, so by now every result is written.
  return Array(unsafeUninitializedCapacity: items.count) { buffer, count in
    count = items.count
    buffer.baseAddress?.moveInitialize(from: results, count: count)
  }
}

/// Transforms ranges that together cover this many items on several cores, for work that keeps state from one item to the next.
///
/// - Parameter parts: the maximum number of ranges for each core.
package func mapRanges<Output: Sendable>(
  of count: Int, jobs: Int, parts: Int, _ transform: @escaping @Sendable (Range<Int>) -> Output
) async -> [Output] {
  let number = max(1, min(count / 16 + 1, jobs * parts))
  let ranges = (0..<number).map { (count * $0 / number)..<(count * ($0 + 1) / number) }
  guard jobs > 1, number > 1 else { return ranges.map(transform) }
  return await withTaskGroup(of: (Int, Output).self) { group in
    for (place, range) in ranges.enumerated() {
      group.addTask { (place, transform(range)) }
    }
    var results = [Output?](repeating: nil, count: number)
    for await (place, output) in group { results[place] = output }
    return results.compactMap { $0 }
  }
}

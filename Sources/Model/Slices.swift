/// Lets go of something large while the caller goes on: to take a hundred thousand objects apart takes a core a while.
package func letGo<Value: Sendable>(of value: consuming Value) {
  let value = value
  Task.detached { withExtendedLifetime(value) {} }
}

/// Transforms items on several cores, in a few slices rather than a task an item, and keeps their order.
package func mapInSlices<Input: Sendable, Output: Sendable>(
  _ items: [Input], jobs: Int, _ transform: @escaping @Sendable (Input) -> Output
) async -> [Output] {
  // Many slices a core, so that all cores come to the end at nearly the same time.
  let sliceCount = min(items.count / 16 + 1, jobs * 16)
  guard jobs > 1, sliceCount > 1 else { return items.map(transform) }
  return await withTaskGroup(of: (Int, [Output]).self) { group in
    for slice in 0..<sliceCount {
      let range = (items.count * slice / sliceCount)..<(items.count * (slice + 1) / sliceCount)
      group.addTask { (slice, items[range].map(transform)) }
    }
    var results = [[Output]](repeating: [], count: sliceCount)
    for await (slice, outputs) in group { results[slice] = outputs }
    var outputs: [Output] = []
    outputs.reserveCapacity(items.count)
    for slice in results { outputs += slice }
    return outputs
  }
}

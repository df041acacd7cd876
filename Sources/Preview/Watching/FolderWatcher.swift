import Dispatch
import StoaPlatform
import Synchronization

/// Reports changes in a community's folders, grouped in bursts.
///
/// Events between two calls are collected for the next one.
package final class FolderWatcher: Sendable {
  private let waiting = Mutex(Changes())
  private let bell: AsyncStream<Void>.Continuation
  private let rings: AsyncStream<Void>
  /// How many folders the system refused to watch.
  let unwatchedCount: Int

  /// Starts watching: changes of anything that is read afterwards are reported.
  package init(root: String) throws(WatchError) {
    (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    let inotify = try Inotify()
    let repository = GitFolder.path(of: root)
    let tree = WatchedTree(inotify, root: root, repository: repository)
    unwatchedCount = tree.unwatched
    let lock = repository.map { "\($0)/index.lock" }
    DispatchQueue(label: "stoa.watch").async { [weak self] in
      var tree = tree
      while true {
        let changes = Self.burst(inotify, &tree, lock: lock)
        guard let self else { return }
        if !changes.isEmpty { deliver(changes) }
      }
    }
  }

  /// Waits for a change, and then until there are no more.
  ///
  /// A save ends immediately; a checkout ends when git removes its lock.
  private static func burst(
    _ inotify: Inotify, _ tree: inout WatchedTree, lock: String?
  ) -> Changes {
    var changes = Changes()
    let clock = ContinuousClock()
    var end: ContinuousClock.Instant?
    while true {
      let isBusy = lock.map { access($0, F_OK) == 0 } ?? false
      let patience: Int32 = end == nil ? -1 : isBusy ? 500 : changes.count > 8 ? 100 : 12
      var waiting = pollfd(fd: inotify.descriptor, events: Int16(POLLIN), revents: 0)
      let isQuiet = poll(&waiting, 1, patience) == 0
      if isQuiet && !isBusy { return changes }
      for event in inotify.events() { tree.take(event, into: &changes) }
      // If changes never stop, the current state is shown from time to time.
      let limit = end ?? clock.now.advanced(by: isBusy ? .seconds(10) : .seconds(2))
      end = limit
      if clock.now > limit { return changes }
    }
  }

  private func deliver(_ changes: Changes) {
    waiting.withLock { $0.formUnion(changes) }
    bell.yield()
  }

  /// Waits for changes; nil when the watcher has ended.
  package func next() async -> Changes? {
    for await _ in rings {
      let changes = waiting.withLock { waiting in
        defer { waiting = Changes() }
        return waiting
      }
      if !changes.isEmpty { return changes }
    }
    return nil
  }

  package func end() { bell.finish() }
}

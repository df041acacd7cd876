import NIOCore
import NIOHTTP1
import Synchronization

/// The current snapshot, and the pages that wait for the next one.
final class EventHub: Sendable {
  private struct State {
    var snapshot: SiteSnapshot?
    var listeners: [ObjectIdentifier: any Channel] = [:]
    var waits: [Int: Wait] = [:]
    var waitCount = 0
  }

  /// A reply that waits for the snapshot that shows it.
  private struct Wait {
    let isOver: @Sendable (SiteSnapshot) -> Bool
    let promise: EventLoopPromise<Void>
  }

  private let state = Mutex(State())

  var snapshot: SiteSnapshot? { state.withLock { $0.snapshot } }

  /// Sets the current snapshot and notifies every page.
  func publish(_ snapshot: SiteSnapshot) {
    let (listeners, over) = state.withLock { state in
      state.snapshot = snapshot
      let over = state.waits.filter { $0.value.isOver(snapshot) }
      for number in over.keys { state.waits[number] = nil }
      return (Array(state.listeners.values), over.values)
    }
    for wait in over { wait.promise.succeed() }
    for channel in listeners { Self.send(snapshot, to: channel) }
  }

  /// Adds a page: notifies it of the current snapshot, if there is one, and of all later ones.
  func add(_ channel: any Channel) {
    let snapshot = state.withLock { state in
      state.listeners[ObjectIdentifier(channel)] = channel
      return state.snapshot
    }
    if let snapshot { Self.send(snapshot, to: channel) }
  }

  func remove(_ channel: any Channel) {
    state.withLock { state in
      _ = state.listeners.removeValue(forKey: ObjectIdentifier(channel))
    }
  }

  /// Waits for a matching snapshot, or until the time is over.
  func wait(
    atMost limit: TimeAmount, on loop: any EventLoop,
    until isOver: @escaping @Sendable (SiteSnapshot) -> Bool
  ) -> EventLoopFuture<Void> {
    let promise = loop.makePromise(of: Void.self)
    let number: Int? = state.withLock { state in
      if let snapshot = state.snapshot, isOver(snapshot) { return nil }
      state.waitCount += 1
      state.waits[state.waitCount] = Wait(isOver: isOver, promise: promise)
      return state.waitCount
    }
    guard let number else { return loop.makeSucceededVoidFuture() }
    let end = loop.scheduleTask(in: limit) { [weak self] in
      self?.state.withLock { $0.waits[number] = nil }
      promise.succeed()
    }
    promise.futureResult.whenComplete { _ in end.cancel() }
    return promise.futureResult
  }

  private static func send(_ snapshot: SiteSnapshot, to channel: any Channel) {
    let event = "data: \(snapshot.name)\n\n"
    let part = HTTPServerResponsePart.body(.byteBuffer(channel.allocator.buffer(string: event)))
    channel.writeAndFlush(part, promise: nil)
  }
}

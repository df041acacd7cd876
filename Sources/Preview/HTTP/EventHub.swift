import NIOCore
import NIOHTTP1
import Synchronization

/// The snapshot that is shown, and the pages that wait for the next one.
final class EventHub: Sendable {
  private struct State {
    var snapshot: SiteSnapshot?
    var listeners: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())

  var snapshot: SiteSnapshot? { state.withLock { $0.snapshot } }

  /// Shows another snapshot and tells every page.
  func publish(_ snapshot: SiteSnapshot) {
    let listeners = state.withLock { state in
      state.snapshot = snapshot
      return Array(state.listeners.values)
    }
    for channel in listeners { Self.send(snapshot, to: channel) }
  }

  /// Tells a page of this snapshot, if there is one yet, and of all that follow.
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

  private static func send(_ snapshot: SiteSnapshot, to channel: any Channel) {
    let event = "data: \(snapshot.name)\n\n"
    let part = HTTPServerResponsePart.body(.byteBuffer(channel.allocator.buffer(string: event)))
    channel.writeAndFlush(part, promise: nil)
  }
}

internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// The edition that is shown, and the pages that wait for the next one.
internal final class EventHub: Sendable {
  private struct State {
    var edition: Edition?
    var listeners: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())

  internal var edition: Edition? { state.withLock { $0.edition } }

  /// Shows another edition and tells every page.
  internal func publish(_ edition: Edition) {
    let listeners = state.withLock { state in
      state.edition = edition
      return Array(state.listeners.values)
    }
    for channel in listeners { Self.send(edition, to: channel) }
  }

  /// Tells a page of this edition, if there is one yet, and of all that follow.
  internal func add(_ channel: any Channel) {
    let edition = state.withLock { state in
      state.listeners[ObjectIdentifier(channel)] = channel
      return state.edition
    }
    if let edition { Self.send(edition, to: channel) }
  }

  internal func remove(_ channel: any Channel) {
    state.withLock { state in
      _ = state.listeners.removeValue(forKey: ObjectIdentifier(channel))
    }
  }

  private static func send(_ edition: Edition, to channel: any Channel) {
    let event = "data: \(edition.name)\n\n"
    let part = HTTPServerResponsePart.body(.byteBuffer(channel.allocator.buffer(string: event)))
    channel.writeAndFlush(part, promise: nil)
  }
}

package import StoaIntake
import StoaModel
import StoaPlatform
import StoaSystem

/// The addresses of people who want to be told of answers: a sealed file each, in the spool's folder `subscriptions`.
///
/// Nothing is remembered between two calls, so what a command erases while a service runs is gone.
package final class SubscriptionStore: Sendable {
  private let spool: Spool
  private let seal: Seal

  package init(_ spool: Spool, sealKey: String) throws {
    self.spool = spool
    seal = try Seal(keyFile: sealKey)
  }

  private static func file(_ id: String) -> String { "subscriptions/\(id)" }

  /// Keeps an address; it is on the disk when this returns.
  package func add(_ subscription: Subscription) throws {
    _ = try spool.root.create(
      Self.file(subscription.id), sealed(subscription), isDurable: true, isPrivate: true)
  }

  private func sealed(_ subscription: Subscription) -> [UInt8] {
    seal.close(subscription.bytes, as: subscription.id)
  }

  package func subscription(_ id: String) -> Subscription? {
    guard Spool.isKey(id),
      let bytes = try? FileReader.read(Self.file(id), in: spool.root, maximumSize: 1 << 20),
      let message = seal.open(bytes, as: id)
    else { return nil }
    return Subscription(message)
  }

  /// All that can be opened, by the time at which they came.
  package func all() throws -> [Subscription] {
    try spool.names(in: "subscriptions").compactMap { subscription($0) }.sorted {
      $0.created != $1.created ? $0.created < $1.created : $0.id < $1.id
    }
  }

  /// Changes what is known of one, if it is there.
  ///
  /// - Returns: What it is now; nil when it is not there, which it then stays.
  @discardableResult
  package func update(
    _ id: String, _ change: (inout Subscription) -> Void
  ) throws -> Subscription? {
    try locked {
      guard var subscription = subscription(id) else { return nil }
      change(&subscription)
      try spool.root.replace(
        Self.file(id), with: sealed(subscription), temporary: ".stoa-tmp-\(id)",
        isDurable: true, isPrivate: true)
      return subscription
    }
  }

  /// Forgets one, if it is there.
  package func forget(_ id: String) throws {
    guard Spool.isKey(id) else { return }
    try locked { try spool.remove(Self.file(id)) }
  }

  /// Forgets the address of one, wherever it is kept.
  package func forgetAddress(of id: String) throws {
    guard let subscription = subscription(id) else { return }
    _ = try forget(subscription.mailBox)
  }

  /// Forgets an address.
  ///
  /// - Returns: How often it was kept.
  package func forget(_ box: MailBox) throws -> Int {
    let kept = try all().filter { $0.mailBox.normalized == box.normalized }
    for subscription in kept { try forget(subscription.id) }
    return kept.count
  }

  /// Nobody forgets between the two steps of a change, or it would come back.
  private func locked<Result>(_ body: () throws -> Result) throws -> Result {
    let path = "\(spool.path)/subscriptions.lock"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard file >= 0 else { throw SystemFailure(path: path, code: errno) }
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else { throw SystemFailure(path: path, code: errno) }
    }
    return try body()
  }
}

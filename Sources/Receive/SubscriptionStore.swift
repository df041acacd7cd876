package import StoaIntake
import StoaModel
import StoaPlatform
import StoaSystem

/// The addresses of people who want notices of answers: one sealed file each, in the folder `subscriptions` of the spool.
///
/// Nothing is cached between calls, so an erasure by a command takes effect while a service runs.
package final class SubscriptionStore: Sendable {
  private let spool: Spool
  private let seal: Seal

  package init(_ spool: Spool, sealKey: String) throws {
    self.spool = spool
    seal = try Seal(keyFile: sealKey)
  }

  private static func file(_ id: String) -> String { "subscriptions/\(id)" }

  /// Stores an address; it is synced when this returns.
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

  /// All subscriptions that can be opened, by the time at which they came.
  package func all() throws -> [Subscription] {
    try spool.names(in: "subscriptions").compactMap { subscription($0) }.sorted {
      $0.created != $1.created ? $0.created < $1.created : $0.id < $1.id
    }
  }

  /// Updates a subscription, if it exists.
  ///
  /// - Returns: Its new state; nil when it does not exist.
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

  /// Deletes a subscription, if it exists.
  package func forget(_ id: String) throws {
    guard Spool.isKey(id) else { return }
    try locked { try spool.remove(Self.file(id)) }
  }

  /// Deletes every subscription with the address of this one.
  package func forgetAddress(of id: String) throws {
    guard let subscription = subscription(id) else { return }
    _ = try forget(subscription.mailBox)
  }

  /// Deletes an address.
  ///
  /// - Returns: The number of subscriptions that had it.
  package func forget(_ box: MailBox) throws -> Int {
    let kept = try all().filter { $0.mailBox.normalized == box.normalized }
    for subscription in kept { try forget(subscription.id) }
    return kept.count
  }

  /// No deletion happens between the two steps of an update; otherwise the update would write the file again.
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

internal import StoaTemplates
internal import Synchronization

/// A record that many pages show, made by the first that asks for it.
///
/// Two pages may ask at once and both make it; the records are equal, and one is kept.
internal final class OnceMade: Sendable {
  private let record = AtomicLazyReference<Record>()

  internal func value(_ make: () -> Record) -> Value {
    .record(record.load() ?? record.storeIfNil(make()))
  }
}

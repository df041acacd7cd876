import StoaTemplates
import Synchronization

/// A part that many pages show, made by the first that asks for it.
///
/// Two pages may ask at once and both make it; the records are equal, and one is kept.
final class Memo<Model: Shaped>: Sendable {
  private let record = AtomicLazyReference<Record>()

  func part(_ make: () -> Model) -> Part<Model> {
    Part(record: record.load() ?? record.storeIfNil(Part(make()).record))
  }
}

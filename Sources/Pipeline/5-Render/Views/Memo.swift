import StoaTemplates
import Synchronization

/// A part of many pages, made by the first that needs it.
///
/// If two pages need it at the same time, both make it; the records are equal, and one is kept.
final class Memo<Model: Shaped>: Sendable {
  private let record = AtomicLazyReference<Record>()

  func part(_ make: () -> Model) -> Part<Model> {
    Part(record: record.load() ?? record.storeIfNil(Part(make()).shared().record))
  }
}

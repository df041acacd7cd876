import StoaPreview
import Synchronization

/// The current pages of the community.
final class CurrentPages: Sendable {
  private let state = Mutex<SiteSnapshot?>(nil)

  var snapshot: SiteSnapshot? {
    state.withLock { $0 }
  }

  func show(_ snapshot: SiteSnapshot) { state.withLock { $0 = snapshot } }
}

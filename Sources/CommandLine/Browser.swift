import StoaExternalTools
import StoaSystem

/// The user's browser.
enum Browser {
  private static let opener = "xdg-open"

  /// Asks the desktop to show an address; where there is none, nothing happens.
  static func open(_ address: String) {
    guard let opener = ToolFinder.onPath(opener) else { return }
    _ = try? ChildProcess(opener, [address], environment: ChildProcess.environment())
  }
}

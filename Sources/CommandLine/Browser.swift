import StoaExternalTools
import StoaSystem

/// The user's browser.
enum Browser {
  private static let opener = "xdg-open"

  /// Asks the desktop to open a URL; does nothing where there is no desktop.
  static func open(_ address: String) {
    guard let opener = ToolFinder.onPath(opener) else { return }
    _ = try? ChildProcess(opener, [address], environment: ChildProcess.environment())
  }
}

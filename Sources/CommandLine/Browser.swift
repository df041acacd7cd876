import StoaExternalTools
import StoaSystem

/// The user's browser.
enum Browser {
  #if canImport(Darwin)
  private static let opener = "open"
  #else
  private static let opener = "xdg-open"
  #endif

  /// Asks the desktop to show an address; where there is none, nothing happens.
  static func open(_ address: String) {
    guard let opener = ToolFinder.onPath(opener) else { return }
    _ = try? ChildProcess(opener, [address], environment: ChildProcess.environment())
  }
}

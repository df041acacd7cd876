import Foundation
import Stoa
import StoaTestSupport

extension TemporaryCommunity {
  /// Options for a build that does not depend on the machine.
  func options(_ change: (inout BuildOptions) -> Void = { _ in }) -> BuildOptions {
    var options = BuildOptions(root: root)
    options.worker = stoaExecutable
    options.searchPath = nil
    options.asOf = "2026-07-01"
    options.jobs = 1
    change(&options)
    return options
  }

  /// Whether a path below the folder of stoa.yml exists.
  func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(root)/\(path)")
  }
}

/// A post by Ada.
func post(_ title: String, _ text: String = "Text.", more: String = "") -> String {
  "---\ntitle: \(title)\nauthor: Ada\ndate: 2026-03-04\n\(more)---\n\n\(text)\n"
}

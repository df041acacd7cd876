import StoaPlatform

/// Identifies the installation of Pygments that gave an answer, so that answers of another one are not reused.
struct PygmentsInstallation: Sendable, Hashable {
  let python: String
  let version: String
  private let size: Int
  private let modified: Int
  /// The source file of Pygments that has its version.
  private let source: String

  /// Reads a child's line about itself: the version, then size, time and path of the file that has the version.
  init?(_ line: Substring, python: String) {
    let words = line.split(separator: " ", maxSplits: 3)
    guard words.count == 4, let size = Int(words[1]), let modified = Int(words[2]),
      words[3].hasPrefix("/")
    else { return nil }
    self.python = python
    version = String(words[0])
    self.size = size
    self.modified = modified
    source = String(words[3])
  }

  var line: String { "\(version) \(size) \(modified) \(source)" }

  /// Whether the installation is unchanged.
  var isUnchanged: Bool {
    var status = stat()
    return stat(source, &status) == 0 && Int(status.st_size) == size
      && Int(status.st_mtim.tv_sec) == modified
  }
}

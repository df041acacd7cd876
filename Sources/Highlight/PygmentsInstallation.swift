import StoaPlatform

/// Which Pygments gave an answer, so that another one's answers are not taken for its own.
struct PygmentsInstallation: Sendable, Hashable {
  let python: String
  let version: String
  private let size: Int
  private let modified: Int
  /// The file of Pygments that says its version.
  private let source: String

  /// Reads what a child says of itself: version, then size, time and path of the file that says so.
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

  /// Whether it is still there as it was.
  var isUnchanged: Bool {
    var status = stat()
    return stat(source, &status) == 0 && Int(status.st_size) == size
      && Int(status.st_mtim.tv_sec) == modified
  }
}

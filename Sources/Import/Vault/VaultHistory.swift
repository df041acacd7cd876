import StoaExternalTools
import StoaHistory
import StoaLoad
import StoaModel

/// The author and the date of each file's first commit in a vault.
struct VaultHistory {
  private var added: [String: (date: Timestamp, author: String)] = [:]

  /// - Parameter git: the absolute path of git; nil if git must not be asked.
  init(root: String, git: String?, dates: SourceDates) {
    guard let git else { return }
    // Options that keep git from running programs, hooks or pagers that the vault's configuration names, and from fetching.
    let tool = ExternalTool(
      path: git,
      leadingArguments: [
        "-C", root, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
        "-c", "log.showSignature=false", "-c", "core.quotePath=false",
        "-c", "safe.bareRepository=explicit",
      ], environment: GitEnvironment.make() + ["GIT_ALLOW_PROTOCOL=none"])
    let arguments = [
      "log", "--no-ext-diff", "--no-textconv", "--no-renames", "--diff-filter=A", "--name-only",
      "--relative", "-z", "--format=%x01%aI%x02%aN", "--", ".",
    ]
    guard let outcome = try? tool.run(arguments), outcome.succeeded else { return }
    var date: Timestamp?
    var author = ""
    for field in outcome.output.split(separator: 0) {
      var field = field.drop { $0 == 0x0A }
      if field.first == 1, let mark = field.firstIndex(of: 2) {
        date = dates.read(String(decoding: field[(field.startIndex + 1)..<mark], as: UTF8.self))
        let rest = field[(mark + 1)...]
        let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
        author = CleanText.line(String(decoding: rest[..<end], as: UTF8.self))
        field = rest[end...].drop { $0 == 0x0A }
      }
      guard !field.isEmpty, let date else { continue }
      // The log is newest first, so the last entry of a file is its first commit.
      added[String(decoding: field, as: UTF8.self)] = (date, author)
    }
  }

  func date(of file: String) -> Timestamp? { added[file]?.date }

  func author(of file: String) -> String { added[file]?.author ?? "" }
}

internal import StoaExternalTools
internal import StoaHistory
package import StoaModel

/// What a check says of a change.
package struct ChangeReport: Sendable {
  /// Those in files that the change touches, and those elsewhere that were not there before it.
  package let diagnostics: [Diagnostic]
  /// Those that were there before, in files that the change leaves alone.
  package let earlier: [Diagnostic]
}

/// Checks a community as `check` does, and tells what a change is to blame for from what was there before it.
///
/// - Parameters:
///   - options: as for `check`.
///   - published: as for `check`.
///   - revision: what the change is compared with, at the commit where the two parted.
/// - Throws: `UsageError` when there is no such revision, and what `check` throws.
package func check(
  _ options: BuildOptions, published: PublishedList? = nil, changedSince revision: String
) async throws -> ChangeReport {
  guard let git = options.tools.onPath("git") else {
    throw UsageError("git is not installed, and only git knows what has changed")
  }
  let base: ChangeBase
  do {
    base = try ChangeBase(revision, in: options.root, git: git)
  } catch let failure as ChangeBase.Failure {
    throw UsageError(failure.description)
  }
  let diagnostics = try await check(options, published: published)
  let untouched = diagnostics.filter { !base.files.contains($0.location.file) }
  guard !untouched.isEmpty else { return ChangeReport(diagnostics: diagnostics, earlier: []) }

  let (folder, root) = try base.checkout()
  defer { withExtendedLifetime(folder) {} }
  var before = EarlierDiagnostics(try await check(options.with(root: root), published: published))
  var report: (new: [Diagnostic], earlier: [Diagnostic]) = ([], [])
  for diagnostic in diagnostics {
    if base.files.contains(diagnostic.location.file) || !before.take(diagnostic) {
      report.new.append(diagnostic)
    } else {
      report.earlier.append(diagnostic)
    }
  }
  return ChangeReport(diagnostics: report.new, earlier: report.earlier)
}

/// Diagnostics from before a change, each to be taken once.
private struct EarlierDiagnostics {
  /// Lines and columns are not part of it: one line more in a file moves all that follow.
  private struct Key: Hashable {
    let file: [UInt8]
    let code: DiagnosticCode
    let message: [UInt8]

    init(_ diagnostic: Diagnostic) {
      file = Array(diagnostic.location.file.utf8)
      code = diagnostic.code
      message = Array(diagnostic.message.utf8)
    }
  }

  private var counts: [Key: Int] = [:]

  init(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { counts[Key(diagnostic), default: 0] += 1 }
  }

  /// Whether there was such a diagnostic that no other one was taken for.
  mutating func take(_ diagnostic: Diagnostic) -> Bool {
    guard let count = counts[Key(diagnostic)], count > 0 else { return false }
    counts[Key(diagnostic)] = count - 1
    return true
  }
}

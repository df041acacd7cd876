import StoaExternalTools
import StoaHistory
public import StoaModel

/// The problems that a check found, divided into those that a change caused and others.
public struct ChangeReport: Sendable {
  /// The problems in files that the change touches, and new problems in other files.
  public let diagnostics: [Diagnostic]
  /// The problems that existed before, in files that the change does not touch.
  public let earlier: [Diagnostic]
}

/// Finds problems as `check` does, and separates those that a change caused from those that existed before it.
///
/// Sharing a document more widely without its authors' agreement is a problem that the change caused.
///
/// - Parameters:
///   - options: Which site to check, and how.
///   - published: The URLs that the site must keep or redirect.
///   - revision: Anything that names a commit for git, such as `origin/main`. The change begins at the merge base.
/// - Returns: The problems of both kinds, each in order of file and line.
/// - Throws: `UsageError` when git is not installed or does not know the revision, and the errors of `check`.
public func check(
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
  let (folder, root) = try base.checkout()
  defer { withExtendedLifetime(folder) {} }
  let consents = try await missingConsents(options, since: root)
  guard !untouched.isEmpty else {
    return ChangeReport(diagnostics: (diagnostics + consents).sorted(), earlier: [])
  }
  var before = EarlierDiagnostics(try await check(options.with(root: root), published: published))
  var report: (new: [Diagnostic], earlier: [Diagnostic]) = (consents, [])
  for diagnostic in diagnostics {
    if base.files.contains(diagnostic.location.file) || !before.take(diagnostic) {
      report.new.append(diagnostic)
    } else {
      report.earlier.append(diagnostic)
    }
  }
  return ChangeReport(diagnostics: report.new.sorted(), earlier: report.earlier)
}

/// Diagnostics from before a change, each of which matches one.
private struct EarlierDiagnostics {
  /// Lines and columns are not included: an added line in a file moves all that follow.
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

  /// Removes a matching earlier diagnostic; false when there is none left.
  mutating func take(_ diagnostic: Diagnostic) -> Bool {
    guard let count = counts[Key(diagnostic)], count > 0 else { return false }
    counts[Key(diagnostic)] = count - 1
    return true
  }
}

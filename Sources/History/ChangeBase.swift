import StoaExternalTools
package import StoaSystem

/// The base of a change: the commit at which it branched off, and the files that differ from it.
package struct ChangeBase: Sendable {
  /// The full hash of the commit.
  package let commit: String
  /// Every file that was changed, added or removed since the commit, relative to the folder of stoa.yml.
  package let files: Set<String>
  private let git: Git
  private let top: String
  /// The folder of stoa.yml below the top of the working tree, with a slash at its end.
  private let prefix: String

  /// Why the base of a change cannot be found.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Finds the merge base of the working tree and a revision, as `git diff --merge-base` does.
  ///
  /// - Parameters:
  ///   - revision: anything that names a commit, such as `origin/main`.
  ///   - folder: the folder of stoa.yml, absolute.
  ///   - program: the absolute path of git.
  /// - Throws: `Failure` when the folder is in no repository or the revision does not exist; `SystemError` when git cannot be
  ///   started.
  package init(_ revision: String, in folder: String, git program: String) throws {
    git = Git(program: program, folder: folder)
    let places = try Self.lines(git, ["rev-parse", "--show-toplevel", "--show-prefix"])
    guard let places, let top = places.first, !top.isEmpty else {
      throw Failure(description: "\(folder) is in no git repository, so the changes are unknown")
    }
    self.top = top
    prefix = places.count > 1 ? places[1] : ""
    let named = try Self.lines(
      git, ["rev-parse", "--quiet", "--verify", "--end-of-options", "\(revision)^{commit}"])
    guard let named = named?.first, !named.isEmpty else {
      throw Failure(
        description: "git knows no commit “\(revision)”: fetch it first, or name another")
    }
    // Histories without a common commit are compared directly.
    commit = try Self.lines(git, ["merge-base", named, "HEAD"])?.first ?? named
    let changed = try git.run([
      "diff", "--name-only", "--no-renames", "--relative", "--no-ext-diff", "-z", commit, "--", ".",
    ])
    let added = try git.run(["ls-files", "--others", "--exclude-standard", "-z", "--", "."])
    guard changed.succeeded, added.succeeded else {
      throw Failure(description: "git cannot compare the folder with \(commit)")
    }
    files = Set(
      (changed.output + added.output).split(separator: 0).map {
        String(decoding: $0, as: UTF8.self)
      })
  }

  /// A folder with the community as of the commit, and its history; the folder is removed when the result is deallocated.
  ///
  /// The repository itself is not written to.
  package func checkout() throws -> (folder: ScratchFolder, root: String) {
    let folder = try ScratchFolder()
    let copy = "\(folder.path)/before"
    // The user's hooks and filters must not run, because the checkout is only read.
    let quiet = [
      "-c", "core.hooksPath=/dev/null", "-c", "filter.lfs.smudge=", "-c",
      "filter.lfs.required=false",
      "-c", "advice.detachedHead=false",
    ]
    let cloned = try git.run(
      quiet + ["clone", "--quiet", "--shared", "--no-checkout", "--", top, copy])
    let checkedOut = try git.run(
      ["-C", copy] + quiet + ["checkout", "--quiet", "--force", "--detach", commit, "--"])
    guard cloned.succeeded, checkedOut.succeeded else {
      throw Failure(description: "git cannot show the folder as it was at \(commit)")
    }
    return (folder, prefix.isEmpty ? copy : "\(copy)/\(prefix.dropLast())")
  }

  /// The lines of a command's output; nil when it fails.
  private static func lines(_ git: Git, _ arguments: [String]) throws -> [String]? {
    let outcome = try git.run(arguments)
    guard outcome.succeeded else { return nil }
    return outcome.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

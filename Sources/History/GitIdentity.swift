import StoaExternalTools

/// The name that git would put on a commit in a folder; nil when there is none, or one that may not be shown.
package func gitUserName(in folder: String, git program: String) -> String? {
  let git = Git(program: program, folder: folder)
  guard let outcome = try? git.run(["config", "--get", "user.name"]), outcome.succeeded else {
    return nil
  }
  return PersonNames.presentable(outcome.output)
}

/// The repository that a checkout came from, and its current commit.
package struct GitOrigin: Sendable {
  /// An https URL without user name and password.
  package let repository: String
  package let revision: String
}

/// The origin of a checkout, if others can fetch from it too; otherwise nil.
package func gitOrigin(of folder: String, git program: String) -> GitOrigin? {
  let git = Git(program: program, folder: folder)
  guard let remote = try? git.run(["remote", "get-url", "origin"]), remote.succeeded,
    let head = try? git.run(["rev-parse", "HEAD"]), head.succeeded
  else { return nil }
  let repository = String(decoding: remote.output.prefix { $0 != 0x0A }, as: UTF8.self)
  guard repository.hasPrefix("https://"), !repository.utf8.contains(UInt8(ascii: "@")),
    repository.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "'") })
  else { return nil }
  return GitOrigin(
    repository: repository,
    revision: String(decoding: head.output.prefix { $0 != 0x0A }, as: UTF8.self))
}

/// The remote and the branch of a folder's repository.
package struct GitRepository: Sendable {
  /// The remote's URL, exactly as git has it.
  package let remote: String?
  /// The remote's main branch, or the current branch.
  package let branch: String?
}

/// The repository whose top folder this is; nil when there is none.
package func gitRepository(at folder: String, git program: String) -> GitRepository? {
  let git = Git(program: program, folder: folder)
  func line(_ arguments: String...) -> String? {
    guard let outcome = try? git.run(arguments), outcome.succeeded else { return nil }
    return String(decoding: outcome.output.prefix { $0 != 0x0A }, as: UTF8.self)
  }
  // For a folder within a repository, the URLs on the forge would differ.
  guard line("rev-parse", "--show-prefix") == "" else { return nil }
  let main = line("symbolic-ref", "--short", "--quiet", "refs/remotes/origin/HEAD")
  return GitRepository(
    remote: line("remote", "get-url", "origin"),
    branch: main.map { String($0.dropFirst("origin/".count)) }
      ?? line("symbolic-ref", "--short", "--quiet", "HEAD"))
}

import StoaModel

/// The URLs of the guide and of the bug tracker: those of the repository that published the program.
enum ProjectAddress {
  static let guide =
    Release.repository.map { "The guide and help: \($0)" }
    ?? "The guide is in Stoa's repository: content/posts/start-here.md."

  static let bugs =
    Release.repository.map { "please report it at \($0)/issues" }
    ?? "please report it where you got Stoa's source"
}

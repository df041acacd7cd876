import ArgumentParser
import Stoa
import StoaAuthoring
import StoaExternalTools
import StoaSystem

/// The command that begins a community.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Begin a community: a few files that build.",
    discussion: """
      Asks nothing and overwrites nothing: a file that is there already stays as it is. Besides a first post and response \
      there are a code of conduct to fill in, a README for contributors, and workflows that check proposals and publish the \
      site on GitHub, GitLab and Forgejo.
      """)

  @Argument(help: ArgumentHelp("The community's folder.", valueName: "folder"))
  var folder = "."

  @Flag(name: .shortAndLong, help: "Print only what is wrong.")
  var quiet = false

  func run() throws {
    do {
      let path = Machine.absolute(folder)
      let community = NewCommunity(
        folder: path, git: ToolFinder.onPath("git"), seconds: try Machine.now(),
        checkout: Machine.checkout)
      guard !community.isThere else {
        throw UsageError(
          "there is a community already: \(CommunityFolder.shown("\(path)/stoa.yml"))")
      }
      let made = try community.make()
      guard !quiet else { return }
      for file in made {
        Terminal.print("\(file.isNew ? "made" : "kept")  \(file.path)")
      }
      Terminal.print("")
      Terminal.print("What you can do now:")
      if path != Machine.workingFolder {
        Terminal.print("  cd \(ShellWord.quoted(path: folder))")
      }
      Terminal.print("  stoa serve                  show the site while you write")
      Terminal.print("  stoa new post \"A title\"     make a post")
      Terminal.print("  stoa reply welcome          answer the first one")
      Terminal.print("")
      Terminal.print("Before it can be published:")
      Terminal.print("  stoa.yml                    wants the site's url")
      if !community.knowsRepository {
        Terminal.print("  .ci/install-stoa            wants the address of Stoa's repository")
      }
      if community.hasPlaceholder {
        Terminal.printError(
          """

          Git does not know your name, so the first texts are signed “Your Name”. Tell it yours, and the address that it asks for:
            \(AuthoringOptions.introduction)
            git config --global user.email ada@example.org
          and write it in the texts, too: stoa check says where.
          """)
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

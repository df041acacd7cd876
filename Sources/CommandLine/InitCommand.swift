import ArgumentParser
import Stoa
import StoaAddresses
import StoaAuthoring
import StoaExternalTools
import StoaModel
import StoaSystem

/// The command that creates a community.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Create a community: a few files that build.",
    discussion: """
      Asks nothing and overwrites nothing: a file that exists already stays as it is. Besides a first post and response \
      there are a code of conduct to fill in, a README for contributors, and a workflow that checks proposals and publishes \
      the site. In a clone, the git remote determines the forge; otherwise there is a workflow for each of GitHub, GitLab \
      and Forgejo.
      """)

  @Argument(help: ArgumentHelp("The community's folder.", valueName: "folder"))
  var folder = "."

  @Option(
    help: "The community's title (default: from the repository's or the folder's name).")
  var title: String?

  @Option(help: "The site's URL (default: from the git remote, if possible).")
  var url: String?

  @Option(
    help:
      "The kind of forge: github, gitlab or forgejo (default: from the git remote, if possible).")
  var forge: Settings.Forge.Kind?

  @Flag(name: .shortAndLong, help: "Print problems only.")
  var quiet = false

  func run() throws {
    do {
      let path = Machine.absolute(folder)
      let community = NewCommunity(
        folder: path, git: ToolFinder.onPath("git"), seconds: try Machine.now(),
        checkout: Machine.checkout, choices: try choices())
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
      if !community.tasks.isEmpty {
        Terminal.print("")
        Terminal.print("Before it can be published:")
        for task in community.tasks {
          let place = task.place
          let gap = String(repeating: " ", count: max(28 - place.utf8.count, 1))
          Terminal.print("  \(place)\(gap)\(task.action)")
        }
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

  /// The values of the options, after validation.
  private func choices() throws -> NewCommunity.Choices {
    var choices = NewCommunity.Choices()
    if let title {
      guard !title.split(whereSeparator: \.isWhitespace).isEmpty else {
        throw UsageError("--title: it has no visible characters")
      }
      choices.title = title
    }
    choices.forge = forge
    if let url {
      do throws(SiteURL.Problem) {
        choices.url = try SiteURL.read(url)
      } catch {
        throw UsageError("--url: \(error.message); \(error.suggestion)")
      }
    }
    return choices
  }
}

extension Settings.Forge.Kind: ExpressibleByArgument {}

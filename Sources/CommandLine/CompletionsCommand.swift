import ArgumentParser

/// The command that prints a shell's completion script for this program.
struct CompletionsCommand: ParsableCommand {
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish

    fileprivate var dialect: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print completions for bash, zsh or fish.",
    discussion: """
      bash: stoa completions bash > ~/.local/share/bash-completion/completions/stoa
      zsh:  stoa completions zsh > a folder of $fpath, as _stoa
      fish: stoa completions fish > ~/.config/fish/completions/stoa.fish
      """)

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws {
    Terminal.print(StoaCommand.completionScript(for: shell.dialect))
  }
}

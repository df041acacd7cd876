import ArgumentParser
import StoaAddresses

/// An unknown subcommand, with a suggestion.
struct UnknownCommand: CustomStringConvertible {
  /// The words before the unknown one: `stoa`, or `stoa new`.
  private let command: String
  private let word: String
  /// The existing subcommands.
  private let known: [String]
  /// By the name of a nested subcommand, the words to type after `command`: `new post`.
  private let nested: [String: String]

  private init(_ word: String, after command: String, among children: [any ParsableCommand.Type]) {
    self.command = command
    self.word = word
    known = children.map { Self.name(of: $0) }
    var nested: [String: String] = [:]
    for child in children {
      for grandchild in child.configuration.subcommands {
        nested[Self.name(of: grandchild)] = "\(Self.name(of: child)) \(Self.name(of: grandchild))"
      }
    }
    self.nested = nested
  }

  /// The first argument that should name a subcommand and does not; nil when each does.
  static func first(
    in arguments: [String], of root: any ParsableCommand.Type
  ) -> UnknownCommand? {
    // The parser adds `help` itself.
    guard arguments.first != "help" else { return nil }
    var children = root.configuration.subcommands
    var command = name(of: root)
    for argument in arguments {
      // The parser checks options.
      guard !children.isEmpty, !argument.hasPrefix("-") else { return nil }
      guard
        let child = children.first(where: {
          name(of: $0) == argument || $0.configuration.aliases.contains(argument)
        })
      else {
        return UnknownCommand(argument, after: command, among: children)
      }
      children = child.configuration.subcommands
      command += " \(argument)"
    }
    return nil
  }

  var description: String {
    let problem = "there is no command “\(command) \(word)”"
    if let meant = nested[word]
      ?? Nearest.match(
        for: word, among: known, within: word.utf8.count > 1 ? 2 : 0)
    {
      return "\(problem): did you mean “\(command) \(meant)”?"
    }
    let list = known.dropLast().joined(separator: ", ") + " and " + (known.last ?? "")
    return "\(problem): there are \(list); \(command) --help says what they do"
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }
}

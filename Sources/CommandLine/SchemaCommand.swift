import ArgumentParser
import StoaLoad

/// The command that prints the JSON schema with which editors check and complete a file's keys.
struct SchemaCommand: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case settings
    case post
    case response
    case contributor
    case topic
    case page

    fileprivate var schema: Schema {
      switch self {
      case .settings: .settings
      case .post: .post
      case .response: .response
      case .contributor: .contributor
      case .topic: .topic
      case .page: .page
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of stoa.yml or of a kind of front matter.",
    discussion: "Editors use it to complete and check the keys of a file.")

  @Argument(help: "settings for stoa.yml, or the kind of file for its front matter.")
  var kind: Kind

  func run() throws {
    Terminal.print(kind.schema.jsonSchema, terminator: "")
  }
}

import StoaExternalTools
import StoaSystem

/// Runs git in a folder.
struct Git {
  let folder: String
  private let tool: ExternalTool

  /// Overrides for settings of the user or the machine that would change the output, and (from git 2.38) against files of a commit
  /// that look like a repository.
  private static let settings = [
    "--no-pager", "-c", "safe.bareRepository=explicit", "-c", "mailmap.file=/dev/null", "-c",
    "mailmap.blob=", "-c",
    "log.showSignature=false", "-c", "log.follow=false", "-c", "core.quotePath=false",
  ]

  /// - Parameter program: the absolute path of git.
  init(program: String, folder: String) {
    self.folder = folder
    tool = ExternalTool(
      path: program, leadingArguments: ["-C", folder] + Self.settings,
      environment: GitEnvironment.make())
  }

  /// The result of a git command.
  struct Outcome {
    let succeeded: Bool
    let output: [UInt8]
    /// Its output on standard error.
    let message: String

    fileprivate init(_ outcome: ExternalTool.Outcome) {
      succeeded = outcome.succeeded
      output = outcome.output
      message = String(decoding: outcome.complaints, as: UTF8.self)
    }
  }

  func run(
    _ arguments: [String], input: [UInt8] = []
  ) throws(SystemError) -> Outcome {
    Outcome(try tool.run(arguments, input: input))
  }

  /// Runs a command with long output, which is passed on piece by piece.
  func run(
    _ arguments: [String], readingOutput take: (UnsafeRawBufferPointer) -> Void
  ) throws(SystemError) -> Outcome {
    Outcome(try tool.run(arguments, readingOutput: take))
  }
}

import StoaExternalTools
import StoaIntake
import StoaModel
import StoaPlatform
import StoaSystem

/// Passes mails to a program that sends them, such as Postfix's sendmail or msmtp.
///
/// The program reads the recipients from the mail's header, so that no address appears in the process list.
struct Sendmail: Sendable {
  /// The program's output is not reported, because it may contain the recipient's address.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let patience = Duration.seconds(60)

  private let tool: ExternalTool
  private let arguments: [String]

  /// - Throws: When there is no such program.
  init(_ command: [String], tools: ToolFinder) throws {
    let name = command.first ?? ""
    guard let path = name.hasPrefix("/") ? name : tools.onPath(name), access(path, X_OK) == 0 else {
      throw UsageError("sendmail: there is no program “\(name)”")
    }
    tool = ExternalTool(path: path)
    arguments = Array(command.dropFirst())
  }

  func send(_ message: MailMessage, at now: Int64) throws {
    let id = "\(now).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let outcome = try tool.run(
      arguments, input: message.bytes(at: now, id: id), atMost: Self.patience)
    guard outcome.succeeded else {
      throw Failure(description: "\(tool.path) did not take a mail")
    }
  }
}

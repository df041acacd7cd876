import StoaExternalTools
import StoaIntake
import StoaModel
import StoaPlatform
import StoaSystem

/// Hands mails to a program that sends them, such as Postfix's sendmail or msmtp.
///
/// It reads from a mail's head to whom it goes, so that no address is in the list of what runs on the machine.
struct Sendmail: Sendable {
  /// What a program says is not passed on: it may name the address that it was to send to.
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

import ArgumentParser
import Stoa
import StoaIntake
import StoaModel
import StoaReceive
import StoaSystem

/// The command with which moderators accept or reject replies to the service.
struct IntakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intake", abstract: "Decide about the replies that the service has taken.",
    discussion: """
      It works on the spool that receive.yml names, also while the service runs.
      """,
    subcommands: [
      IntakeListCommand.self, IntakeShowCommand.self, IntakeAcceptCommand.self,
      IntakeRejectCommand.self, IntakePurgeCommand.self,
    ])
}

/// The configuration that commands about the service share.
struct ServiceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The service's configuration.", valueName: "receive.yml"))
  var config = "receive.yml"

  static func read(_ config: String) throws -> ReceiveOptions {
    let path = Machine.absolute(config)
    let bytes: [UInt8]
    do throws(FileReader.Refusal) {
      bytes = try FileReader.read(path, maximumSize: 1 << 16, followsLinks: true)
    } catch {
      throw InputError(path: path, refusal: error)
    }
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    return try ReceiveOptions(bytes, file: config, folder: folder)
  }

  func desk() throws -> IntakeDesk { try Self.desk(config) }

  /// Accepts or rejects replies, one after the other, and prints each result.
  func decide(
    _ word: String, about names: [String], _ decision: (IntakeDesk, IntakeDesk.Entry) throws -> Void
  ) throws {
    do {
      let desk = try desk()
      for name in names {
        let entry = try desk.entry(name)
        try decision(desk, entry)
        Terminal.print("\(word)\t\(entry.reply.file.path)")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  static func desk(_ config: String) throws -> IntakeDesk {
    let options = try read(config)
    return try IntakeDesk(options, BuildOptions(root: options.community))
  }
}

struct IntakeListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the replies that wait for a decision.",
    discussion: """
      Prints one on each line, oldest first, in fields separated by tabs: time of arrival, state, answered document, id, author, \
      and the reasons for doubt.
      """)

  @OptionGroup var service: ServiceOptions

  @Flag(help: "Also list replies that are decided.")
  var all = false

  func run() async throws {
    do {
      let desk = try service.desk()
      let states = SpooledReply.State.allCases.filter { all || $0.isOpen }
      let (entries, unreadable) = try desk.list(states)
      for entry in entries {
        let reply = entry.reply
        let when = Timestamp(seconds: reply.received, offset: 0, isDay: false).iso8601
        let target = reply.file.post + (reply.replyTo.map { "#response-\($0)" } ?? "")
        let fields = [
          when, entry.state.rawValue, target, reply.file.id, reply.name,
          reply.reasons.joined(separator: ", "),
        ]
        Terminal.print(fields.map(\.printable).joined(separator: "\t"))
      }
      if all {
        for rejection in try desk.rejections() {
          let when = Timestamp(seconds: rejection.received, offset: 0, isDay: false).iso8601
          Terminal.print("\(when)\trejected\t\(rejection.post)\t\(rejection.id)\t\t")
        }
      }
      for file in unreadable { Terminal.printError("stoa: the spool's \(file) is no reply") }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

struct IntakeShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the file that a reply would become.")

  @OptionGroup var service: ServiceOptions

  @Argument(help: "The id of the reply.")
  var reply: String

  func run() async throws {
    do {
      let entry = try service.desk().entry(reply)
      Terminal.print("\(entry.reply.file.path)\t\(entry.state.rawValue)")
      for reason in entry.reply.reasons { Terminal.print("doubtful: \(reason)") }
      Terminal.print("")
      let text = String(decoding: entry.reply.file.bytes, as: UTF8.self)
      // Text from strangers must not control the terminal.
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        Terminal.print(String(line).printable)
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

struct IntakeAcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Commit replies onto the branch, and push it.")

  @OptionGroup var service: ServiceOptions

  @Argument(help: "The ids of the replies.")
  var replies: [String]

  func run() async throws {
    try service.decide("accepted", about: replies) { desk, entry in try desk.accept(entry) }
  }
}

struct IntakeRejectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Reject replies: delete their content, and keep a record of them.")

  @OptionGroup var service: ServiceOptions

  @Argument(help: "The ids of the replies.")
  var replies: [String]

  func run() async throws {
    try service.decide("rejected", about: replies) { desk, entry in
      try desk.reject(entry, at: Machine.now())
    }
  }
}

struct IntakePurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Delete the data about replies that were decided.",
    discussion: """
      Replies that wait for a decision stay, however old they are. The data stays for at least two days, because a form can be \
      sent for a day after it was shown: the data lets the service recognise a reply that is sent twice.
      """)

  /// Twice the time for which a form stays valid.
  private static let shortest = 2 * FormTokens.maximumAge

  @OptionGroup var service: ServiceOptions

  @Option(help: ArgumentHelp("Their minimum age.", valueName: "time"))
  var olderThan = "90d"

  func run() async throws {
    do {
      guard let age = TimeSpan.seconds(olderThan), age >= Self.shortest else {
        throw UsageError("--older-than takes a time of two days or more, such as 90d")
      }
      let count = try service.desk().purge(olderThan: age, at: Machine.now())
      Terminal.print(count == 1 ? "1 reply purged" : "\(count) replies purged")
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

/// The command that prints the service's data about an address.
struct ReceiveExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the service's data about a mail address.",
    discussion: "With - in its place, the address is read from standard input.")

  // The configuration is an option of it.
  @ParentCommand var receive: ReceiveCommand

  @Argument(help: "The address.")
  var address: String

  func run() async throws {
    do {
      let box = try MailBox.argument(address)
      let desk = try receive.desk()
      for subscription in try desk.subscriptions(of: box) {
        let date = { (seconds: Int64) in
          Timestamp(seconds: seconds, offset: 0, isDay: false).iso8601
        }
        Terminal.print("address: \(subscription.mailBox.address)")
        Terminal.print("given: \(date(subscription.created))")
        Terminal.print("state: \(subscription.state.rawValue) since \(date(subscription.since))")
        Terminal.print("conversation: \(subscription.post)")
        Terminal.print("response: \(subscription.response)")
        if !subscription.told.isEmpty {
          Terminal.print("told of: \(subscription.told.joined(separator: ", "))")
        }
        if let reply = desk.reply(of: subscription) {
          Terminal.print("name: \(reply.name.printable)")
        }
        Terminal.print("")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

/// The command that deletes the service's data about an address.
struct ReceiveEraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Forget a mail address.",
    discussion: """
      With - in its place, the address is read from standard input. Replies stay: they have no address in them; `stoa erase` \
      takes a person's name and texts away.
      """)

  // The configuration is an option of it.
  @ParentCommand var receive: ReceiveCommand

  @Argument(help: "The address.")
  var address: String

  func run() async throws {
    do {
      let count = try receive.desk().erase(try MailBox.argument(address))
      Terminal.print(count == 1 ? "forgotten at 1 place" : "forgotten at \(count) places")
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

extension MailBox {
  fileprivate static func argument(_ text: String) throws(UsageError) -> MailBox {
    let text = text == "-" ? readLine() ?? "" : text
    guard let box = MailBox(text) else {
      throw UsageError("this is no mail address: write one such as ada@portico.example")
    }
    return box
  }
}

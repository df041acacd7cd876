import ArgumentParser
import Stoa
import StoaIntake
import StoaModel
import StoaReceive
import StoaSystem

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

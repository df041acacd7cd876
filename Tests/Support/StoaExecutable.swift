import Foundation

/// The built program, which parses in tests, because a test bundle cannot be its own worker.
public let stoaExecutable: String = {
  let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  return folder.appendingPathComponent("stoa").path
}()

import ArgumentParser
import Dispatch
import StoaPlatform

/// Handles Ctrl-C for a command that runs until it is stopped.
enum Interrupts {
  /// Ends a task at the first Ctrl-C, and the program at the second.
  static func cancelling(_ task: Task<Void, any Error>) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        if task.isCancelled { StoaCommand.exit(withError: ExitCode(130)) }
        task.cancel()
      }
      source.resume()
      return source
    }
  }
}

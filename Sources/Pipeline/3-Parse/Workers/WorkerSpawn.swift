import StoaModel
import StoaPlatform
import StoaSystem

/// Why workers could not run: a problem of the machine, not of the content.
package struct WorkerError: InputOutputFailure {
  package let description: String

  init(_ description: String) {
    self.description = description
  }

  /// A program that was started as a worker but is not one.
  static func noWorker(_ executable: String) -> WorkerError {
    WorkerError(
      "\(executable) does not start as a worker of Stoa \(stoaVersion):"
        + " its main has to begin with StoaWorker.runIfAsked()")
  }

  /// An error of the system, with its own message.
  init(_ what: String, errno: Int32) {
    description = "\(what): \(String(cString: strerror(errno)))"
  }
}

/// Starts a worker process with the descriptors of the contract, and no others.
enum WorkerSpawn {
  /// The file to which a worker writes bodies, opened for reading and writing.
  static func bodiesFile() throws(WorkerError) -> HeldFile {
    let place = ScratchFolder.place
    do throws(SystemError) {
      let file = try ScratchFile().file
      do throws(Transfer.Failure) {
        try WorkerProgress.prepare(file.descriptor)
      } catch {
        throw SystemError("\(place): no temporary file", errno: error.errno)
      }
      return file
    } catch {
      throw WorkerError("\(error)")
    }
  }

  /// A socket for both directions, not two pipes, so that a write to an ended worker sends its parent no signal.
  static func socketPair() throws(WorkerError) -> (parent: Int32, child: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let made = socketpair(AF_UNIX, kind, 0, &ends)
    guard made == 0 else { throw WorkerError("no connection to a worker", errno: errno) }
    return (ends[0], ends[1])
  }

  private static func closeOnExec(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  static func start(
    _ options: WorkerOptions, socket: Int32, bodies: Int32
  ) throws(WorkerError) -> pid_t {
    let arguments = [
      parseWorkerArgument, "\(options.processorMilliseconds)", "\(options.memory)",
    ]
    do throws(SystemError) {
      // Swift's backtraces are off, because a worker that crashes should end at once. Its standard error is not shown: the parent
      // reports the document.
      return try ChildProcess(
        options.executable, arguments,
        environment: ChildProcess.environment(without: ["SWIFT_BACKTRACE="])
          + ["SWIFT_BACKTRACE=enable=no"],
        streams: [.descriptor(socket), .nothing, .nothing, .descriptor(bodies)],
        ignoresInterrupts: true
      ).identifier
    } catch {
      throw WorkerError("\(error)")
    }
  }
}

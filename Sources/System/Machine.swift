package import StoaModel
import StoaPlatform

/// The defaults of options that depend on the machine and on this process; no stage reads them itself.
package enum Machine {
  package static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Why the program cannot work, if it may not have enough address space for threads and their stacks.
  ///
  /// Without this check it would not fail, but wait for threads that never start.
  package static var lackOfAddressSpace: String? {
    let needed: rlim_t = 512 << 20
    var limit = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    guard isKnown, limit.rlim_cur < needed else { return nil }
    return "the address space is limited to \(limit.rlim_cur >> 20) MiB here (ulimit -v), "
      + "and \(needed >> 20) MiB are needed"
  }

  /// The path of this program, which is started again as a worker.
  package static var executablePath: String {
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4_096) { buffer -> String? in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink("/proc/self/exe", start, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    if let path { return path }
    return CommandLine.arguments[0]
  }

  /// The folders in which programs are searched.
  package static var searchPath: String { getenv("PATH").map { String(cString: $0) } ?? "" }

  package static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// An absolute path, relative to the working folder, without `.` and `..`.
  package static func absolute(_ path: String) -> String {
    var parts: [Substring] = path.hasPrefix("/") ? [] : workingFolder.split(separator: "/")
    for part in path.split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Today's date for a build, before the community's time zone is known.
  package static func today() throws(UsageError) -> String { "@\(try now())" }

  /// The time in seconds since 1970: that of `SOURCE_DATE_EPOCH`, if it is set.
  package static func now() throws(UsageError) -> Int64 {
    guard let variable = getenv("SOURCE_DATE_EPOCH") else { return Int64(time(nil)) }
    guard let epoch = Int64(String(cString: variable)), (0..<253_402_214_400).contains(epoch) else {
      throw UsageError("SOURCE_DATE_EPOCH is not a number of seconds")
    }
    return epoch
  }
}

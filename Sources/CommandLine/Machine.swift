internal import Stoa
internal import StoaExternalTools
internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The facts of the machine that a command starts from; no stage asks for them itself.
internal enum Machine {
  internal static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// What is to be said where the program may not have the address space that threads and their stacks want: it would not end by
  /// an error, but wait for threads that never start.
  internal static var lackOfAddressSpace: String? {
    let needed: rlim_t = 512 << 20
    var limit = rlimit()
    #if canImport(Darwin)
    let isKnown = getrlimit(RLIMIT_AS, &limit) == 0
    #else
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #endif
    guard isKnown, limit.rlim_cur < needed else { return nil }
    return "the address space may have \(limit.rlim_cur >> 20) MiB here (ulimit -v), "
      + "and \(needed >> 20) MiB are needed"
  }

  /// How many workers to use: what `--jobs` says, else one for each core.
  internal static func jobs(_ option: Int?) throws -> Int {
    if let option, !(1...256).contains(option) {
      throw UsageError("--jobs takes a number from 1 to 256")
    }
    return option ?? coreCount
  }

  /// The path of this program, which is started again to parse.
  internal static var executablePath: String {
    #if os(Linux)
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4_096) { buffer -> String? in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink("/proc/self/exe", start, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    if let path { return path }
    #endif
    return CommandLine.arguments[0]
  }

  /// The folders in which programs are looked for.
  internal static var searchPath: String { getenv("PATH").map { String(cString: $0) } ?? "" }

  /// The absolute path of a program on `PATH`; nil when it is not installed.
  internal static func program(_ name: String) -> String? {
    ToolFinder(root: "/", program: executablePath, searchPath: searchPath).onPath(name)
  }

  /// The folder of Stoa's own source, if this program lies where it was built.
  internal static var checkout: String? {
    let path = executablePath
    return path.firstRange(of: "/.build/").map { String(path[..<$0.lowerBound]) }
  }

  /// Today as a build takes it, whatever day that is in the community's zone.
  internal static func today() throws -> String { "@\(try now())" }

  /// The time in seconds since 1970: that of `SOURCE_DATE_EPOCH`, if it is set.
  internal static func now() throws -> Int64 {
    guard let variable = getenv("SOURCE_DATE_EPOCH") else { return Int64(time(nil)) }
    guard let epoch = Int64(String(cString: variable)), (0..<253_402_214_400).contains(epoch) else {
      throw UsageError("SOURCE_DATE_EPOCH is not a number of seconds")
    }
    return epoch
  }
}

internal import Stoa
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

  /// The day of `SOURCE_DATE_EPOCH` in UTC, if it is set, else today.
  internal static func today() throws -> String {
    var seconds = Int64(time(nil))
    if let variable = getenv("SOURCE_DATE_EPOCH") {
      guard let epoch = Int64(String(cString: variable)), (0..<253_402_300_800).contains(epoch)
      else {
        throw UsageError("SOURCE_DATE_EPOCH is not a number of seconds")
      }
      seconds = epoch
    }
    return Moment(seconds: seconds, offset: 0, isDay: true).day.description
  }
}

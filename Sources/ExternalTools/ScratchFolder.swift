#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Where temporary files go: `$TMPDIR`, else /var/tmp, because /tmp may be memory.
internal enum ScratchFolder {
  internal static var parent: String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return folder.isEmpty ? "/var/tmp" : folder
  }
}

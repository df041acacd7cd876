/// The host names that a preview accepts.
///
/// Another site can point its own host name at this machine and then read what is served here (DNS rebinding). So a host is refused
/// unless it is this machine's: an IP address, `localhost`, or the value of `--bind`.
struct AllowedHosts: Sendable {
  private let bound: String

  init(bound: String) { self.bound = bound }

  func contain(_ header: String) -> Bool {
    let host = Self.withoutPort(header).lowercased()
    return host == "localhost" || host.hasSuffix(".localhost") || host == bound.lowercased()
      || Self.isAddress(host)
  }

  private static func withoutPort(_ header: String) -> String {
    if header.hasPrefix("[") {
      guard let end = header.firstIndex(of: "]") else { return header }
      let rest = header[end...].dropFirst()
      return rest.isEmpty || rest.hasPrefix(":") ? String(header[...end]) : header
    }
    return String(header.prefix { $0 != ":" })
  }

  /// Whether a host is an IPv4 address or, in brackets, an IPv6 address: no name can look like one.
  private static func isAddress(_ host: String) -> Bool {
    if host.hasPrefix("["), host.hasSuffix("]") {
      return host.utf8.dropFirst().dropLast().allSatisfy { byte in
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || Self.isHexadecimal(byte)
      }
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

import StoaAddresses
import StoaModel
import StoaPlatform
import StoaSystem

/// A time zone's offsets from UTC, read from the system's zone files (RFC 8536).
package struct TimeZoneRules: Sendable {
  package let name: String
  /// The start of each offset, in seconds since 1970, ascending.
  private let transitions: [(start: Int64, offset: Int32)]
  private let firstOffset: Int32
  /// The rule after the last transition.
  private let footer: PosixTimeZone?

  package static let utc = TimeZoneRules(
    name: "UTC", transitions: [], firstOffset: 0, footer: nil)

  private init(
    name: String, transitions: [(start: Int64, offset: Int32)], firstOffset: Int32,
    footer: PosixTimeZone?
  ) {
    self.name = name
    self.transitions = transitions
    self.firstOffset = firstOffset
    self.footer = footer
  }

  private static let folders = [
    "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo",
  ]

  /// The zone that was probably meant: one with nearly the same name, or a city's zone without its region.
  static func nearest(to name: String) -> String? {
    let names = folders.flatMap { folder in
      entries(of: folder).filter { $0.kind == .folder && !copies.contains($0.name) }
        .flatMap { region in
          entries(of: "\(folder)/\(region.name)").filter { $0.kind != .folder }
            .map { "\(region.name)/\($0.name)" }
        }
    }
    return Nearest.match(for: name, among: names)
      ?? names.first { $0.lowercased().hasSuffix("/" + name.lowercased()) }
  }

  /// Folders that repeat all zones.
  private static let copies: Set<String> = ["posix", "right"]

  private static func entries(of folder: String) -> [(name: String, kind: FolderReader.Entry.Kind)]
  {
    ((try? FolderReader.list(folder)) ?? []).compactMap { entry in
      entry.name.map { ($0, entry.kind) }
    }
  }

  /// Reads a zone such as `Europe/Lisbon`, or returns nil when the system has no such zone.
  package init?(named name: String) {
    if name == "UTC" {
      self = .utc
      return
    }
    let isPlain = name.utf8.allSatisfy { byte in
      ASCII.isLetterOrDigit(byte) || "/_-+".utf8.contains(byte)
    }
    guard isPlain, !name.isEmpty, !name.hasPrefix("/") else { return nil }
    for folder in Self.folders {
      guard let bytes = try? FileReader.read("\(folder)/\(name)", followsLinks: true) else {
        continue
      }
      guard let rules = TimeZoneRules(name: name, file: bytes) else { return nil }
      self = rules
      return
    }
    return nil
  }

  /// Reads the contents of a zone file of version 2 or later.
  init?(name: String, file: [UInt8]) {
    guard file.count > 44, file.starts(with: Array("TZif".utf8)), file[4] >= UInt8(ascii: "2")
    else {
      return nil
    }
    var reader = BigEndianReader(bytes: file)
    // The first block has 32-bit times: skip it.
    guard let first = Header(&reader) else { return nil }
    reader.position += first.size(timeSize: 4)
    guard let header = Header(&reader) else { return nil }
    let body = reader.position
    guard header.typeCount > 0, body + header.size(timeSize: 8) <= file.count else { return nil }

    let types = body + header.timeCount * 9
    func offset(ofType type: Int) -> Int32? {
      guard type < header.typeCount else { return nil }
      var at = BigEndianReader(bytes: file, position: types + type * 6)
      return at.integer(4).map { Int32(truncatingIfNeeded: $0) }
    }
    guard let firstOffset = offset(ofType: 0) else { return nil }
    var transitions: [(start: Int64, offset: Int32)] = []
    for index in 0..<header.timeCount {
      let type = Int(file[body + header.timeCount * 8 + index])
      guard let start = reader.integer(8), let offset = offset(ofType: type) else { return nil }
      transitions.append((start, offset))
    }
    let footerBytes = file[(body + header.size(timeSize: 8))...].drop { $0 == UInt8(ascii: "\n") }
      .prefix { $0 != UInt8(ascii: "\n") }
    self.init(
      name: name, transitions: transitions, firstOffset: firstOffset,
      footer: PosixTimeZone(String(decoding: footerBytes, as: UTF8.self)))
  }

  /// The zone's offset from UTC at an instant, in seconds.
  package func offset(at seconds: Int64) -> Int32 {
    guard let last = transitions.last else { return footer?.offset(at: seconds) ?? firstOffset }
    if seconds >= last.start { return footer?.offset(at: seconds) ?? last.offset }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].start <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : transitions[low - 1].offset
  }

  /// The instant of a local time, given in seconds since 1970 as if it were UTC.
  ///
  /// A time that the clocks skip uses the offset before the change; a time that they repeat is the first of the two.
  package func instant(ofLocal local: Int64) -> Int64 {
    let before = Int64(offset(at: local - 86_400))
    let after = Int64(offset(at: local + 86_400))
    if Int64(offset(at: local - before)) == before { return local - before }
    if Int64(offset(at: local - after)) == after { return local - after }
    return local - before
  }

  private struct Header {
    let isUTCCount: Int
    let isStandardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let characterCount: Int

    init?(_ reader: inout BigEndianReader) {
      reader.position += 20
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = reader.integer(4), (0...100_000).contains(count) else { return nil }
        counts.append(Int(count))
      }
      (isUTCCount, isStandardCount, leapCount) = (counts[0], counts[1], counts[2])
      (timeCount, typeCount, characterCount) = (counts[3], counts[4], counts[5])
    }

    func size(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4)
        + isStandardCount + isUTCCount
    }
  }
}

/// Reads two's complement integers in big-endian order.
private struct BigEndianReader {
  let bytes: [UInt8]
  var position = 0

  mutating func integer(_ size: Int) -> Int64? {
    guard position >= 0, position + size <= bytes.count else { return nil }
    var value: Int64 = bytes[position] & 0x80 == 0 ? 0 : -1
    for index in position..<(position + size) { value = value << 8 | Int64(bytes[index]) }
    position += size
    return value
  }
}

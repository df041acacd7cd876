/// Reduces a PNG to its image data, colour and orientation (W3C PNG, third edition, section 11).
struct PNGCleaner {
  private(set) var cleaned: [UInt8]

  /// Ancillary chunks that change how the image looks or moves.
  private static let kept: Set<String> = [
    "cHRM", "cICP", "cLLI", "gAMA", "iCCP", "mDCV", "sBIT", "sRGB", "bKGD", "hIST", "tRNS", "pHYs",
    "sPLT", "acTL", "fcTL", "fdAT",
  ]

  init(_ bytes: [UInt8]) {
    cleaned = Array(bytes.prefix(8))
    cleaned.reserveCapacity(bytes.count)
    let source = ByteSource(bytes)
    var position = 8
    while let length = source.bigEndian(position, width: 4), position + 8 <= bytes.count {
      let type = String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self)
      // The chunk and its checksum of four bytes; a truncated image still shows its beginning.
      let end = min(position + 12 + length, bytes.count)
      // A lower-case first letter marks an ancillary chunk.
      let isCritical = bytes[position + 4] & 0x20 == 0
      if isCritical || Self.kept.contains(type) {
        cleaned += bytes[position..<end]
      } else if type == "eXIf",
        let orientation = Orientation(
          exif: Array(bytes[(position + 8)..<max(position + 8, end - 4)]))
      {
        append("eXIf", orientation.tiff)
      }
      if type == "IEND" { break }
      position = end
    }
  }

  private mutating func append(_ type: String, _ content: [UInt8]) {
    let checked = Array(type.utf8) + content
    cleaned += Self.bytes(UInt32(content.count)) + checked + Self.bytes(Self.checksum(of: checked))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
  }

  /// The CRC of annex D.
  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    var register = UInt32.max
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 {
        register = register & 1 == 1 ? 0xEDB8_8320 ^ (register >> 1) : register >> 1
      }
    }
    return ~register
  }
}

/// Reduces a WebP to its image data, colour profile and orientation (RFC 9649, section 2).
struct WebPCleaner {
  private(set) var cleaned: [UInt8] = []

  private static let kept: Set<String> = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]
  private static let exifFlag: UInt8 = 0x08
  private static let xmpFlag: UInt8 = 0x04

  init(_ bytes: [UInt8]) {
    let source = ByteSource(bytes)
    let declared = (source.littleEndian(4, width: 4) ?? 0) + 8
    let limit = min(declared, bytes.count)
    var body: [UInt8] = []
    body.reserveCapacity(bytes.count)
    var orientation: Orientation?
    var flags: Int?
    var position = 12
    while position + 8 <= limit, let length = source.littleEndian(position + 4, width: 4) {
      let type = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
      let start = position + 8
      // Chunks begin at even offsets.
      let end = min(start + length, limit)
      let next = min(start + length + length % 2, limit)
      if Self.kept.contains(type) {
        if type == "VP8X", end > start { flags = body.count + 8 }
        body += bytes[position..<next]
      } else if type == "EXIF" {
        orientation = orientation ?? Orientation(exif: Array(bytes[start..<end]))
      }
      position = next
    }
    if let flags {
      body[flags] &= ~(Self.exifFlag | Self.xmpFlag)
      if let orientation {
        body[flags] |= Self.exifFlag
        body += Array("EXIF".utf8) + Self.bytes(orientation.tiff.count) + orientation.tiff
      }
    }
    cleaned = Array("RIFF".utf8) + Self.bytes(body.count + 4) + Array("WEBP".utf8) + body
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

/// Reduces a JPEG to its image data, colour profile and orientation (ITU T.81, annex B).
struct JPEGCleaner {
  private(set) var cleaned: [UInt8] = []

  private let bytes: [UInt8]
  private var position = 2
  private var hasOrientation = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    cleaned.reserveCapacity(bytes.count)
    cleaned += [0xFF, 0xD8]
    while takeSegment() {}
  }

  /// Copies or skips one segment; false at the end, and when the next bytes are no segment.
  private mutating func takeSegment() -> Bool {
    guard position < bytes.count, bytes[position] == 0xFF else { return false }
    while position + 1 < bytes.count, bytes[position + 1] == 0xFF { position += 1 }
    guard position + 1 < bytes.count else { return false }
    let marker = bytes[position + 1]
    switch marker {
    case 0xD9:
      // Cameras append previews, second images and videos after the end, with metadata of their own.
      cleaned += [0xFF, 0xD9]
      return false
    case 0x01, 0xD0...0xD7:
      cleaned += [0xFF, marker]
      position += 2
      return true
    default: break
    }
    guard position + 4 <= bytes.count else { return false }
    let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
    let end = position + 2 + length
    guard length >= 2, end <= bytes.count else { return false }
    keep(marker, content: bytes[(position + 4)..<end], whole: bytes[position..<end])
    position = end
    if marker == 0xDA { takeScan() }
    return true
  }

  private mutating func keep(_ marker: UInt8, content: ArraySlice<UInt8>, whole: ArraySlice<UInt8>)
  {
    switch marker {
    case 0xE0 where content.starts(with: "JFIF\0".utf8) && content.count >= 14:
      // Without the thumbnail that may follow.
      cleaned += [0xFF, 0xE0, 0, 16] + content.prefix(12) + [0, 0]
    case 0xE1 where content.starts(with: "Exif\0\0".utf8) && !hasOrientation:
      guard let orientation = Orientation(exif: Array(content)) else { return }
      hasOrientation = true
      let exif = Array("Exif\0\0".utf8) + orientation.tiff
      cleaned += [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif
    case 0xE2 where content.starts(with: "ICC_PROFILE\0".utf8): cleaned += whole
    case 0xEE where content.starts(with: "Adobe".utf8) && content.count == 12: cleaned += whole
    // Other application segments, comments, and segments that no decoder needs.
    case 0xE0...0xFE: break
    case 0x02...0xBF: break
    default: cleaned += whole
    }
  }

  /// The image data: everything up to the next marker that is neither a stuffed byte nor a restart.
  private mutating func takeScan() {
    let start = position
    while position < bytes.count {
      if bytes[position] == 0xFF, position + 1 < bytes.count {
        let next = bytes[position + 1]
        if next != 0, !(0xD0...0xD7).contains(next), next != 0xFF { break }
      }
      position += 1
    }
    cleaned += bytes[start..<position]
  }
}

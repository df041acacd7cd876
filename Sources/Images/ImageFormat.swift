/// A raster format, recognised by the first bytes of a file.
enum ImageFormat: Sendable {
  case png
  case jpeg
  case gif
  case webp
  case avif

  init?(of source: ByteSource) {
    let start = source.read(0, 16)
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8) {
      self = .gif
    } else if start.starts(with: "RIFF".utf8), source.holds("WEBP", at: 8) {
      self = .webp
    } else if source.holds("ftyp", at: 4), source.holds("avi", at: 8) || source.holds("mif1", at: 8)
    {
      self = .avif
    } else {
      return nil
    }
  }
}

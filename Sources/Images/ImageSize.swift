/// The displayed size of an image, in CSS pixels.
package struct ImageSize: Sendable, Hashable {
  package let width: Int
  package let height: Int

  /// Nil when the numbers cannot be an image's size.
  init?(_ width: Int?, _ height: Int?) {
    guard let width, let height, (1...1_000_000).contains(width), (1...1_000_000).contains(height)
    else { return nil }
    self.width = width
    self.height = height
  }

  var turned: ImageSize? { ImageSize(height, width) }
}

extension ImageSize {
  /// Reads the size from an image's header, whatever the file's name; nil when the format is unknown.
  package init?(of source: ByteSource) {
    let size: ImageSize? =
      switch ImageFormat(of: source) {
      case .png: ImageSize(source.bigEndian(16, width: 4), source.bigEndian(20, width: 4))
      case .gif: ImageSize(source.littleEndian(6, width: 2), source.littleEndian(8, width: 2))
      case .jpeg: Self.jpeg(source)
      case .webp: Self.webp(source)
      case .avif: AVIFBoxes(source).size
      case nil: SVGRoot(source)?.size
      }
    guard let size else { return nil }
    self = size
  }

  /// Reads segments up to the frame header; the orientation may exchange width and height.
  private static func jpeg(_ source: ByteSource) -> ImageSize? {
    var isTurned = false
    for segment in JPEGSegments(source) {
      if segment.holdsExif {
        let orientation = Orientation(exif: source.read(segment.content, segment.length))
        isTurned = orientation?.isTurned ?? isTurned
      }
      guard segment.isFrame else { continue }
      let size = ImageSize(
        source.bigEndian(segment.content + 3, width: 2),
        source.bigEndian(segment.content + 1, width: 2))
      return isTurned ? size?.turned : size
    }
    return nil
  }

  /// Three forms of one container: lossy, lossless, and extended (https://developers.google.com/speed/webp/docs/riff_container).
  private static func webp(_ source: ByteSource) -> ImageSize? {
    if source.holds("VP8X", at: 12) {
      guard let width = source.littleEndian(24, width: 3),
        let height = source.littleEndian(27, width: 3)
      else { return nil }
      return ImageSize(width + 1, height + 1)
    }
    if source.holds("VP8L", at: 12), source.holds("\u{2F}", at: 20) {
      guard let bits = source.littleEndian(21, width: 4) else { return nil }
      return ImageSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    }
    guard source.holds("VP8 ", at: 12), source.read(23, 3) == [0x9D, 0x01, 0x2A],
      let width = source.littleEndian(26, width: 2), let height = source.littleEndian(28, width: 2)
    else { return nil }
    return ImageSize(width & 0x3FFF, height & 0x3FFF)
  }
}

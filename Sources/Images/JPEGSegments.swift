/// The segments of a JPEG's header, in order, up to the image data (ITU T.81, annex B).
struct JPEGSegments: Sequence, IteratorProtocol {
  struct Segment {
    let marker: UInt8
    /// The index of the segment's content, after its length.
    let content: Int
    /// The length of the content.
    let length: Int
    /// Whether an APP1 segment begins like Exif.
    let holdsExif: Bool

    /// A frame header, which has the image's size: SOF0 to SOF15 without DHT, JPG and DAC.
    var isFrame: Bool {
      (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }
  }

  private let source: ByteSource
  private var position = 2

  init(_ source: ByteSource) {
    self.source = source
  }

  mutating func next() -> Segment? {
    guard source.bigEndian(position, width: 1) == 0xFF else { return nil }
    // Any number of fill bytes may precede a marker.
    while source.bigEndian(position + 1, width: 1) == 0xFF { position += 1 }
    guard let marker = source.bigEndian(position + 1, width: 1), marker != 0xDA, marker != 0xD9,
      let length = source.bigEndian(position + 2, width: 2), length >= 2,
      position + 2 + length <= source.count
    else { return nil }
    let content = position + 4
    position += 2 + length
    return Segment(
      marker: UInt8(marker), content: content, length: length - 2,
      holdsExif: marker == 0xE1 && source.holds("Exif\0\0", at: content))
  }
}

/// The orientation in Exif (EXIF 2.32, tag 0x0112): the only metadata that an image needs to be shown correctly.
struct Orientation: Sendable, Hashable {
  /// 2 to 8; 1, upright, is the default and is dropped.
  private let value: UInt8

  /// Whether width and height are exchanged when the picture is shown.
  var isTurned: Bool { value >= 5 }

  /// Reads the first directory of an Exif block, with or without the header that JPEG puts before it.
  init?(exif bytes: [UInt8]) {
    let named = bytes.starts(with: "Exif\0\0".utf8)
    let tiff = ByteSource(named ? Array(bytes.dropFirst(6)) : bytes)
    let isLittle = tiff.holds("II", at: 0)
    guard isLittle || tiff.holds("MM", at: 0) else { return nil }
    let number = { (offset: Int, width: Int) in
      isLittle
        ? tiff.littleEndian(offset, width: width) : tiff.bigEndian(offset, width: width)
    }
    guard number(2, 2) == 42, let directory = number(4, 4), let entries = number(directory, 2)
    else { return nil }
    for entry in 0..<entries {
      let offset = directory + 2 + entry * 12
      guard let tag = number(offset, 2) else { return nil }
      guard tag == 0x0112 else { continue }
      guard number(offset + 2, 2) == 3, let value = number(offset + 8, 2), (2...8).contains(value)
      else { return nil }
      self.value = UInt8(value)
      return
    }
    return nil
  }

  /// A TIFF block with this entry and nothing else.
  var tiff: [UInt8] {
    Array("MM".utf8) + [0, 42, 0, 0, 0, 8]
      + [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0]
      + [0, 0, 0, 0]
  }
}

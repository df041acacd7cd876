import Testing

@testable import StoaImages

/// Small images of every format, each with metadata that must not be published.
private enum Sample: String, CaseIterable {
  case jpeg
  case png
  case webp
  case avif
  case svg

  static let secret = Array("51.5 N".utf8)

  var bytes: [UInt8] {
    switch self {
    case .jpeg:
      [0xFF, 0xD8] + segment(0xE1, Array("Exif\0\0".utf8) + Self.exif) + segment(0xFE, Self.secret)
        + segment(0xC0, [8, 0, 3, 0, 5, 1, 1, 0x11, 0]) + segment(0xDA, [1, 1, 0, 0, 63, 0])
        + [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9] + Self.secret
    case .png:
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + chunk("IHDR", [0, 0, 0, 5, 0, 0, 0, 3, 8, 2, 0, 0, 0]) + chunk("eXIf", Self.exif)
        + chunk("tEXt", Self.secret) + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])
    case .webp:
      riff(
        part("VP8X", [0x0C, 0, 0, 0, 4, 0, 0, 2, 0, 0]) + part("VP8 ", [1, 2, 3])
          + part("EXIF", Self.exif) + part("XMP ", Self.secret))
    case .avif:
      box("ftyp", Array("avif\0\0\0\0".utf8))
        + box(
          "meta",
          [0, 0, 0, 0] + box("pitm", [0, 0, 0, 0, 0, 7])
            + box(
              "iprp",
              box("ipco", box("ispe", [0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 5]) + box("irot", [1]))
                + box("ipma", [0, 0, 0, 0, 0, 0, 0, 1, 0, 7, 2, 0x81, 0x82])))
    case .svg: Array("<svg xmlns='x' width='5' height='3'></svg>".utf8)
    }
  }

  /// Orientation 6, preceded by a text entry.
  private static let exif: [UInt8] =
    Array("II".utf8) + [42, 0, 8, 0, 0, 0, 2, 0]
    + [0x0E, 0x01, 2, 0, 6, 0, 0, 0, 38, 0, 0, 0] + [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
    + [0, 0, 0, 0] + secret

  private func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    [0xFF, marker, 0, UInt8(content.count + 2)] + content
  }

  private func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(content.count)] + Array(type.utf8) + content + [0, 0, 0, 0]
  }

  private func part(_ type: String, _ content: [UInt8]) -> [UInt8] {
    Array(type.utf8) + [UInt8(content.count), 0, 0, 0] + content
      + (content.count % 2 == 1 ? [0] : [])
  }

  private func riff(_ parts: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + [UInt8(parts.count + 4), 0, 0, 0] + Array("WEBP".utf8) + parts
  }

  private func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(content.count + 8)] + Array(type.utf8) + content
  }
}

@Suite("Images that are damaged") struct DamageTests {
  @Test("Whole ones have their size", arguments: Sample.allCases)
  private func size(_ sample: Sample) throws {
    let size = try #require(ImageSize(of: ByteSource(sample.bytes)))
    // The camera was held sideways: an image stored as 5 by 3 is shown as 3 by 5.
    #expect((size.width, size.height) == (sample == .jpeg ? (3, 5) : (5, 3)))
  }

  @Test(
    "Cut off anywhere, they trap nothing and tell nothing", arguments: [Sample.jpeg, .png, .webp])
  private func cut(_ sample: Sample) {
    let bytes = sample.bytes
    for end in 3...bytes.count {
      let part = Array(bytes[..<end])
      _ = ImageSize(of: ByteSource(part))
      guard ImageFormat(of: ByteSource(part)) != nil else { continue }
      let cleaned = ImageMetadata.removed(from: part)
      #expect(cleaned.firstRange(of: Sample.secret) == nil, "\(sample) cut at \(end)")
      #expect(ImageMetadata.removed(from: cleaned) == cleaned, "\(sample) cut at \(end)")
    }
  }

  @Test("With any byte changed, they trap nothing", arguments: Sample.allCases)
  private func changed(_ sample: Sample) {
    let bytes = sample.bytes
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 8, 11, 0x7F, 0x80, 0xFE, 0xFF] {
        var other = bytes
        other[index] = value
        _ = ImageSize(of: ByteSource(other))
        let cleaned = ImageMetadata.removed(from: other)
        #expect(ImageMetadata.removed(from: cleaned) == cleaned, "\(sample) at \(index): \(value)")
      }
    }
  }

  @Test("The picture's own bytes stay", arguments: [Sample.jpeg, .png, .webp])
  private func kept(_ sample: Sample) {
    let cleaned = ImageMetadata.removed(from: sample.bytes)
    let picture: [UInt8] = sample == .jpeg ? [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4] : [1, 2, 3]
    #expect(cleaned.firstRange(of: picture) != nil)
    #expect(cleaned.firstRange(of: Sample.secret) == nil)
  }
}

/// The size in pixels of an SVG's root element, or the aspect ratio of its view box.
struct SVGRoot {
  let size: ImageSize?

  /// Nil when there is no root element near the beginning.
  init?(_ source: ByteSource) {
    let start = source.read(0, 1 << 13)
    guard let tag = start.firstRange(of: Array("<svg".utf8)),
      let end = start[tag.upperBound...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let attributes = String(decoding: start[tag.upperBound..<end], as: UTF8.self)
    let width = Self.value(of: "width", in: attributes).flatMap(Self.pixels)
    let height = Self.value(of: "height", in: attributes).flatMap(Self.pixels)
    if let size = ImageSize(width, height) {
      self.size = size
      return
    }
    let box = Self.value(of: "viewBox", in: attributes)?.split { $0 == " " || $0 == "," } ?? []
    size = box.count == 4 ? ImageSize(Self.pixels(box[2]), Self.pixels(box[3])) : nil
  }

  private static func value(of name: String, in attributes: String) -> Substring? {
    for quote in ["\"", "'"] {
      for space in [" ", "\n", "\t", "\r\n"] {
        guard let start = attributes.firstRange(of: "\(space)\(name)=\(quote)") else { continue }
        return attributes[start.upperBound...].prefix { String($0) != quote }
      }
    }
    return nil
  }

  /// Whole pixels; nil for other units.
  private static func pixels(_ text: Substring) -> Int? {
    let number = text.hasSuffix("px") ? text.dropLast(2) : text
    guard let value = Double(number), value.isFinite, value >= 0.5, value <= 1_000_000 else {
      return nil
    }
    return Int(value.rounded())
  }
}

/// The size of an AVIF image: a property of its primary item (ISO/IEC 23008-12, sections 6 and 9).
struct AVIFBoxes {
  private struct Box {
    let type: String
    let content: Range<Int>
  }

  private(set) var size: ImageSize?

  private let source: ByteSource
  /// No AVIF that browsers show has more nested or listed boxes.
  private static let mostBoxes = 512

  init(_ source: ByteSource) {
    self.source = source
    guard let meta = boxes(in: 0..<source.count).first(where: { $0.type == "meta" }),
      meta.content.count >= 4
    else { return }
    // A full box begins with four bytes of version and flags.
    let parts = boxes(in: (meta.content.lowerBound + 4)..<meta.content.upperBound)
    guard let properties = parts.first(where: { $0.type == "iprp" }).map({ boxes(in: $0.content) }),
      let container = properties.first(where: { $0.type == "ipco" }),
      let associations = properties.first(where: { $0.type == "ipma" }),
      let primary = parts.first(where: { $0.type == "pitm" }).flatMap({ item(in: $0) })
    else { return }
    let listed = boxes(in: container.content)
    var isTurned = false
    for index in indexes(of: primary, in: associations) where listed.indices.contains(index - 1) {
      let property = listed[index - 1]
      let start = property.content.lowerBound
      switch property.type {
      case "ispe":
        size = ImageSize(
          source.bigEndian(start + 4, width: 4), source.bigEndian(start + 8, width: 4))
      case "irot": isTurned = (source.bigEndian(start, width: 1) ?? 0) & 1 == 1
      default: break
      }
    }
    if isTurned { size = size?.turned }
  }

  private func boxes(in range: Range<Int>) -> [Box] {
    var found: [Box] = []
    var position = range.lowerBound
    while position < range.upperBound, found.count < Self.mostBoxes {
      guard var length = source.bigEndian(position, width: 4) else { break }
      let type = String(decoding: source.read(position + 4, 4), as: UTF8.self)
      var header = 8
      if length == 1 {
        guard let long = source.bigEndian(position + 8, width: 8) else { break }
        length = long
        header = 16
      } else if length == 0 {
        length = range.upperBound - position
      }
      guard length >= header, length <= range.upperBound - position else { break }
      found.append(Box(type: type, content: (position + header)..<(position + length)))
      position += length
    }
    return found
  }

  private func item(in box: Box) -> Int? {
    let start = box.content.lowerBound
    guard let version = source.bigEndian(start, width: 1) else { return nil }
    return source.bigEndian(start + 4, width: version == 0 ? 2 : 4)
  }

  /// The property numbers, from 1, of an item.
  private func indexes(of item: Int, in box: Box) -> [Int] {
    let start = box.content.lowerBound
    guard let version = source.bigEndian(start, width: 1),
      let flags = source.bigEndian(start + 1, width: 3),
      let entries = source.bigEndian(start + 4, width: 4)
    else { return [] }
    let idWidth = version == 0 ? 2 : 4
    let indexWidth = flags & 1 == 1 ? 2 : 1
    var position = start + 8
    for _ in 0..<min(entries, Self.mostBoxes) {
      guard let id = source.bigEndian(position, width: idWidth),
        let count = source.bigEndian(position + idWidth, width: 1)
      else { return [] }
      position += idWidth + 1
      if id == item {
        return (0..<count).compactMap { number in
          // The highest bit marks a property that a reader must know.
          source.bigEndian(position + number * indexWidth, width: indexWidth)
            .map { $0 & (indexWidth == 2 ? 0x7FFF : 0x7F) }
        }
      }
      position += count * indexWidth
    }
    return []
  }
}

import StoaModel
import StoaSystem

/// The hash of a program's bytes that its linker wrote into it, as GNU's linkers and LLVM's do with `--build-id`.
///
/// It takes the place of a hash of the whole file, some 50 MB, which costs more than a build of a small community.
enum BuildID {
  /// The build ID of a 64-bit little-endian ELF file; nil for any other file, and for one without a build ID.
  static func read(from file: HeldFile) -> [UInt8]? {
    guard let header = read(file, 0, 64), header.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
      return nil
    }
    let (entrySize, count) = (header.number(at: 54, bytes: 2), header.number(at: 56, bytes: 2))
    guard entrySize >= 56,
      let table = read(file, header.number(at: 32, bytes: 8), entrySize * count)
    else { return nil }
    for start in stride(from: 0, to: table.count, by: entrySize) {
      let entry = table[start...]
      guard entry.number(at: 0, bytes: 4) == noteSegment else { continue }
      let alignment = entry.number(at: 48, bytes: 8) == 8 ? 8 : 4
      if let notes = read(file, entry.number(at: 8, bytes: 8), entry.number(at: 32, bytes: 8)),
        let identifier = find(in: notes, alignment: alignment)
      {
        return identifier
      }
    }
    return nil
  }

  /// `PT_NOTE`.
  private static let noteSegment = 4
  /// `NT_GNU_BUILD_ID`.
  private static let buildID = 3
  /// More than any linker's notes or table of segments.
  private static let maximumSize = 1 << 16

  private static func read(_ file: HeldFile, _ offset: Int, _ count: Int) -> [UInt8]? {
    guard offset >= 0, (1...maximumSize).contains(count),
      let bytes = try? file.read(offset: offset, count: count), bytes.count == count
    else { return nil }
    return bytes
  }

  /// A note is the lengths of its name and of its content, its type, then both, each filled up to the alignment.
  private static func find(in notes: [UInt8], alignment: Int) -> [UInt8]? {
    var rest = notes[...]
    while rest.count >= 12 {
      let (nameCount, count) = (rest.number(at: 0, bytes: 4), rest.number(at: 4, bytes: 4))
      let type = rest.number(at: 8, bytes: 4)
      let content = aligned(12 + nameCount, to: alignment)
      guard content + count <= rest.count else { return nil }
      let name = rest.dropFirst(12).prefix(nameCount)
      if type == buildID, name.elementsEqual("GNU\0".utf8), count > 0 {
        return Array(rest.dropFirst(content).prefix(count))
      }
      rest = rest.dropFirst(aligned(content + count, to: alignment))
    }
    return nil
  }

  private static func aligned(_ offset: Int, to alignment: Int) -> Int {
    (offset + alignment - 1) / alignment * alignment
  }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// A little-endian number that begins so many bytes after the start; -1 when it is too large for an `Int`.
  fileprivate func number(at offset: Int, bytes: Int) -> Int {
    var number: UInt64 = 0
    for place in 0..<bytes { number |= UInt64(self[startIndex + offset + place]) << (8 * place) }
    return Int(exactly: number) ?? -1
  }
}

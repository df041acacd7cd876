import StoaHTML
import StoaModel
import StoaRender
import StoaSystem

/// Pagefind's files in one archive: some lines that list them, an empty line, and their bytes one after the other.
struct SearchBundle: Sendable {
  /// The archive in the pieces it is written in.
  private(set) var archive: [[UInt8]] = []
  private(set) var files: [PlannedFile] = []

  private static let firstLine = "stoa search 1"
  /// Where the files are on the site: below the one page whose policy lets Pagefind's program run.
  private static let folder = "search/pagefind"
  private static let longestHead = 1 << 22

  /// Takes what Pagefind wrote, less the interfaces that it offers and the site does not use.
  init(_ scratch: ScratchFolder, below folder: String, digest: String) throws(SystemError) {
    var head = "\(Self.firstLine)\n\(digest)\n"
    var bodies: [[UInt8]] = []
    for name in scratch.files(below: folder) where Self.isWanted(name) {
      let bytes = try scratch.read("\(folder)/\(name)")
      head += "\(bytes.count) \(name)\n"
      bodies.append(bytes)
      files.append(Self.planned(name, .memory(bytes)))
    }
    archive = [Array("\(head)\n".utf8)] + bodies
  }

  /// Reads an archive; nil when it is not whole, or not of the pages with this digest.
  init?(_ file: HeldFile, digest: String) {
    guard let size = file.size,
      let start = try? file.read(offset: 0, count: min(size, Self.longestHead)),
      let end = start.firstRange(of: Array("\n\n".utf8))
    else { return nil }
    let lines = String(decoding: start[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
    guard lines.count >= 2, lines[0] == Self.firstLine, lines[1] == digest else { return nil }
    var offset = end.upperBound
    for line in lines.dropFirst(2) {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let count = Int(parts[0]), (0...(size - offset)).contains(count),
        Self.isWanted(String(parts[1]))
      else { return nil }
      files.append(Self.planned(String(parts[1]), .file(file, offset: offset, count: count)))
      offset += count
    }
    guard offset == size else { return nil }
  }

  private static func planned(_ name: String, _ bytes: StoredBytes) -> PlannedFile {
    PlannedFile(
      path: "\(folder)/\(name)", wave: .asset, content: .stored(bytes))
  }

  private static func isWanted(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      ASCII.isLetterOrDigit(byte)
        || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/")]
          .contains(byte)
    }
    let isInterface =
      ["-ui.js", "-ui.css", "-highlight.js"].contains { name.hasSuffix($0) }
    return isPlain && !isInterface && !name.hasPrefix("/")
      && !name.pathParts().contains("..")
  }
}

import StoaModel
import StoaSystem

/// Texts in an unlinked file, for sources that are not ordered by conversation.
final class SpilledTexts {
  private let scratch: ScratchFile
  private var size = 0

  init() throws {
    scratch = try ScratchFile()
  }

  func add(_ text: [UInt8]) throws -> StoredBytes {
    try scratch.write(text, at: size)
    defer { size += text.count }
    return .file(scratch.file, offset: size, count: text.count)
  }
}

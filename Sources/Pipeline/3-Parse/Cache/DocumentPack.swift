import StoaModel

/// A file of parsed documents: their bodies and code, then a record of each, then the offset of the records and their hash.
///
/// Bodies stay in the file until they are shown, like those of workers. The records have a hash of every piece of the bodies,
/// and a pack with any changed byte is ignored.
struct DocumentPack {
  struct Entry: Sendable {
    let key: SHA256.Digest
    let text: ParsedText
  }

  private static let firstText = "stoa documents 1"
  /// A number and a hash.
  private static let endSize = 8 + 32

  let documents: [SHA256.Digest: ParsedText]

  /// Reads a pack; nil when it is damaged, or when another program wrote it.
  init?(_ file: HeldFile, parser: SHA256.Digest) {
    guard let documents = try? Self.documents(in: file, parser: parser) else { return nil }
    self.documents = documents
  }

  private static func documents(
    in file: HeldFile, parser: SHA256.Digest
  ) throws -> [SHA256.Digest: ParsedText] {
    guard let size = file.size, size >= endSize else { throw FrameError() }
    var end = FrameReader(
      payload: try file.read(offset: size - endSize, count: endSize))
    let start = try end.word()
    guard start <= UInt64(size - endSize) else { throw FrameError() }
    let bodies = Int(start)
    let payload = try file.read(offset: bodies, count: size - endSize - bodies)
    guard try end.digest() == SHA256.digest(of: payload) else { throw FrameError() }
    var records = FrameReader(payload: payload)
    guard try records.text() == firstText, try records.digest() == parser else {
      throw FrameError()
    }
    var documents: [SHA256.Digest: ParsedText] = [:]
    for _ in 0..<max(try records.number(), 0) {
      let key = try records.digest()
      let text = try records.parsedText(in: file, identity: key)
      guard text.document.isStored(before: bodies) else { throw FrameError() }
      documents[key] = text
    }
    var offset = 0
    for _ in 0..<max(try records.number(), 0) {
      let count = try records.number()
      guard count > 0, count <= bodies - offset,
        SHA256.digest(of: try file.read(offset: offset, count: count)) == (try records.digest())
      else { throw FrameError() }
      offset += count
    }
    guard offset == bodies else { throw FrameError() }
    return documents
  }

  /// The bytes of a pack.
  static func pieces(of entries: [Entry], parser: SHA256.Digest) -> Pieces {
    Pieces(entries, parser: parser)
  }

  /// Makes the bytes of a pack piece by piece, because all bodies need not fit into memory.
  ///
  /// If a body cannot be read, the last pieces are missing, so that the pack is not used.
  struct Pieces: Sequence, IteratorProtocol {
    private static let size = 1 << 20

    private var rest: ArraySlice<Entry>
    private var spill = BodySpill(offset: 0)
    private var records = FrameWriter()
    private var hashes: [(count: Int, digest: SHA256.Digest)] = []
    private var isAtEnd = false

    fileprivate init(_ entries: [Entry], parser: SHA256.Digest) {
      rest = entries[...]
      records.write(DocumentPack.firstText)
      records.write(parser)
      records.write(entries.count)
    }

    mutating func next() -> [UInt8]? {
      guard !isAtEnd else { return nil }
      spill.clear()
      while spill.bytes.count < Self.size, let entry = rest.popFirst() {
        guard let text = try? entry.text.loaded() else {
          isAtEnd = true
          return nil
        }
        records.write(entry.key)
        records.write(text, place: .file, spill: &spill)
      }
      guard spill.bytes.isEmpty else {
        hashes.append((spill.bytes.count, SHA256.digest(of: spill.bytes)))
        return spill.bytes
      }
      isAtEnd = true
      return end
    }

    /// The records, their place and their hash.
    private var end: [UInt8] {
      var records = records
      records.write(hashes.count)
      for (count, digest) in hashes {
        records.write(count)
        records.write(digest)
      }
      let payload = records.payload()
      var end = FrameWriter()
      end.write(word: UInt64(spill.offset))
      end.write(SHA256.digest(of: payload))
      return payload + end.payload()
    }
  }
}

extension ParsedText {
  /// The same document with its body and code in memory.
  fileprivate func loaded() throws -> ParsedText {
    let slots = try document.slots.map { slot in
      guard let source = slot.content.source, case .file = source else { return slot }
      return Slot(
        slot.content.with(source: .memory(try source.load())), line: slot.line,
        column: slot.column, context: slot.context)
    }
    return ParsedText(
      document: Document(
        body: .memory(try document.body.load()), slots: slots, headings: document.headings,
        leadingTitle: document.leadingTitle, summary: document.summary,
        wordCount: document.wordCount), problem: problem, notices: notices)
  }
}

extension Document {
  /// Whether its body and its code end before an offset of their file.
  fileprivate func isStored(before end: Int) -> Bool {
    let sources = slots.compactMap(\.content.source)
    return ([body] + sources).allSatisfy { stored in
      guard case .file(_, let offset, let count) = stored else { return true }
      return count <= end && offset <= end - count
    }
  }
}

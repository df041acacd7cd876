package import StoaExternalTools
package import StoaModel
import Synchronization

/// The documents that the last build for an audience parsed, so that the next one parses only new and changed texts.
///
/// The key of a document is a hash of everything that a worker would get, and only packs of the same program and markdown
/// library are read: so a cached document equals the result of parsing. Each audience has its own packs. They contain exactly
/// the documents of its last build, so they do not grow, and removed texts are not kept.
package final class DocumentCache: Sendable {
  /// A change of one text writes one or two packs again.
  static let packCount = 16

  private let folder: CacheFolder
  private let audience: String
  /// The hash of the program and its library.
  private let parser: SHA256.Digest
  private let storing = Mutex<Task<Void, Never>?>(nil)

  /// - Parameters:
  ///   - audience: the name of the build's audience; empty when the community has none.
  ///   - program: the hashes of the program's files; nil when they cannot be read.
  ///
  /// - Returns: Nil when no document could be found or kept.
  package init?(in folder: CacheFolder, audience: String, program: [SHA256.Digest]?) {
    guard folder.isTrusted, let program else { return nil }
    self.folder = folder
    self.audience = audience
    var frame = FrameWriter()
    frame.write(MarkdownLibrary.version)
    for piece in program { frame.write(piece) }
    parser = SHA256.digest(of: frame.payload())
  }

  /// The prefix of all packs' names.
  package static let namePrefix = "parsed-"

  /// The names of an audience's packs.
  package static func names(for audience: String) -> [String] {
    (0..<packCount).map {
      "\(namePrefix)\(audience.isEmpty ? "all" : audience)-\(String($0, radix: 16))"
    }
  }

  /// The number of the pack for a document.
  private static func pack(of key: SHA256.Digest) -> Int { Int(key.first % UInt64(packCount)) }

  /// The document of each text; texts that are not in the cache are parsed, and stored for the next build.
  ///
  /// - Parameter parse: parses the texts with these numbers.
  func documents(
    of texts: SelectedTexts, jobs: Int, parse: ([Int]) async throws -> [ParsedText]
  ) async throws -> [ParsedText] {
    async let packs = readPacks()
    let keys = await mapInSlices(Array(0..<texts.count), jobs: jobs) { texts.key(at: $0) }
    let known = await packs
    var found = keys.map { key in key.flatMap { known[Self.pack(of: $0)][$0] } }
    let missing = found.indices.filter { found[$0] == nil }
    for (index, text) in zip(missing, try await parse(missing)) {
      found[index] = text.identified(by: keys[index])
    }
    let parsed = found.compactMap(\.self)
    store(parsed, keys, known)
    return parsed
  }

  private func readPacks() async -> [[SHA256.Digest: ParsedText]] {
    let (folder, parser) = (folder, parser)
    let names = Self.names(for: audience)
    return await withTaskGroup(of: (Int, [SHA256.Digest: ParsedText]).self) { group in
      for (number, name) in names.enumerated() {
        group.addTask {
          let file = folder.file(named: name)
          return (number, file.flatMap { DocumentPack($0, parser: parser)?.documents } ?? [:])
        }
      }
      return await group.reduce(into: Array(repeating: [:], count: names.count)) {
        $0[$1.0] = $1.1
      }
    }
  }

  // MARK: Keeping documents

  /// Writes the packs whose documents have changed, while the build continues.
  private func store(
    _ parsed: [ParsedText], _ keys: [SHA256.Digest?], _ known: [[SHA256.Digest: ParsedText]]
  ) {
    var seen: Set<SHA256.Digest> = []
    seen.reserveCapacity(keys.count)
    var packs = Array(repeating: [DocumentPack.Entry](), count: Self.packCount)
    var isChanged = Array(repeating: false, count: Self.packCount)
    for (key, text) in zip(keys, parsed) {
      // A document that exceeded a time limit may be parsed on a less busy machine.
      guard let key, text.problem?.code != .markdownTooComplex, seen.insert(key).inserted else {
        continue
      }
      let pack = Self.pack(of: key)
      packs[pack].append(DocumentPack.Entry(key: key, text: text))
      if known[pack][key] == nil { isChanged[pack] = true }
    }
    let names = Self.names(for: audience)
    let changed = packs.indices.filter { isChanged[$0] || packs[$0].count != known[$0].count }
    guard !changed.isEmpty else { return }
    let (folder, parser) = (folder, parser)
    let new = changed.map { (name: names[$0], entries: packs[$0]) }
    let task = Task.detached {
      for (name, entries) in new {
        if entries.isEmpty {
          folder.removeEntry(name)
        } else {
          folder.store(DocumentPack.pieces(of: entries, parser: parser), as: name)
        }
      }
    }
    storing.withLock { $0 = task }
  }

  /// Waits until the documents are stored.
  package func finish() async {
    await storing.withLock { $0 }?.value
  }
}

extension ParsedText {
  /// The same with a document that has an identity.
  fileprivate func identified(by identity: SHA256.Digest?) -> ParsedText {
    ParsedText(document: document.identified(by: identity), problem: problem, notices: notices)
  }
}

extension SelectedTexts {
  /// One hash of everything that a worker would get to parse a text; nil when there is nothing to parse.
  ///
  /// The file's hash stands for its markdown, which depends on nothing else.
  func key(at index: Int) -> SHA256.Digest? {
    let entry = self[index]
    guard entry.text.bytes.count > 0, entry.text.fileDigest != .none else { return nil }
    var frame = FrameWriter()
    markdown(of: entry, bytes: []).write(to: &frame)
    frame.write(entry.text.bytes.count)
    frame.write(entry.text.fileDigest)
    return SHA256.digest(of: frame.payload())
  }
}

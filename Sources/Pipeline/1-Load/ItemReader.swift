import StoaModel
import StoaSystem

/// The result of reading one file.
struct Reading<Item: Sendable>: Sendable {
  /// Nil when no part of the file may be used: it was not read, or its audience is uncertain.
  let item: Loaded<Item>?
  let diagnostics: [Diagnostic]
  /// Who may see diagnostics about a file that was not read.
  var visibility = WrittenVisibility.unknown
  /// The probable title or name in a file that was not read, which links may use.
  var title: String?
}

/// Reads markdown files, one after the other.
struct ItemReader: Sendable {
  let root: RootFolder
  let context: ReadingContext
  let options: LoadOptions

  /// Reads a file, unless a preview's cache has it.
  func read<Item: Sendable>(
    _ source: ContentFiles.Item, _ schema: Schema, maximumSize: Int, _ known: ReadingCache<Item>?,
    _ make: @escaping @Sendable (inout Fields) -> Item
  ) -> Reading<Item> {
    guard let known else { return read(source, schema, maximumSize: maximumSize, make) }
    return known.reading(of: source, at: "\(root.path)/\(source.file)") {
      read(source, schema, maximumSize: maximumSize, make)
    }
  }

  private func read<Item: Sendable>(
    _ source: ContentFiles.Item, _ schema: Schema, maximumSize: Int, _ make: (inout Fields) -> Item
  ) -> Reading<Item> {
    let file = source.file
    var bytes: [UInt8]
    do throws(FileReader.Refusal) {
      bytes = try FileReader.read(file, in: root, maximumSize: maximumSize)
    } catch {
      return Reading(
        item: nil, diagnostics: [Diagnostic(refusal: error, file: file, limit: maximumSize)],
        visibility: VisibilityScan.flawed(file, in: root, context))
    }
    let lineLimit = options.maximumLineLength
    if let problem = SourceBytes.problem(in: bytes, file: file, maximumLineLength: lineLimit) {
      return unread(bytes, [problem])
    }
    let matter = FrontMatter(checked: bytes, file: file)
    guard matter.diagnostics.isEmpty else {
      // Without front matter there is no author, date or audience to report about.
      return unread(bytes, matter.diagnostics)
    }
    var fields = Fields(matter.entries, of: schema, in: file)
    fields.diagnostics += source.diagnostics
    fields.written = VisibilityScan.sound(bytes[matter.yaml], context)
    let item = make(&fields)
    if fields.hasSeveralParents
      || fields.diagnostics.contains(where: { $0.code == .unknownAudience })
    {
      return unread(bytes, fields.diagnostics)
    }
    if matter.entries.isEmpty {
      // A second fence directly after the first: the keys are below it.
      let below = VisibilityScan.flawed(Array(bytes[matter.bodyStart...]), context)
      if below.audience != nil || below.isDraft || below.date != nil || !below.parents.isEmpty {
        return Reading(item: nil, diagnostics: fields.diagnostics, visibility: below)
      }
    }
    if let below = VisibilityScan.misplaced(
      bytes[matter.bodyStart...], lacksDate: fields.written.date == nil, context)
    {
      let location = SourceLocation(file: file, line: matter.bodyLine + below.line, column: 1)
      let problem = Diagnostic(
        .earlyFrontMatterEnd, at: location, "this line is below the end of the front matter",
        suggestion: "take out the line of --- above it, or move it down")
      return Reading(
        item: nil, diagnostics: fields.diagnostics + [problem],
        visibility: fields.written.narrowed(by: below.visibility),
        title: Self.writtenTitle(in: bytes))
    }
    let digest = SHA256.digest(of: bytes)
    bytes.removeFirst(matter.bodyStart)
    let text = SourceText(
      bytes: .memory(bytes), firstLine: matter.bodyLine, fileDigest: digest)
    return Reading(
      item: Loaded(
        item, text: text, diagnostics: fields.diagnostics, isHeldBack: fields.isHeldBack),
      diagnostics: [])
  }

  /// A file with an uncertain kind or audience.
  private func unread<Item: Sendable>(
    _ bytes: [UInt8], _ diagnostics: [Diagnostic]
  ) -> Reading<Item> {
    Reading(
      item: nil, diagnostics: diagnostics,
      visibility: bytes.isEmpty ? .unknown : VisibilityScan.flawed(bytes, context),
      title: Self.writtenTitle(in: bytes))
  }

  /// The rest of the first line that begins with `title:` or `name:`, without quotes.
  private static func writtenTitle(in bytes: [UInt8]) -> String? {
    for line in bytes.prefix(4_096).split(separator: UInt8(ascii: "\n")) {
      for key in ["title:", "name:"] where line.starts(with: key.utf8) {
        let text = String(decoding: line.dropFirst(key.utf8.count), as: UTF8.self).trimmed
        let quotes = "\"'".utf8
        guard let first = text.utf8.first, quotes.contains(first) else { return text }
        return String(text.dropFirst().prefix { $0 != "\"" && $0 != "'" })
      }
    }
    return nil
  }
}

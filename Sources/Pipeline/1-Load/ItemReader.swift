internal import StoaModel

/// What became of one file.
internal struct Reading<Item: Sendable>: Sendable {
  /// Nil when nothing of the file may be used: it was not read, or nobody can know for whom it is.
  internal let item: Loaded<Item>?
  internal let diagnostics: [Diagnostic]
}

/// Reads one markdown file after the other.
internal struct ItemReader: Sendable {
  internal let root: String
  internal let context: ReadingContext
  internal let options: LoadOptions

  internal func read<Item: Sendable>(
    _ source: ContentFiles.Item, _ schema: Schema, maximumSize: Int, _ make: (inout Fields) -> Item
  ) -> Reading<Item> {
    let file = source.file
    let bytes: [UInt8]
    do throws(FileReader.Refusal) {
      bytes = try FileReader.read("\(root)/\(file)", maximumSize: maximumSize)
    } catch {
      return Reading(
        item: nil, diagnostics: [Self.diagnostic(for: error, file: file, limit: maximumSize)])
    }
    if let problem = Self.problem(
      in: bytes, file: file, maximumLineLength: options.maximumLineLength)
    {
      return Reading(item: nil, diagnostics: [problem])
    }
    let matter = FrontMatter(bytes, file: file)
    var fields = Fields(matter.entries, of: schema, in: file)
    fields.diagnostics += source.diagnostics
    guard matter.diagnostics.isEmpty else {
      // Without front matter there is no author, date or audience to speak of.
      return Reading(item: nil, diagnostics: matter.diagnostics)
    }
    let item = make(&fields)
    if fields.diagnostics.contains(where: { $0.code == .unknownAudience }) {
      return Reading(item: nil, diagnostics: fields.diagnostics)
    }
    let text = SourceText(
      bytes: .memory(Array(bytes[matter.bodyStart...])), firstLine: matter.bodyLine)
    return Reading(
      item: Loaded(item, text: text, diagnostics: fields.diagnostics), diagnostics: [])
  }

  private static func diagnostic(
    for refusal: FileReader.Refusal, file: String, limit: Int
  ) -> Diagnostic {
    let location = SourceLocation(file: file)
    switch refusal {
    case .notRegular(let kind):
      return Diagnostic(
        .notARegularFile, at: location, "this is \(kind), which a build never follows",
        suggestion: "put a copy of the file in its place")
    case .tooLarge(let size):
      return Diagnostic(
        .fileTooLarge, at: location, "the file has \(size) bytes, and \(limit) is the limit",
        suggestion: "cut it in two, or link to what is long")
    case .system(let code):
      return Diagnostic(
        .unreadableFile, at: location,
        "the file cannot be read: \(InputError(path: "", code: code).reason)")
    }
  }

  /// What is wrong with the bytes before anything is read from them.
  private static func problem(
    in bytes: [UInt8], file: String, maximumLineLength: Int
  ) -> Diagnostic? {
    if bytes.isEmpty {
      return Diagnostic(
        .emptyFile, at: SourceLocation(file: file), "the file is empty",
        suggestion: "write something, or take it away")
    }
    if let offset = invalidOffset(in: bytes) {
      let before = bytes[..<offset]
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
      return Diagnostic(
        .notUTF8, at: SourceLocation(file: file, line: line, column: column),
        "the file is not UTF-8 from here on", suggestion: "save it as UTF-8")
    }
    var lines = LineCursor(bytes: bytes, position: 0)
    var line = 0
    while let range = lines.next() {
      line += 1
      if range.count > maximumLineLength {
        return Diagnostic(
          .lineTooLong, at: SourceLocation(file: file, line: line, column: maximumLineLength + 1),
          "the line has \(range.count) bytes, and \(maximumLineLength) is the limit",
          suggestion: "break it")
      }
    }
    return nil
  }

  private static func invalidOffset(in bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}

extension InputError {
  package init(path: String, refusal: FileReader.Refusal) {
    switch refusal {
    case .system(let code): self.init(path: path, code: code)
    case .notRegular, .tooLarge: self.init(path: path, code: 22)
    }
  }

  internal var reason: String { String(description.dropFirst(path.utf8.count + 2)) }
}

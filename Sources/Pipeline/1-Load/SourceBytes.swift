import StoaModel
import StoaSystem

/// Checks a file's bytes before it is read.
enum SourceBytes {
  /// The first problem: an empty file, invalid UTF-8, or a line that is too long.
  static func problem(
    in bytes: [UInt8], file: String, maximumLineLength: Int
  ) -> Diagnostic? {
    if bytes.isEmpty {
      return Diagnostic(
        .emptyFile, at: SourceLocation(file: file), "the file is empty",
        suggestion: "write something, or delete it")
    }
    if let problem = textProblem(in: bytes, file: file) { return problem }
    // No line is longer than its file, and few files are longer than the maximum line.
    guard bytes.count > maximumLineLength else { return nil }
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

  /// The place where the bytes are not UTF-8, or where a letter has too many combining marks.
  static func textProblem(in bytes: [UInt8], file: String) -> Diagnostic? {
    if let offset = invalidOffset(in: bytes) {
      return Diagnostic(
        .notUTF8, at: location(of: offset, in: bytes, file),
        "the file is not UTF-8 from here on", suggestion: "save it as UTF-8")
    }
    return StackedMarks.offset(in: bytes).map { offset in
      Diagnostic(
        .tooManyMarks, at: location(of: offset, in: bytes, file),
        "more than \(StackedMarks.limit) combining marks are on one letter", suggestion: "use fewer"
      )
    }
  }

  private static func location(of offset: Int, in bytes: [UInt8], _ file: String) -> SourceLocation
  {
    let before = bytes[..<offset]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
    return SourceLocation(file: file, line: line, column: column)
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

extension Diagnostic {
  /// Something else is in place of a folder.
  init(obstacle: String, at folder: String) {
    self.init(
      .notARegularFile, at: SourceLocation(file: folder),
      "this is \(obstacle) where a folder should be",
      suggestion: "put a real folder in its place")
  }

  /// Why a file was not read.
  init(refusal: FileReader.Refusal, file: String, limit: Int) {
    let location = SourceLocation(file: file)
    switch refusal {
    case .notRegular(let kind):
      self.init(
        .notARegularFile, at: location, "this is \(kind), which a build never follows",
        suggestion: "put a copy of the file in its place")
    case .wrongSize(let size):
      self.init(
        .fileTooLarge, at: location, "the file has \(size) bytes, and \(limit) is the limit",
        suggestion: "split it, or link to its long parts")
    case .system(let code):
      let reason = InputError(path: file, code: code).reason
      self.init(
        .unreadableFile, at: location, "the file cannot be read: \(reason)",
        suggestion: "check its permissions")
    }
  }
}

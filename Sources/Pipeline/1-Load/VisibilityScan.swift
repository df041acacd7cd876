import StoaAddresses
import StoaModel
import StoaSystem

/// Finds the visibility of a file, even if the rest of it cannot be read.
///
/// It looks at each line separately, so that an error in one line hides no other.
struct VisibilityScan {
  /// How many bytes of a file are scanned.
  static let reach = 16_384

  private let context: ReadingContext
  /// Whether the file could not be read normally, so that near matches count too.
  private let isTolerant: Bool
  private var found = WrittenVisibility()
  private var namesAudience = false
  private var deniesDraft = false

  private init(_ context: ReadingContext, isTolerant: Bool) {
    self.context = context
    self.isTolerant = isTolerant
  }

  /// The visibility in front matter, which YAML may have read differently.
  static func sound(_ frontMatter: ArraySlice<UInt8>, _ context: ReadingContext)
    -> WrittenVisibility
  {
    var scan = VisibilityScan(context, isTolerant: false)
    for line in frontMatter.split(separator: UInt8(ascii: "\n")) {
      // The keys begin with these letters.
      guard let first = line.first, first == 0x61 || first == 0x64 || first == 0x72 else {
        continue
      }
      scan.take(line, next: nil)
    }
    return scan.found
  }

  /// The visibility in the first lines of a body, because the front matter above ended too early.
  ///
  /// - Returns: The visibility, and its first line in the body, from 0; nil for an ordinary body.
  ///
  /// - Parameter lacksDate: whether the front matter above has no date, so that the body's first lines may have it.
  static func misplaced(_ text: ArraySlice<UInt8>, lacksDate: Bool, _ context: ReadingContext)
    -> (visibility: WrittenVisibility, line: Int)?
  {
    // Most bodies are ordinary, and their first line shows it.
    let opening = text.drop { $0 <= 0x20 }.prefix { $0 != UInt8(ascii: "\n") }
    guard isEntry(opening) || FrontMatter.isFence(opening) else { return nil }
    var scan = VisibilityScan(context, isTolerant: false)
    var first: Int?
    var hasBegun = false
    var isClosed = false
    let lines = text.prefix(reach).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      isClosed = FrontMatter.isFence(line)
      if !hasBegun, isClosed || line.allSatisfy({ $0 <= 0x20 }) { continue }
      hasBegun = true
      guard !isClosed, isEntry(line) || line.first == 0x20 || line.first == UInt8(ascii: "-") else {
        break
      }
      let before = scan.found
      scan.take(line, next: nil)
      if scan.found != before, first == nil { first = index }
    }
    // A sentence may begin with a date and a colon; lines with a closing fence are front matter.
    guard let first,
      scan.found.audience != nil || scan.found.isDraft || isClosed
        || lacksDate && scan.found.date != nil
    else { return nil }
    return (scan.found, first)
  }

  /// Whether a line has the form `key: value`.
  private static func isEntry(_ line: ArraySlice<UInt8>) -> Bool {
    let key = line.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-") }
    guard !key.isEmpty, key.endIndex < line.endIndex, line[key.endIndex] == UInt8(ascii: ":") else {
      return false
    }
    let next = key.endIndex + 1
    return next == line.endIndex || line[next] <= 0x20
  }

  /// The probable visibility of a file that could not be read otherwise.
  ///
  /// - Parameter bytes: any bytes; only the beginning is scanned.
  static func flawed(_ bytes: [UInt8], _ context: ReadingContext) -> WrittenVisibility {
    var scan = VisibilityScan(context, isTolerant: true)
    // In UTF-16, every other byte of ASCII text is one of these.
    let head = bytes.prefix(reach).filter { $0 != 0 }
    let lines = head.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    let region = frontMatter(of: lines)
    for (index, line) in region.lines.enumerated() {
      scan.take(
        line,
        next: index + 1 < region.lines.count
          ? region.lines[region.lines.startIndex + index + 1] : nil)
    }
    if !scan.namesAudience {
      scan.found.isCertain =
        region.isMarked && (region.isClosed || bytes.count <= reach)
        && !region.lines.contains { isUnclear($0) }
        && head.count == min(bytes.count, reach)
    }
    return scan.found
  }

  /// The same for a file that was not read, because of its name, its size or its type.
  static func flawed(
    _ file: String, in root: RootFolder, _ context: ReadingContext
  ) -> WrittenVisibility {
    guard let held = FileReader.hold(file, in: root), let size = held.size,
      let bytes = try? held.read(offset: 0, count: min(size, reach + 1)), !bytes.isEmpty
    else { return .unknown }
    return flawed(bytes, context)
  }

  /// The lines between the two fences; all lines if a fence is missing.
  private static func frontMatter(
    of lines: [ArraySlice<UInt8>]
  ) -> (lines: ArraySlice<ArraySlice<UInt8>>, isMarked: Bool, isClosed: Bool) {
    var first = lines.first ?? []
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { first = first.dropFirst(3) }
    guard FrontMatter.isFence(first) else { return (lines[...], false, false) }
    let rest = lines.dropFirst()
    guard let end = rest.firstIndex(where: FrontMatter.isFence) else { return (rest, true, false) }
    return (rest[..<end], true, true)
  }

  /// Whether a line may be about audiences, or cannot be read.
  private static func isUnclear(_ line: ArraySlice<UInt8>) -> Bool {
    guard String(validating: line, as: UTF8.self) != nil,
      !line.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
    else { return true }
    return line.map(ASCII.lowercased).contains("audienc".utf8)
  }

  // MARK: One line

  /// - Parameter next: the next line, which may have the value.
  private mutating func take(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>?) {
    guard let (key, rest) = entry(in: line) else { return }
    var written = rest
    var value = Self.value(rest)
    if isTolerant,
      value.isEmpty || value.first == UInt8(ascii: "|") || value.first == UInt8(ascii: ">"),
      let next, next.first == 0x20 || next.first == 0x09
    {
      (written, value) = (next, Self.value(next))
    }
    switch key {
    case "audience": take(audience: value, in: written)
    case "draft":
      switch FlagWord.read(String(decoding: value, as: UTF8.self)) {
      case true?: found.isDraft = isTolerant || !deniesDraft
      case false? where !isTolerant:
        // Then the file is held back, and a diagnostic is reported to its author.
        deniesDraft = true
        found.isDraft = false
      default: break
      }
    case "date":
      guard let date = context.dates.read(String(decoding: value, as: UTF8.self)) else { return }
      found.date = found.date.map { max($0, date) } ?? date
    case "reply-to":
      let parent = String(decoding: value, as: UTF8.self)
      if Slug.isResponseId(parent), !found.parents.contains(parent) { found.parents.append(parent) }
    default: break
    }
  }

  private static let keys = ["audience", "draft", "date", "reply-to"]

  /// The key of a line, if it is one of the searched keys, and the rest after its colon.
  private func entry(in line: ArraySlice<UInt8>) -> (key: String, rest: ArraySlice<UInt8>)? {
    guard isTolerant else {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let written = line[..<colon].prefix { $0 != 0x20 && $0 != 0x09 }
      guard let key = Self.keys.first(where: { $0.utf8.elementsEqual(written) }) else { return nil }
      return (key, line[(colon + 1)...])
    }
    // A character that is neither a letter nor a space may be before a key by mistake.
    let start = line.drop { $0 != 0x20 && $0 != UInt8(ascii: "#") && !ASCII.isLetter($0) }
    guard let first = start.first, ASCII.isLetter(first),
      let colon = start.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }),
      colon - start.startIndex <= 20
    else { return nil }
    let written = String(
      decoding: start[..<colon].map(ASCII.lowercased).filter { byte in
        ASCII.isLetter(byte) || byte == UInt8(ascii: "-")
      }, as: UTF8.self)
    let key =
      Self.keys.contains(written) ? written : Nearest.match(for: written, among: ["audience"])
    return key.map { ($0, start[(colon + 1)...]) }
  }

  /// A value without quotes, comment and white space.
  private static func value(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var value = rest.drop { $0 == 0x20 || $0 == 0x09 }
    if let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      value = value.dropFirst().prefix { $0 != quote }
    } else if let sign = value.indices.first(where: { index in
      value[index] == UInt8(ascii: "#")
        && (index == value.startIndex || value[index - 1] == 0x20 || value[index - 1] == 0x09)
    }) {
      value = value[..<sign]
    }
    while let last = value.last, last <= 0x20 { value.removeLast() }
    return value
  }

  /// - Parameter line: the value as written.
  private mutating func take(audience value: ArraySlice<UInt8>, in line: ArraySlice<UInt8>) {
    let rank = context.audiences.firstIndex { $0.utf8.elementsEqual(value) }
    // YAML's own reading is used for a value in another form.
    guard isTolerant || rank != nil else { return }
    namesAudience = true
    let named =
      rank
      ?? Self.words(in: line).compactMap { word in
        context.audiences.firstIndex { $0.utf8.elementsEqual(word) }
      }.min()
    if rank == nil { found.isCertain = false }
    if let named {
      found.audience = min(found.audience ?? Audience(rank: named), Audience(rank: named))
    }
    // No narrower audience could have been meant.
    if found.audience?.rank == 0 { found.isCertain = true }
  }

  /// The parts of a value that could be names of audiences, in lower case.
  private static func words(in value: ArraySlice<UInt8>) -> [[UInt8]] {
    value.split { byte in
      !ASCII.isLetter(byte) && !ASCII.isDigit(byte) && byte != UInt8(ascii: "-")
        && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "_")
    }.map { word in word.map(ASCII.lowercased) }
  }
}

import StoaAddresses
import StoaModel
import StoaSystem

/// Finds who may see a file, whatever else is in it.
///
/// Lines are looked at one by one, so that a mistake in one hides no other.
struct VisibilityScan {
  /// How much of a file is looked at.
  static let reach = 16_384

  private let context: ReadingContext
  /// Whether the file could not be read as what it should be, so that a line may be what it is not quite.
  private let isTolerant: Bool
  private var found = WrittenVisibility()
  private var namesAudience = false
  private var deniesDraft = false

  private init(_ context: ReadingContext, isTolerant: Bool) {
    self.context = context
    self.isTolerant = isTolerant
  }

  /// The visibility that front matter says, which YAML may have read otherwise.
  static func sound(_ frontMatter: ArraySlice<UInt8>, _ context: ReadingContext)
    -> WrittenVisibility
  {
    var scan = VisibilityScan(context, isTolerant: false)
    for line in frontMatter.split(separator: UInt8(ascii: "\n")) {
      // The keys that are looked for begin with these.
      guard let first = line.first, first == 0x61 || first == 0x64 || first == 0x72 else {
        continue
      }
      scan.take(line, next: nil)
    }
    return scan.found
  }

  /// The visibility that the first lines of a text say: the front matter above them ended too early.
  ///
  /// - Returns: That, and the line of the text that says it first, from 0; nil where the text begins as texts do.
  ///
  /// - Parameter lacksDate: whether the front matter above has no date, which then is what the text begins with.
  static func misplaced(_ text: ArraySlice<UInt8>, lacksDate: Bool, _ context: ReadingContext)
    -> (visibility: WrittenVisibility, line: Int)?
  {
    // Most texts are no concern of this, and their first line says so.
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
    // A sentence may begin with a date and a colon; what is closed like front matter is front matter.
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

  /// The visibility that a file seems to say of which nothing else could be read.
  ///
  /// - Parameter bytes: any bytes, of which the beginning is looked at.
  static func flawed(_ bytes: [UInt8], _ context: ReadingContext) -> WrittenVisibility {
    var scan = VisibilityScan(context, isTolerant: true)
    // Every other byte of ASCII in UTF-16 is one of these.
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

  /// The same of a file that was not read, because of its name, its size or its kind.
  static func flawed(
    _ file: String, in root: RootFolder, _ context: ReadingContext
  ) -> WrittenVisibility {
    guard let held = FileReader.hold(file, in: root), let size = held.size,
      let bytes = try? held.read(offset: 0, count: min(size, reach + 1)), !bytes.isEmpty
    else { return .unknown }
    return flawed(bytes, context)
  }

  /// The lines between the two of hyphens; all there are where one is missing.
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

  /// Whether a line may say something about audiences, or cannot be read.
  private static func isUnclear(_ line: ArraySlice<UInt8>) -> Bool {
    guard String(validating: line, as: UTF8.self) != nil,
      !line.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
    else { return true }
    return line.map(ASCII.lowercased).contains("audienc".utf8)
  }

  // MARK: One line

  /// - Parameter next: the line below, on which a value may stand.
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
        // Then the file is held back, and its author is told.
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

  /// The key of a line, if it is one of those, and what stands behind its colon.
  private func entry(in line: ArraySlice<UInt8>) -> (key: String, rest: ArraySlice<UInt8>)? {
    guard isTolerant else {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let written = line[..<colon].prefix { $0 != 0x20 && $0 != 0x09 }
      guard let key = Self.keys.first(where: { $0.utf8.elementsEqual(written) }) else { return nil }
      return (key, line[(colon + 1)...])
    }
    // What is no letter and no space may stand before a key by mistake.
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

  /// A value without quotes, comment and blanks.
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

  /// - Parameter line: the value as it is written.
  private mutating func take(audience value: ArraySlice<UInt8>, in line: ArraySlice<UInt8>) {
    let rank = context.audiences.firstIndex { $0.utf8.elementsEqual(value) }
    // What YAML reads from a value that is written otherwise is YAML's to say.
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
    // There is nothing narrower that could have been meant.
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

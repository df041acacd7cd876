import StoaAddresses
import StoaModel
import StoaYAML

/// Reads the keys of one file as typed values; a value of another type becomes a diagnostic.
struct Fields {
  let file: String
  let schema: Schema
  /// The entries with keys in the schema: so few that a linear search is faster than hashing.
  private var known: [YAMLEntry] = []
  private var extraEntries: [YAMLEntry] = []
  /// Keys that occur more than once; only the last is read.
  private var repeated: [String] = []
  /// Keys that look like a misspelt audience key.
  var misspeltAudiences: [YAMLEntry] = []
  var diagnostics: [Diagnostic] = []
  /// Whether the item may have to stay hidden, because a value is uncertain.
  var isHeldBack = false
  /// Whether a misspelt key is read as `draft`.
  private(set) var guessesDraft = false
  /// The visibility that a line-by-line scan of the file found: if YAML reads another one, the narrower of the two applies.
  var written = WrittenVisibility()

  init(_ entries: [YAMLEntry], of schema: Schema, in file: String, isContent: Bool = true) {
    self.file = file
    self.schema = schema
    known.reserveCapacity(entries.count)
    var unknown: [YAMLEntry] = []
    for entry in entries {
      let isKnown = schema.contains(entry.key)
      if isContent, refusesPersonalAddress(in: entry, isKnown: isKnown) { continue }
      if isKnown {
        meetKnown(entry)
      } else if entry.key.hasPrefix("x-"), entry.key.utf8.count > 2 {
        extraEntries.append(entry)
      } else {
        unknown.append(entry)
      }
    }
    for entry in unknown { meetUnknown(entry) }
    for entry in known { reportHalfRead(entry) }
    for entry in extraEntries { reportHalfRead(entry) }
  }

  private mutating func meetKnown(_ entry: YAMLEntry) {
    guard let before = known.firstIndex(where: { $0.key == entry.key }) else {
      known.append(entry)
      return
    }
    let first = location(ofKey: known[before])
    known[before] = entry
    repeated.append(entry.key)
    diagnostics.append(
      Diagnostic(
        .duplicateKey, at: location(ofKey: entry), "“\(entry.key)” occurs twice",
        suggestion: "keep one", notes: [Diagnostic.Note("first used here", at: first)]))
    if Self.audienceKeys.contains(entry.key) { misspeltAudiences.append(entry) }
  }

  func entry(_ key: String) -> YAMLEntry? { known.first { $0.key == key } }

  func has(_ key: String) -> Bool { entry(key) != nil }

  /// The place of a key, or the file when the key is missing.
  func location(of key: String) -> SourceLocation {
    guard let entry = entry(key) else { return SourceLocation(file: file, line: 1, column: 1) }
    return SourceLocation(
      file: file, line: entry.keyLine, column: entry.keyColumn, length: entry.keyLength)
  }

  /// Whether a key occurs more than once, so that its value is uncertain.
  func isRepeated(_ key: String) -> Bool { repeated.contains(key) }

  /// Whether a key's value has a diagnostic already.
  func isReported(_ key: String) -> Bool {
    guard let node = entry(key)?.value else { return false }
    let place = location(of: node)
    return diagnostics.contains { $0.location == place }
  }

  /// The start of a key's value; nil when the key is missing.
  func valueLocation(of key: String) -> SourceLocation? {
    entry(key).map { location(of: $0.value) }
  }

  /// One line of text; nil when the key is missing or empty.
  mutating func text(_ key: String) -> Located<String>? {
    guard let node = entry(key)?.value else { return nil }
    guard let scalar = node.scalar else {
      reportType(node, key)
      return nil
    }
    let text = scalar.oneLine
    return text.isEmpty ? nil : Located(text, at: location(of: node))
  }

  /// One string, or a list of them.
  mutating func list(_ key: String) -> [Located<String>] {
    guard let node = entry(key)?.value else { return [] }
    switch node.content {
    case .scalar: return text(key).map { [$0] } ?? []
    case .mapping:
      reportType(node, key)
      return []
    case .sequence(let items):
      var list: [Located<String>] = []
      for item in items {
        guard let text = item.scalar?.oneLine else {
          reportType(item, key)
          continue
        }
        if !text.isEmpty { list.append(Located(text, at: location(of: item))) }
      }
      return list
    }
  }

  mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(key) else { return nil }
    let number = Int(text.value)
    guard let number, range.contains(number) else {
      invalid(
        key, text,
        "“\(text.value)” is \(number == nil ? "not a whole number" : "out of range")",
        "write one from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  /// One of a closed set of values.
  mutating func choice<Choice>(_ key: String, _ type: Choice.Type) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text.value) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    invalid(
      key, text, "“\(text.value)” is not a value of “\(key)”",
      Nearest.match(for: text.value, among: words).map { "did you mean “\($0)”?" }
        ?? "use one of \(words.joined(separator: ", "))")
    return nil
  }

  /// `all`, `none`, or a number of months.
  mutating func shownChanges(_ key: String) -> ShownChanges? {
    guard let text = text(key) else { return nil }
    switch text.value {
    case "all": return .all
    case "none": return ShownChanges.none
    default: break
    }
    let words = text.value.split(separator: " ")
    if words.count == 2, words[1] == "months" || words[1] == "month", let months = Int(words[0]),
      (1...1_200).contains(months)
    {
      return .months(months)
    }
    invalid(
      key, text, "“\(text.value)” does not say which changes are shown",
      "write all, none, or a time such as 24 months")
    return nil
  }

  mutating func date(_ key: String, _ reader: DateReader) -> Timestamp? {
    guard let text = text(key) else { return nil }
    if let moment = reader.read(text.value) { return moment }
    report(
      .invalidDate, at: text.location, "“\(text.value)” is not a date",
      "write a day such as 2026-03-04 or an instant such as 2026-03-04T09:30:00+01:00")
    return nil
  }

  /// An http or https URL.
  mutating func url(_ key: String) -> Located<String>? {
    guard let text = text(key) else { return nil }
    guard WebAddress.isValid(text.value) else {
      invalid(key, text, "“\(text.value)” is not an http or https address", Self.webAddressAdvice)
      return nil
    }
    return text
  }

  /// A language tag such as `en` or `pt-BR` (BCP 47: letters, digits and hyphens).
  mutating func language(_ key: String) -> String? {
    guard let text = text(key) else { return nil }
    let parts = text.value.split(separator: "-", omittingEmptySubsequences: false)
    let isTag = parts.enumerated().allSatisfy { index, part in
      (index == 0 ? 2...8 : 1...8).contains(part.utf8.count)
        && part.utf8.allSatisfy { byte in
          ASCII.isLetter(byte) || index > 0 && ASCII.isDigit(byte)
        }
    }
    guard isTag else {
      invalid(key, text, "“\(text.value)” is not a language tag", "write one such as en or pt-BR")
      return nil
    }
    return text.value
  }

  /// The entries of a mapping, for nested settings.
  mutating func mapping(_ key: String) -> [YAMLEntry] {
    guard let node = entry(key)?.value else { return [] }
    if let entries = node.mapping { return entries }
    if node.scalar != "" { reportType(node, key) }
    return []
  }

  /// The raw value of a key, for settings with several forms.
  func node(_ key: String) -> YAMLNode? { entry(key)?.value }

  /// Whether a response seems to answer several others, which may have different audiences; reports it.
  var hasSeveralParents: Bool {
    mutating get {
      var parents = Set(written.parents)
      if let parent = entry("reply-to")?.value.scalar?.trimmed { parents.insert(parent) }
      guard parents.count > 1, schema.contains("reply-to") else { return false }
      if !isRepeated("reply-to") {
        report(
          .duplicateKey, at: location(of: "reply-to"), "“reply-to” occurs twice", "keep one")
      }
      return true
    }
  }

  /// The place of a key that was probably meant to set the audience, but does not.
  var misspeltAudience: SourceLocation? {
    misspeltAudiences.first.map {
      SourceLocation(file: file, line: $0.keyLine, column: $0.keyColumn)
    }
  }

  private static let audienceKeys: Set<String> = ["audience", "audiences", "default-audience"]

  /// The keys that begin with `x-`, in the order written.
  mutating func extras() -> [Extra] {
    var extras: [Extra] = []
    for entry in extraEntries {
      let key = String(entry.key.dropFirst(2))
      switch entry.value.content {
      case .scalar(let text): extras.append(Extra(key: key, value: .text(text)))
      case .sequence(let items) where items.allSatisfy({ $0.scalar != nil }):
        extras.append(Extra(key: key, value: .list(items.compactMap(\.scalar))))
      default:
        report(
          .invalidValue, entry, "“\(entry.key)” is neither text nor a list of texts",
          "write one of the two")
      }
    }
    return extras
  }

  mutating func report(
    _ code: DiagnosticCode, at location: SourceLocation, _ message: String,
    _ suggestion: String = ""
  ) {
    diagnostics.append(Diagnostic(code, at: location, message, suggestion: suggestion))
  }

  mutating func report(
    _ code: DiagnosticCode, _ entry: YAMLEntry, _ message: String, _ suggestion: String = ""
  ) {
    let location = SourceLocation(
      file: file, line: entry.keyLine, column: entry.keyColumn, length: entry.keyLength)
    report(code, at: location, message, suggestion)
  }

  mutating func invalid(
    _ key: String, _ text: Located<String>, _ message: String, _ suggestion: String = ""
  ) {
    report(invalidCode, at: text.location, message, suggestion)
  }

  func location(of node: YAMLNode) -> SourceLocation {
    SourceLocation(file: file, line: node.line, column: node.column, length: node.length)
  }

  func location(ofKey entry: YAMLEntry) -> SourceLocation {
    SourceLocation(
      file: file, line: entry.keyLine, column: entry.keyColumn, length: entry.keyLength)
  }

  static let webAddressAdvice = "write the complete URL, such as https://stoa.example/"

  var isSettings: Bool { schema.name == Schema.settings.name }

  private var invalidCode: DiagnosticCode { isSettings ? .invalidSetting : .invalidValue }

  mutating func reportType(_ node: YAMLNode, _ key: String) {
    let type = schema.keys.first { $0.name == key }?.type ?? "text"
    let advice =
      switch node.content {
      case .mapping where node.line == entry(key)?.keyLine || type.hasPrefix("list"):
        "; text that contains a colon needs quotes"
      case .sequence where type.hasPrefix("text") || type == "name":
        "; text that begins with [ needs quotes"
      default: ""
      }
    report(
      invalidCode, at: location(of: node), "“\(key)” has the wrong shape",
      "it takes \(type)\(advice)")
  }

  private mutating func meetUnknown(_ entry: YAMLEntry) {
    if !isSettings, refusesDraft(entry) { return }
    let meant = meaning(of: entry)
    if let meant, Self.audienceKeys.contains(meant.key) { misspeltAudiences.append(entry) }
    report(
      isSettings ? .unknownSetting : .unknownKey, entry,
      isSettings
        ? "stoa.yml has no key “\(entry.key)”" : "a \(schema.name) has no key “\(entry.key)”",
      meant.map(\.suggestion) ?? "keys of your own begin with x-")
    // Report neither a required key as missing if it is misspelt, nor lose a key that hides the item from readers.
    if let meant, isReadAnyway(meant.key) {
      if meant.key == "draft", meant.value.scalar.flatMap({ FlagWord.read($0.trimmed) }) != false {
        isHeldBack = true
        guessesDraft = true
      }
      known.append(
        YAMLEntry(
          key: meant.key, keyLine: entry.keyLine, keyColumn: entry.keyColumn, value: meant.value))
    }
  }

  /// Reports a value that looks like an e-mail address; true if the key itself is for one, so that nothing else is reported about
  /// it.
  private mutating func refusesPersonalAddress(in entry: YAMLEntry, isKnown: Bool) -> Bool {
    if !isKnown, PersonalAddress.isKey(entry.key) {
      report(
        .personalAddress, entry, "the key “\(entry.key)” is for a personal address",
        "take it out: content must not contain e-mail addresses")
      return true
    }
    var nodes = [entry.value]
    while let node = nodes.popLast() {
      switch node.content {
      case .scalar(let text):
        if PersonalAddress.isIn(text) {
          report(
            .personalAddress, at: location(of: node),
            "“\(entry.key)” contains an e-mail address or the hash of one",
            "take it out: content must not contain e-mail addresses")
        }
      case .sequence(let items): nodes.append(contentsOf: items)
      case .mapping(let entries): nodes.append(contentsOf: entries.map(\.value))
      }
    }
    return false
  }
}

extension String {
  /// Only the anchor, if it was copied with its `#`.
  var withoutNumberSign: String { hasPrefix("#") ? String(dropFirst()) : self }

  /// On one line, without white space at its ends: lists, mails and terminals show a name or a title as a part of a line.
  var oneLine: String { onOneLine.trimmed }

  /// Without white space at its ends.
  package var trimmed: String {
    // Most strings have none, and begin and end with ASCII.
    if let first = utf8.first, let last = utf8.last, 0x21..<0x80 ~= first, 0x21..<0x80 ~= last {
      return self
    }
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    guard let end = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(scalars[start...end])
  }
}

import StoaAddresses

/// Finds a person's names in text, in any case and however their accents are encoded, where they are whole words.
struct NameFinder {
  /// Each name decomposed and folded scalar by scalar, longest first.
  private let names: [[Unicode.Scalar]]

  init(_ names: [String]) {
    let forms = names.flatMap { name -> [String] in
      let name = name.withoutOuterSpace
      return name.unicodeScalars.count < 2 ? [] : [name]
    }
    var seen: Set<[Unicode.Scalar]> = []
    self.names = forms.map { Self.folded($0.unicodeScalars) }.filter { seen.insert($0).inserted }
      .sorted { $0.count > $1.count }
  }

  private static func folded(_ scalars: String.UnicodeScalarView) -> [Unicode.Scalar] {
    String(scalars).normalizedNFD.unicodeScalars.flatMap { fold($0) }
  }

  private static func fold(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    guard !scalar.isASCII else {
      return Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return Array(
      String(scalar).normalizedNFD.lowercased().normalizedNFD.unicodeScalars)
  }

  /// The ranges of all names, in order, without overlaps.
  func ranges(in text: String) -> [Range<String.Index>] {
    guard !names.isEmpty else { return [] }
    let firsts = Set(names.compactMap(\.first))
    let scalars = text.unicodeScalars
    var ranges: [Range<String.Index>] = []
    var index = scalars.startIndex
    while index < scalars.endIndex {
      if let first = Self.fold(scalars[index]).first, firsts.contains(first),
        let end = names.lazy.compactMap({ Self.end(of: $0, in: scalars, from: index) }).first
      {
        ranges.append(index..<end)
        index = end
      } else {
        index = scalars.index(after: index)
      }
    }
    return ranges
  }

  private static func end(
    of name: [Unicode.Scalar], in scalars: String.UnicodeScalarView, from start: String.Index
  ) -> String.Index? {
    if start > scalars.startIndex, isWord(scalars[scalars.index(before: start)]), isWord(name[0]) {
      return nil
    }
    var index = start
    var done = 0
    while done < name.count {
      guard index < scalars.endIndex else { return nil }
      let folded = fold(scalars[index])
      guard name[done...].starts(with: folded) else { return nil }
      done += folded.count
      index = scalars.index(after: index)
    }
    if index < scalars.endIndex {
      // A combining mark turns the letter before it into another letter.
      if isMark(scalars[index]) { return nil }
      let last = name.last { !isMark($0) } ?? name[name.count - 1]
      if isWord(scalars[index]), isWord(last) { return nil }
    }
    return index
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Whether a character joins others into a word; scripts without spaces have no such characters.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    Slug.isLetterOrDigit(scalar) && scalar.properties.generalCategory != .otherLetter
  }

  /// The text with another word in place of every name; the sign of a mention is removed too.
  func replacing(in text: String, by word: String) -> String {
    var result = ""
    var rest = text.startIndex
    for range in ranges(in: text) {
      var start = range.lowerBound
      if start > rest {
        let before = text.unicodeScalars.index(before: start)
        if text.unicodeScalars[before] == "@" { start = before }
      }
      result += text[rest..<start] + word
      rest = range.upperBound
    }
    return result + text[rest...]
  }
}

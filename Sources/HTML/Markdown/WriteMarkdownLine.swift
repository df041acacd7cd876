import StoaModel

extension MarkdownLine {
  /// The kind of line, which determines how a line break is written.
  enum Form {
    case paragraph
    case heading
    case cell
  }

  /// The lines as CommonMark; only a paragraph has several.
  func markdown(as form: Form) -> [[UInt8]] {
    let isKept = keptEmphasis
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    var index = 0
    while index < pieces.count {
      switch pieces[index] {
      case .text(let words):
        let next = index + 1 < pieces.count ? pieces[index + 1] : nil
        let isBeforeLink = if case .openLink? = next { true } else { false }
        let place = MarkdownText.Place(
          beginsLine: line.isEmpty && form == .paragraph, isBeforeLink: isBeforeLink,
          isInCell: form == .cell, endsHeading: form == .heading && next == nil)
        MarkdownText.write(words, at: place, into: &line)
      case .reference(let reference): line += reference
      case .code(let code):
        MarkdownText.write(code: code, isInCell: form == .cell, into: &line)
      case .open(let emphasis), .close(let emphasis):
        if isKept[index] { line += emphasis.mark.utf8 }
      case .openLink:
        if let (address, end) = autolink(at: index) {
          line += "<\(address)>".utf8
          index = end
        } else {
          line.append(UInt8(ascii: "["))
        }
      case .closeLink(let address, let title):
        line.append(UInt8(ascii: "]"))
        MarkdownText.write(
          address: address, title: title, isInCell: form == .cell, into: &line)
      case .image(let alternative, let address, let title):
        line += "![".utf8
        let words = alternative.utf8.map { ASCII.isSpace($0) ? 0x20 : $0 }
        MarkdownText.write(words, at: .init(isInCell: form == .cell), into: &line)
        line.append(UInt8(ascii: "]"))
        MarkdownText.write(
          address: address, title: title, isInCell: form == .cell, into: &line)
      case .lineBreak:
        switch form {
        case .paragraph:
          line.append(UInt8(ascii: "\\"))
          lines.append(line)
          line = []
        case .heading: line.append(0x20)
        case .cell: line += "<br>".utf8
        }
      case .box(let isChecked): line += (isChecked ? "[x]" : "[ ]").utf8
      case .tag(let tag): line += tag.description.utf8
      }
      index += 1
    }
    lines.append(line)
    return lines
  }

  /// The URL of an autolink, with the index of the link's end.
  private func autolink(at index: Int) -> (address: String, end: Int)? {
    guard index + 2 < pieces.count, case .text(let words) = pieces[index + 1],
      case .closeLink(let address, let title) = pieces[index + 2], title.isEmpty,
      address.utf8.elementsEqual(words), MarkdownText.isAutolink(address)
    else { return nil }
    return (address, index + 2)
  }

  // MARK: Emphasis

  /// The marks of emphasis that CommonMark recognises, which it decides from the characters beside them.
  private var keptEmphasis: [Bool] {
    var isKept = [Bool](repeating: false, count: pieces.count)
    var open: [(index: Int, emphasis: Emphasis, isKept: Bool)] = []
    // From the outside in, because a mark beside another one is checked after it.
    var ends = [Int](repeating: 0, count: pieces.count)
    for (index, piece) in pieces.enumerated() {
      if case .open(let emphasis) = piece { open.append((index, emphasis, false)) }
      if case .close = piece, let start = open.popLast() { ends[start.index] = index }
    }
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .open(let emphasis):
        let isNested = open.contains { $0.isKept && $0.emphasis == emphasis }
        let end = ends[index]
        let keeps =
          end > 0 && !isNested && !touchesEnd(index, isKept)
          && canStand(index, inward: 1) && canStand(end, inward: -1)
        isKept[index] = keeps
        isKept[end] = isKept[end] || keeps
        open.append((index, emphasis, keeps))
      case .close: open.removeLast()
      default: break
      }
    }
    return isKept
  }

  /// Whether a mark would directly follow the end of another emphasis, so that both would be read as one mark.
  private func touchesEnd(_ index: Int, _ isKept: [Bool]) -> Bool {
    var before = index - 1
    while before >= 0 {
      switch pieces[before] {
      case .close: if isKept[before] { return true }
      case .open: if isKept[before] { return false }
      default: return false
      }
      before -= 1
    }
    return false
  }

  /// Whether CommonMark recognises a mark: it needs letters inside, or a space or punctuation outside.
  private func canStand(_ index: Int, inward step: Int) -> Bool {
    var (inside, outside) = (index + step, index - step)
    var isBesideOther = false
    while let kind = emphasis(at: inside) {
      if kind == .deleted || emphasis(at: index) == .deleted { isBesideOther = true }
      inside += step
    }
    while emphasis(at: outside) != nil { outside -= step }
    let inner = edge(inside, last: step < 0)
    let outer = edge(outside, last: step > 0)
    if inner == .gap { return false }
    return inner == .solid && !isBesideOther || outer == .gap || outer == .punctuation
  }

  private func emphasis(at index: Int) -> Emphasis? {
    guard pieces.indices.contains(index) else { return nil }
    switch pieces[index] {
    case .open(let emphasis), .close(let emphasis): return emphasis
    default: return nil
    }
  }

  private enum Edge {
    case gap
    /// Punctuation in every version of CommonMark.
    case punctuation
    /// Punctuation in some versions.
    case symbol
    case solid
  }

  /// The kind of character at an end of a piece.
  private func edge(_ index: Int, last: Bool) -> Edge {
    guard pieces.indices.contains(index) else { return .gap }
    switch pieces[index] {
    case .text(let words):
      let scalars = String(decoding: last ? words.suffix(8) : words.prefix(8), as: UTF8.self)
        .unicodeScalars
      guard let scalar = last ? scalars.last : scalars.first else { return .gap }
      return Self.edge(scalar)
    case .lineBreak: return .gap
    case .reference: return .symbol
    default: return .punctuation
    }
  }

  private static func edge(_ scalar: Unicode.Scalar) -> Edge {
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      return ASCII.isLetterOrDigit(byte) ? .solid : ASCII.isSpace(byte) ? .gap : .punctuation
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .gap
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return .symbol
    default: return .solid
    }
  }
}

extension MarkdownLine.Emphasis {
  var mark: StaticString {
    switch self {
    case .emphasis: "*"
    case .strong: "**"
    case .deleted: "~~"
    }
  }
}

extension StaticString {
  fileprivate var utf8: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}

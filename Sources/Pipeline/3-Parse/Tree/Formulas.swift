import CMarkGFM
import StoaModel

/// Corrects cmark-gfm's places after a formula of several lines, because cmark-gfm does not count its line ends.
struct MissedLineEnds {
  /// The number of missed line ends in the block so far.
  private var count = 0
  /// cmark-gfm's line at the end of the last of these formulas.
  private var line = 0
  private var surplus = 0

  mutating func add(_ formula: FormulaSyntax.Found) {
    guard formula.lineEnds > 0 else { return }
    count += formula.lineEnds
    line = formula.place.line
    surplus = formula.surplus
  }

  /// The true place for one of cmark-gfm's; a line of 0 stays.
  func corrected(_ place: SourceLines.Place) -> SourceLines.Place {
    guard count > 0, place.line > 0 else { return place }
    let column = place.line == line ? max(place.column - surplus, 1) : place.column
    return SourceLines.Place(line: place.line + count, column: column)
  }
}

extension TreeEditor {
  /// The corrected start of an inline node; the line is 0 if cmark-gfm gives none.
  func place(of node: Node) -> SourceLines.Place {
    missedLineEnds.corrected(SourceLines.Place(line: node.line, column: node.column))
  }

  /// Replaces a formula in a line with a slot, because Render shows it.
  ///
  /// In plain text, and in raw HTML for code, the formula stays as typed.
  mutating func meetFormula(_ node: Node, _ formula: FormulaSyntax.Found) {
    let tex = Array(node.literal)
    let typed = formula.form.typed(tex)
    let place = missedLineEnds.corrected(formula.place)
    missedLineEnds.add(formula)
    reached = SourceLines.Place(
      line: place.line + formula.lineEnds, column: place.column + typed.count)
    appendPlain(typed)
    guard openImage == nil else { return }
    if openElement == nil || openElement == Array("a".utf8) {
      let slot = addSlot(.formula(source: .memory(tex), form: formula.form), at: place)
      make.inline("\u{1}x\(slot)\u{2}").insert(before: node)
    } else {
      make.text(typed).insert(before: node)
    }
    node.unlink()
  }

  /// The TeX of a block, which is a formula with `$$` around it, or code.
  func tex(ofBlock node: Node) -> [UInt8]? {
    var literal = cleaned(node.literal)
    if formulas?.found(node) != nil {
      while let last = literal.last, last <= 0x20 { literal.removeLast() }
      if literal.hasSuffix("$$".utf8) { literal.removeLast(2) }
      return literal
    }
    return text.math && node.fenceLanguage.elementsEqual("math".utf8)
      && literal.contains { $0 > 0x20 } ? literal : nil
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ other: some BidirectionalCollection<UInt8>) -> Bool {
    suffix(other.count).elementsEqual(other)
  }
}

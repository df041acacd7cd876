import StoaModel

/// Words with emphasis, code and links, to be written as CommonMark: the content of a paragraph, a heading or a table's cell.
///
/// A run of white space becomes one space. It is removed at both ends of the line, and moved out of the ends of an emphasis or a
/// link, where CommonMark would not read their delimiters.
package struct MarkdownLine: Sendable {
  enum Emphasis: Sendable, Equatable {
    case emphasis
    case strong
    case deleted
  }

  enum Piece: Sendable {
    case text([UInt8])
    /// A character reference, written unchanged.
    case reference([UInt8])
    case code([UInt8])
    case open(Emphasis)
    case close(Emphasis)
    case openLink
    case closeLink(address: String, title: String)
    case image(alternative: String, address: String, title: String)
    case lineBreak
    /// The box of a task.
    case box(isChecked: Bool)
    /// A tag of an element that markdown has no form for.
    case tag(StaticString)
  }

  private(set) var pieces: [Piece] = []
  /// The marks to write before the next words; an emphasis or link without words is left out.
  private var pending: [Piece] = []
  private var isSpacePending = false
  private var isBreakPending = false

  package init() {}

  package var isEmpty: Bool { pieces.isEmpty }

  /// Appends words.
  package mutating func text(_ text: String) {
    Array(text.utf8).withUnsafeBufferPointer { self.text($0) }
  }

  /// Appends words with a link.
  package mutating func link(_ words: String, to address: String) {
    openLink()
    text(words)
    closeLink(address: address)
  }

  /// Appends a URL as an autolink; a URL without a host gets other words.
  package mutating func address(_ address: String, words: String) {
    link(MarkdownText.isAutolink(address) ? address : words, to: address)
  }

  /// Appends emphasised words.
  package mutating func strong(_ words: String) {
    open(.strong)
    text(words)
    close(.strong)
  }

  // MARK: Parts

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, !ASCII.isSpace(text[index]) { index += 1 }
      if index > start {
        begin()
        append(text[start..<index])
      }
      if index < text.count {
        isSpacePending = true
        index += 1
      }
    }
  }

  private mutating func append(_ words: Slice<UnsafeBufferPointer<UInt8>>) {
    if case .text(var bytes)? = pieces.last {
      // Take the piece out, so that its bytes are not copied.
      pieces.removeLast()
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: words))
      pieces.append(.text(bytes))
    } else {
      pieces.append(.text(Array(words)))
    }
  }

  /// Appends code, with its white space.
  mutating func code(_ code: [UInt8]) {
    guard !code.isEmpty else { return }
    let words = code.map { ASCII.isSpace($0) ? 0x20 : $0 }
    begin()
    // Two adjacent code spans would be read as one, so they are joined.
    if case .code(let before)? = pieces.last {
      pieces[pieces.count - 1] = .code(before + words)
    } else {
      pieces.append(.code(words))
    }
  }

  mutating func add(_ piece: Piece) {
    begin()
    pieces.append(piece)
  }

  mutating func space() { isSpacePending = true }

  mutating func lineBreak() { isBreakPending = true }

  mutating func open(_ emphasis: Emphasis) { pending.append(.open(emphasis)) }

  mutating func close(_ emphasis: Emphasis) { end(.close(emphasis)) }

  mutating func openLink() { pending.append(.openLink) }

  mutating func closeLink(address: String, title: String = "") {
    end(.closeLink(address: address, title: title))
  }

  private mutating func end(_ piece: Piece) {
    if pending.isEmpty { pieces.append(piece) } else { pending.removeLast() }
  }

  /// Writes the pending marks and spaces before the next words.
  private mutating func begin() {
    if !pieces.isEmpty {
      if isBreakPending {
        pieces.append(.lineBreak)
      } else if isSpacePending {
        if case .text(var bytes)? = pieces.last {
          pieces.removeLast()
          bytes.append(0x20)
          pieces.append(.text(bytes))
        } else {
          pieces.append(.text([0x20]))
        }
      }
    }
    isBreakPending = false
    isSpacePending = false
    pieces += pending
    pending.removeAll(keepingCapacity: true)
  }
}

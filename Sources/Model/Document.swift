/// A parsed document: its body as HTML with slots, and the other data that later stages need.
///
/// The body is safe HTML in which every link, mention, image and code block is a slot: the byte 0x01, a letter, the slot's
/// index in decimal, the byte 0x02. No other byte below 0x20 than tab and newline occurs in it. The letters:
///
/// - `a` the start of a link, `z` its end: Render writes `<a …>` and `</a>`, or nothing when the link leads nowhere;
/// - `t` the text of a wikilink without a label;
/// - `m` a mention, complete;
/// - `i` an image, an audio or a video, complete;
/// - `c` a code block, a diagram or a formula that is a block, complete;
/// - `x` a formula in a line, complete;
/// - `w` a translated word, such as an alert's title;
/// - `f` a link from a footnote back to its reference, complete.
///
/// A class, because documents are passed through many functions on their way to the pages.
package final class Document: Sendable {
  package let body: StoredBytes
  package let slots: [Slot]
  package let headings: [Heading]
  /// The text of the level-1 heading at the top, which was removed as the title; empty when there was none.
  package let leadingTitle: String
  /// The first paragraph as plain text, in which a wikilink without a label is a slot `t`.
  package let summary: String
  /// The number of words: runs between white space, and single ideographs.
  package let wordCount: Int
  /// Whether this replaces a document that could not be parsed; that is reported, and a missing title or heading is not.
  package let isUnread: Bool
  /// The hash of everything that the document was parsed from; nil where it is not known.
  package let identity: SHA256.Digest?

  /// The replacement for every document that could not be parsed.
  package static let unread = Document(isUnread: true)

  package init(
    body: StoredBytes = .memory([]), slots: [Slot] = [], headings: [Heading] = [],
    leadingTitle: String = "", summary: String = "", wordCount: Int = 0,
    isUnread: Bool = false, identity: SHA256.Digest? = nil
  ) {
    self.body = body
    self.slots = slots
    self.headings = headings
    self.leadingTitle = leadingTitle
    self.summary = summary
    self.wordCount = wordCount
    self.isUnread = isUnread
    self.identity = identity
  }

  /// The same document with its identity.
  package func identified(by identity: SHA256.Digest?) -> Document {
    Document(
      body: body, slots: slots, headings: headings, leadingTitle: leadingTitle, summary: summary,
      wordCount: wordCount, isUnread: isUnread, identity: identity)
  }
}

/// A heading of a post or page that links can lead to.
package struct Heading: Sendable, Hashable {
  /// 2 to 6.
  package let level: Int
  package let id: String
  /// Plain text.
  package let text: String
  /// The line of the file.
  package let line: Int
  /// Its former anchors, which still lead to it.
  package let formerIDs: [String]

  package init(level: Int, id: String, text: String, line: Int, formerIDs: [String] = []) {
    self.level = level
    self.id = id
    self.text = text
    self.line = line
    self.formerIDs = formerIDs
  }
}

/// A place in a body that is filled in later.
package struct Slot: Sendable {
  package enum Content: Sendable {
    /// A markdown or HTML link: the URL as written (decoded, not yet checked), and its title.
    case link(address: String, title: String)
    /// `[[target]]` or `[[target|label]]`: the part between the brackets, without the label.
    case wikilink(target: String, hasLabel: Bool)
    /// `@handle`.
    case mention(handle: String)
    /// `width` and `height` as the author wrote them in HTML; nil otherwise.
    case image(address: String, alternative: String, title: String, width: Int?, height: Int?)
    /// `![[file|words|width]]`: an image or other medium, by its path or only its name.
    case embed(file: String, alternative: String, width: Int?, height: Int?)
    /// `![[target]]` or `![[target|label]]` alone in a paragraph, where the target is no file: another text, to be quoted. The
    /// label is empty when there is none.
    case quote(target: String, label: String)
    /// A code block: its language (first word of the info string; may be empty) and its text.
    case code(language: String, text: StoredBytes)
    /// TeX between dollar signs, or in a block of its own; without the signs.
    case formula(source: StoredBytes, form: FormulaForm)
    /// A block in the language of Graphviz.
    case diagram(source: StoredBytes)
    /// A key of the translations.
    case word(key: String)
    /// From a footnote to the anchor of a reference on the same page, with the text `label`.
    case backLink(anchor: String, label: String)
  }

  package let content: Content
  package let line: Int
  package let column: Int
  /// The sentence around a link or mention, as plain text with slots like a summary's; empty for other slots.
  package let context: String

  package init(_ content: Content, line: Int, column: Int, context: String = "") {
    self.content = content
    self.line = line
    self.column = column
    self.context = context
  }
}

extension Slot.Content {
  /// The text of code, of a formula or of a diagram, which may be in a file; nil for other slots.
  package var source: StoredBytes? {
    switch self {
    case .code(_, let text), .formula(let text, _), .diagram(let text): text
    default: nil
    }
  }

  /// The same slot content with its text in another place.
  package func with(source: StoredBytes) -> Self {
    switch self {
    case .code(let language, _): .code(language: language, text: source)
    case .formula(_, let form): .formula(source: source, form: form)
    case .diagram: .diagram(source: source)
    default: self
    }
  }
}

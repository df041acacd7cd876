/// A text after parsing: its body as HTML with slots, and what the other stages want to know of it.
///
/// The body is safe HTML in which every link, mention, image and code block is a slot: the byte 0x01, a letter, the slot's
/// index in decimal, the byte 0x02. No other byte below 0x20 than tab and newline occurs in it. The letters:
///
/// - `a` the start of a link, `z` its end: Render writes `<a …>` and `</a>`, or nothing when the link leads nowhere;
/// - `t` the words of a wikilink that has no label of its own;
/// - `m` a mention, whole;
/// - `i` an image, or what plays sound or film, whole;
/// - `c` a code block, whole;
/// - `w` a word of the theme's language, such as an alert's title;
/// - `f` a link from a footnote back to where it is referred to, whole;
/// - `q` another text that is quoted, whole, in place of a paragraph.
///
/// A class, because each passes through many hands on its way to the pages.
package final class Document: Sendable {
  package let body: StoredBytes
  package let slots: [Slot]
  package let headings: [Heading]
  /// The text of the level-1 heading that stood at the top and was taken out as the title; empty when there was none.
  package let leadingTitle: String
  /// The first paragraph as plain text, in which the words of a wikilink without a label are a slot `t`.
  package let summary: String
  /// Words as readers count them: runs between white space, and single ideographs.
  package let wordCount: Int
  /// Whether this stands for a text that could not be parsed, which is reported once: that it has no title or heading is not.
  package let isUnread: Bool

  /// In place of every text that could not be parsed.
  package static let unread = Document(isUnread: true)

  package init(
    body: StoredBytes = .memory([]), slots: [Slot] = [], headings: [Heading] = [],
    leadingTitle: String = "", summary: String = "", wordCount: Int = 0,
    isUnread: Bool = false
  ) {
    self.body = body
    self.slots = slots
    self.headings = headings
    self.leadingTitle = leadingTitle
    self.summary = summary
    self.wordCount = wordCount
    self.isUnread = isUnread
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
  /// The anchors that it had before, and that still lead to it.
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
    /// A markdown or HTML link: the address as written (decoded, not yet checked), and its title.
    case link(address: String, title: String)
    /// `[[target]]` or `[[target|label]]`: what stands between the brackets, without the label.
    case wikilink(target: String, hasLabel: Bool)
    /// `@handle`.
    case mention(handle: String)
    /// `width` and `height` as the author wrote them in HTML; nil otherwise.
    case image(address: String, alternative: String, title: String, width: Int?, height: Int?)
    /// `![[file|words|width]]`: an image or other medium, by its path or its name alone.
    case embed(file: String, alternative: String, width: Int?, height: Int?)
    /// `![[target]]` or `![[target|label]]` alone in a paragraph, where the target is no file: another text, to be quoted. The
    /// label is empty when there is none.
    case quote(target: String, label: String)
    /// A code block: its language (first word of the info string; may be empty) and its text.
    case code(language: String, text: StoredBytes)
    /// A key of the theme's strings.
    case word(key: String)
    /// From a footnote to the anchor of a reference on the same page, which is called `label`.
    case backLink(anchor: String, label: String)
  }

  package let content: Content
  package let line: Int
  package let column: Int
  /// The sentence around a link or mention, as plain text with slots like a summary's; empty for others.
  package let context: String

  package init(_ content: Content, line: Int, column: Int, context: String = "") {
    self.content = content
    self.line = line
    self.column = column
    self.context = context
  }
}

package import StoaModel

/// A text to parse, and what decides how it is read.
package struct MarkdownText: Sendable {
  package enum Kind: UInt8, Sendable {
    case post
    case response
    case page
    case biography
    case description
  }

  /// What is done about the e-mail addresses in a text.
  package enum MailAddresses: UInt8, Sendable {
    /// They are shown, without a warning.
    case show
    /// They are shown, and the author is warned.
    case report
    /// They are masked, and the author is warned.
    case mask
  }

  package let kind: Kind
  /// What stands before the numbers of footnotes in their ids, so that two texts can share a page; empty for a page's main text.
  package let footnotePrefix: String
  /// Valid UTF-8.
  package let bytes: [UInt8]
  /// The line of the file at which the text begins, from 1.
  package let firstLine: Int
  /// Whether a level-1 heading at the top is the item's title and leaves the body.
  package let takesTitle: Bool
  package let smartPunctuation: Bool
  /// The host of the site's own address, lower-case: links there lead to its pages; empty when it has none.
  package let ownHost: String
  /// The anchors that headings had before.
  package let anchors: [FormerAnchor]
  package let mailAddresses: MailAddresses

  package init(
    _ kind: Kind, bytes: [UInt8], footnotePrefix: String = "", firstLine: Int = 1,
    takesTitle: Bool = false, smartPunctuation: Bool = false, ownHost: String = "",
    anchors: [FormerAnchor] = [], mailAddresses: MailAddresses = .show
  ) {
    self.kind = kind
    self.bytes = bytes
    self.footnotePrefix = footnotePrefix
    self.firstLine = firstLine
    self.takesTitle = takesTitle
    self.smartPunctuation = smartPunctuation
    self.ownHost = ownHost
    self.anchors = anchors
    self.mailAddresses = mailAddresses
  }

  /// Whether this is the main text of its page: raw HTML is kept, images show, and headings have ids.
  var isMain: Bool { kind == .post || kind == .page }
}

/// Why a text could not become a document.
package struct TextProblem: Error, Sendable, Hashable {
  package let code: DiagnosticCode
  /// The line of the file; 0 when the whole text is meant.
  package let line: Int

  package init(_ code: DiagnosticCode, line: Int = 0) {
    self.code = code
    self.line = line
  }

  /// The problem as it is told to people.
  package func diagnostic(in file: String) -> Diagnostic {
    let location = SourceLocation(file: file, line: line, column: line > 0 ? 1 : 0)
    switch code {
    case .nestedTooDeep:
      return Diagnostic(
        code, at: location, "markdown is nested more than \(MarkdownLimit.nesting) levels deep",
        suggestion: "take quotation marks or levels of lists out")
    default:
      return Diagnostic(
        code, at: location, "markdown takes too long or becomes too large to show",
        suggestion: "cut the text in two, or write it more simply")
    }
  }
}

/// The caps on what a text may become.
package enum MarkdownLimit {
  /// How deep blocks and inlines may be nested in each other.
  package static let nesting = 100
  /// How many blocks and inlines a text may have; one of the largest, written by people, has a tenth of it.
  static let nodes = 1 << 18
  /// How many links, mentions, images, pieces of code and headings a text may have.
  static let references = 1 << 14
  /// How many things are reported about a text one by one; the rest is counted.
  static let notices = 64

  /// The longest HTML that a text of `input` bytes may become.
  static func output(forInput input: Int) -> Int { 20 * input + 64 * 1024 }
}

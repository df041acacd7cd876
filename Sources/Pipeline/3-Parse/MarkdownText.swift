package import StoaModel

/// A document to parse, with the options that decide how it is read.
package struct MarkdownText: Sendable {
  package enum Kind: UInt8, Sendable {
    case post
    case response
    case page
    case biography
    case description
  }

  /// The treatment of e-mail addresses in a document.
  package enum MailAddresses: UInt8, Sendable {
    /// They are shown, without a warning.
    case show
    /// They are shown, with a warning.
    case report
    /// They are masked, with a warning.
    case mask
  }

  package let kind: Kind
  /// The prefix of footnotes' ids, so that several documents can be on one page; empty for a page's main document.
  package let footnotePrefix: String
  /// Valid UTF-8.
  package let bytes: [UInt8]
  /// The line of the file at which the markdown begins, from 1.
  package let firstLine: Int
  /// Whether a level-1 heading at the top is the item's title and is removed from the body.
  package let takesTitle: Bool
  package let smartPunctuation: Bool
  /// The host of the site's URL, lower-case: links to it lead to the site's own pages; empty when there is none.
  package let ownHost: String
  /// The former anchors of headings.
  package let anchors: [FormerAnchor]
  package let mailAddresses: MailAddresses
  /// Whether dollar signs enclose formulas, and blocks of `math` are formulas.
  package let math: Bool
  /// Whether blocks of `dot` are diagrams.
  package let diagrams: Bool
  /// Whether the document is parsed for its comments instead of its page.
  package let seeksComments: Bool

  package init(
    _ kind: Kind, bytes: [UInt8], footnotePrefix: String = "", firstLine: Int = 1,
    takesTitle: Bool = false, smartPunctuation: Bool = false, ownHost: String = "",
    anchors: [FormerAnchor] = [], mailAddresses: MailAddresses = .show, math: Bool = false,
    diagrams: Bool = false, seeksComments: Bool = false
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
    self.math = math
    self.diagrams = diagrams
    self.seeksComments = seeksComments
  }

  /// Whether this is the main document of its page: raw HTML is allowed, images are shown, and headings have ids.
  var isMain: Bool { kind == .post || kind == .page }
}

/// Why parsing failed.
package struct TextProblem: Error, Sendable, Hashable {
  package let code: DiagnosticCode
  /// The line of the file; 0 for the whole file.
  package let line: Int

  package init(_ code: DiagnosticCode, line: Int = 0) {
    self.code = code
    self.line = line
  }

  /// The problem as a diagnostic.
  package func diagnostic(in file: String) -> Diagnostic {
    let location = SourceLocation(file: file, line: line, column: line > 0 ? 1 : 0)
    switch code {
    case .nestedTooDeep:
      return Diagnostic(
        code, at: location, "markdown is nested more than \(MarkdownLimit.nesting) levels deep",
        suggestion: "use fewer levels of quotations or lists")
    default:
      return Diagnostic(
        code, at: location, "markdown takes too long or becomes too large to show",
        suggestion: "split the text, or simplify it")
    }
  }
}

/// The limits of a document.
package enum MarkdownLimit {
  /// The maximum nesting depth of blocks and inlines.
  package static let nesting = 100
  /// The maximum number of blocks and inlines; one of the largest documents that people wrote has a tenth of it.
  static let nodes = 1 << 18
  /// The maximum number of links, mentions, images, pieces of code and headings.
  static let references = 1 << 14
  /// The maximum number of individual notices about one document; the others are only counted.
  static let notices = 64

  /// The maximum size of the HTML for `input` bytes of markdown.
  static func output(forInput input: Int) -> Int { 20 * input + 64 * 1024 }
}

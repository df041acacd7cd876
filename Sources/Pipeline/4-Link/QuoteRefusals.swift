import StoaAddresses
import StoaHTML
import StoaModel
import StoaParse

/// Replaces some quotes of one document by links, and reports the reasons.
struct QuoteRefusals {
  private let old: Bodies.Outcome
  private let file: String
  private var refused: Set<Int> = []
  private var findings: [Finding] = []

  init(_ outcome: Bodies.Outcome, file: String) {
    old = outcome
    self.file = file
  }

  /// The document with the refused quotes as links.
  var outcome: Bodies.Outcome {
    guard !refused.isEmpty else { return old }
    let targets = old.body.targets.enumerated().map { number, target -> LinkedBody.Target in
      guard refused.contains(number), case .quote(let quotation, let title) = target else {
        return target
      }
      return .site(quotation.address, title: title)
    }
    return Bodies.Outcome(
      body: LinkedBody(old.body.document, targets: targets), image: old.image,
      source: old.source, edges: old.edges,
      quotes: old.quotes.map {
        Quote(
          slot: $0.slot, quotation: $0.quotation,
          isShown: $0.isShown && !refused.contains($0.slot))
      }, findings: old.findings + findings)
  }

  mutating func refuseLong(_ documents: Documents, _ layout: SiteLayout) {
    var room = QuoteLimit.bytes
    for (place, quote) in old.quotes.enumerated() {
      guard place < QuoteLimit.count else {
        refused.insert(quote.slot)
        guard place == QuoteLimit.count else { continue }
        report(
          .tooManyQuotes, quote,
          "a text shows at most \(QuoteLimit.count) others, and this one has \(old.quotes.count): the rest are links",
          "write [[\(written(quote))]] for a link, or cut the text in two")
        continue
      }
      let document = quote.quotation.text.document(documents, layout)
      let size = document.isUnread ? nil : document.size(below: quote.quotation.heading)
      if let size, size > 0, size <= room {
        room -= size
        continue
      }
      refused.insert(quote.slot)
      if size == 0 {
        report(
          .emptyQuote, quote, "“\(written(quote))” has no words to quote: a link to it is shown",
          "write [[\(written(quote))]] for a link, or take the line out")
      } else if size != nil {
        let isPart = quote.quotation.text.isResponse || !quote.quotation.heading.isEmpty
        report(
          .tooManyQuotes, quote,
          "with “\(written(quote))” this text would show more than \(QuoteLimit.bytes / 1024) KiB of others: a link to it is shown",
          isPart
            ? "write [[\(written(quote))]] for a link"
            : "quote one heading of it, as in ![[\(written(quote))#heading]], or write [[\(written(quote))]] for a link"
        )
      }
    }
  }

  mutating func refuse(_ quote: Quote, closing files: [String]) {
    refused.insert(quote.slot)
    report(
      .quoteCycle, quote,
      files.count == 1
        ? "the text quotes itself"
        : "texts quote each other in a circle: \(files.joined(separator: ", "))",
      "write [[\(written(quote))]] for a link")
  }

  private func written(_ quote: Quote) -> String {
    guard case .quote(let target, _) = old.body.document.slots[quote.slot].content else {
      return ""
    }
    return SlotResolver.shown(target)
  }

  private mutating func report(
    _ code: DiagnosticCode, _ quote: Quote, _ message: String, _ suggestion: String
  ) {
    let slot = old.body.document.slots[quote.slot]
    findings.append(
      Finding(
        Diagnostic(
          code, at: SourceLocation(file: file, line: slot.line, column: slot.column), message,
          suggestion: suggestion), asking: nil))
  }
}

extension Document {
  /// The size in bytes of the document, or of the section below one of its headings, including code.
  fileprivate func size(below heading: String) -> Int {
    let code = { (slot: Slot) -> Int in
      slot.content.source?.count ?? 0
    }
    guard !heading.isEmpty else { return body.count + slots.reduce(0) { $0 + code($1) } }
    guard let bytes = try? body.load() else { return 0 }
    return bytes.withUnsafeBufferPointer { bytes in
      guard let section = BodySection(below: heading, in: bytes) else { return 0 }
      return section.slots(in: bytes).reduce(section.range.count) { sum, number in
        sum + (slots.indices.contains(number) ? code(slots[number]) : 0)
      }
    }
  }
}

import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

// What determines a written body, so that a build can tell that it is the same without reading it.
extension BodyWriter {
  /// Adds everything that `write` depends on, except what is the same for a whole site: settings, theme, strings and program.
  func identify(_ part: inout PartIdentity) {
    // Nothing is written of an empty body, whatever it is of.
    guard body.document.body.count > 0 else { return part.add(false) }
    part.add(true)
    part.add(body.document.identity)
    switch medium {
    case .page: part.add(0)
    case .feed(let page):
      part.add(1)
      part.add(page)
    }
    part.add(isFromVisitors)
    part.add(beginsPage)
    part.add(passages.count)
    for mark in passages { part.add(mark) }
    part.add(quoted != nil)
    if let quoted {
      part.add(quoted.heading)
      part.add(quoted.address)
    }
    part.add(body.targets.count)
    for number in body.targets.indices { identify(slot: number, &part) }
  }

  /// The document determines the slots; the targets are of this build.
  private func identify(slot number: Int, _ part: inout PartIdentity) {
    switch body.targets[number] {
    case .none: part.add(0)
    case .site(let address, let title):
      part.add(1)
      part.add(address)
      part.add(title)
    case .external(let address):
      part.add(2)
      part.add(address)
    case .image(let address, let width, let height):
      part.add(3)
      part.add(address)
      part.add(width ?? -1)
      part.add(height ?? -1)
      part.add(context.darkImages[address.path]?.path ?? "")
    case .medium(let address, let medium):
      part.add(4)
      part.add(address)
      part.add(medium == .video)
    case .quote(let quotation, let title):
      part.add(5)
      part.add(quotation.address)
      part.add(title)
      // It shows parts of another item.
      part.add { buffer in
        var progress = Progress()
        write(UInt8(ascii: "q"), number, &progress, into: &buffer)
      }
    case .unresolved: part.add(6)
    }
    identify(body.document.slots[number].content, &part)
  }

  /// What other programs make of code, formulas and diagrams is not determined by the document.
  private func identify(_ content: Slot.Content, _ part: inout PartIdentity) {
    switch content {
    case .code(let language, let text):
      guard !context.highlights.spans.isEmpty else { return }
      part.add { code(language, text, into: &$0) }
    case .formula(let source, let form):
      guard !context.typesetting.formulas.isEmpty else { return }
      part.add { formula(source, form, into: &$0) }
    case .diagram(let source):
      guard !context.typesetting.diagrams.isEmpty else { return }
      part.add { diagram(source, into: &$0) }
    case .link, .wikilink, .mention, .image, .embed, .quote, .word, .backLink: break
    }
  }
}

extension PartIdentity {
  fileprivate mutating func add(_ address: SiteAddress) {
    add(address.path)
    add(address.query)
    add(address.fragment)
  }

  fileprivate mutating func add(_ mark: PassageMark) {
    add(mark.offset)
    switch mark.kind {
    case .close: add(0)
    case .count(let count, let first):
      add(1)
      add(count)
      add(first)
    case .open(let anchor):
      add(2)
      add(anchor)
    case .point(let anchor):
      add(3)
      add(anchor)
    }
  }
}

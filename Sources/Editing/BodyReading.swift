import StoaModel
import StoaParse

/// The result of parsing a document, for comparison.
struct BodyReading {
  struct Slot {
    let content: StoaModel.Slot.Content
    let line: Int
    let column: Int

    /// A key that distinguishes one slot's content from another's.
    var key: String {
      switch content {
      case .link(let address, let title): "link\u{0}\(address)\u{0}\(title)"
      case .wikilink(let target, let hasLabel): "wikilink\u{0}\(target)\u{0}\(hasLabel)"
      case .mention(let handle): "mention\u{0}\(handle)"
      case .quote(let target, let label): "quote\u{0}\(target)\u{0}\(label)"
      case .image(let address, let words, let title, let width, let height):
        "image\u{0}\(address)\u{0}\(words)\u{0}\(title)\u{0}\(width ?? 0)x\(height ?? 0)"
      case .embed(let file, let words, let width, let height):
        "embed\u{0}\(file)\u{0}\(words)\u{0}\(width ?? 0)x\(height ?? 0)"
      case .code(let language, let text): "code\u{0}\(language)\u{0}\(Self.string(text))"
      case .formula(let source, let form): "formula\u{0}\(form)\u{0}\(Self.string(source))"
      case .diagram(let source): "diagram\u{0}\(Self.string(source))"
      case .word(let key): "word\u{0}\(key)"
      case .backLink(let anchor, let label): "back\u{0}\(anchor)\u{0}\(label)"
      }
    }

    private static func string(_ text: StoredBytes) -> String {
      (try? text.load()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func leading(to target: String) -> Slot {
      let changed: StoaModel.Slot.Content =
        switch content {
        case .link(_, let title): .link(address: target, title: title)
        case .wikilink(_, let hasLabel): .wikilink(target: target, hasLabel: hasLabel)
        case .mention: .mention(handle: target)
        case .quote(_, let label): .quote(target: target, label: label)
        case .image(_, let words, let title, let width, let height):
          .image(address: target, alternative: words, title: title, width: width, height: height)
        case .embed(_, let words, let width, let height):
          .embed(file: target, alternative: words, width: width, height: height)
        case .code, .formula, .diagram, .word, .backLink: content
        }
      return Slot(content: changed, line: line, column: column)
    }

    /// The visible text that follows from the target: a URL for an autolink, a handle for a mention.
    var shown: String? {
      switch content {
      case .link(let address, _): address
      case .mention(let handle): "@\(handle)"
      default: nil
      }
    }
  }

  let slots: [Slot]
  /// The body, headings and summary.
  private let words: [[UInt8]]
  private let isRead: Bool

  init(_ text: MarkdownText) {
    let parsed = MarkdownParser.parse(text)
    let document = parsed.document
    slots = document.slots.map { Slot(content: $0.content, line: $0.line, column: $0.column) }
    words =
      [(try? document.body.load()) ?? [], Array(document.leadingTitle.utf8)]
      + document.headings.map { Array("\($0.level) \($0.id) \($0.text)".utf8) }
      + [Array(document.summary.utf8)]
    isRead = parsed.problem == nil
  }

  /// The wanted slots that have their wanted content in another reading; nil when anything else differs.
  func changes(in other: BodyReading, wanted: [Int: Slot]) -> [Int]? {
    guard other.isRead, slots.count == other.slots.count, words.count == other.words.count else {
      return nil
    }
    var changed: [Int] = []
    for (index, (before, after)) in zip(slots, other.slots).enumerated()
    where !before.key.utf8.elementsEqual(after.key.utf8) {
      guard let slot = wanted[index], slot.key.utf8.elementsEqual(after.key.utf8) else {
        return nil
      }
      changed.append(index)
    }
    if words == other.words { return changed }
    guard let first = changed.first, let old = slots[first].shown,
      let new = other.slots[first].shown,
      zip(words, other.words).allSatisfy({
        Self.replaced(old, by: new, in: $0) == Self.replaced(old, by: new, in: $1)
      })
    else { return nil }
    return changed
  }

  private static func replaced(_ old: String, by new: String, in words: [UInt8]) -> [UInt8] {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    guard let first = old.first, new.count > 0 else { return words }
    var result: [UInt8] = []
    var index = 0
    while index < words.count {
      if words[index] == first, words[index...].starts(with: old),
        !words[index...].starts(with: new)
      {
        result += new
        index += old.count
      } else {
        result.append(words[index])
        index += 1
      }
    }
    return result
  }
}

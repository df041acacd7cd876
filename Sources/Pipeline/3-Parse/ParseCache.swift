import StoaModel
import Synchronization

/// What a preview keeps of the texts that it parsed: a text is parsed again only when it or the way it is read has changed.
package final class ParseCache: Sendable {
  private struct Known: Sendable {
    let entry: SelectedTexts.Entry
    let smartPunctuation: Bool
    let ownHost: String
    let parsed: ParsedText
  }

  private let known = Mutex<[String: Known]>([:])

  package init() {}

  /// For each text what it was parsed to; nil for those that are to be parsed.
  func known(_ texts: SelectedTexts) -> [ParsedText?] {
    known.withLock { known in
      texts.entries.map { entry in
        guard let before = known[entry.file], before.smartPunctuation == texts.smartPunctuation,
          before.ownHost == texts.ownHost,
          before.entry.isSameText(as: entry)
        else { return nil }
        return before.parsed
      }
    }
  }

  /// Whether something was reported about one of the texts when it was last parsed, or it never was.
  func hasReport(in texts: SelectedTexts) -> Bool {
    known.withLock { known in
      texts.entries.contains { known[$0.file].map { $0.parsed.isReported } ?? true }
    }
  }

  /// Remembers what texts were parsed to.
  ///
  /// - Parameters:
  ///   - new: the indexes of those that were not known.
  ///   - isAll: whether there are no other texts, so that what is known of others can be forgotten.
  func keep(_ parsed: [ParsedText], for texts: SelectedTexts, new: [Int], isAll: Bool = true) {
    known.withLock { known in
      for index in new {
        let entry = texts[index]
        known[entry.file] = Known(
          entry: entry, smartPunctuation: texts.smartPunctuation,
          ownHost: texts.ownHost, parsed: parsed[index])
      }
      guard isAll, known.count > texts.count else { return }
      let files = Set(texts.entries.map(\.file))
      known = known.filter { files.contains($0.key) }
    }
  }
}

extension SelectedTexts.Entry {
  /// Whether the same comes of parsing both.
  ///
  /// Two arrays of one buffer are equal without being looked at, so this is quick for a text that was not read again.
  fileprivate func isSameText(as other: Self) -> Bool {
    guard case .memory(let bytes) = text.bytes, case .memory(let others) = other.text.bytes else {
      return false
    }
    return kind == other.kind && footnotePrefix == other.footnotePrefix
      && takesTitle == other.takesTitle && anchors == other.anchors
      && text.firstLine == other.text.firstLine
      && bytes == others
  }
}

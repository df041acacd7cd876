import StoaModel
import Synchronization

/// The documents that a preview has parsed: a document is parsed again only when its text or its options have changed.
package final class ParseCache: Sendable {
  private struct Known: Sendable {
    let entry: SelectedTexts.Entry
    let smartPunctuation: Bool
    let math: Bool
    let diagrams: Bool
    let ownHost: String
    let parsed: ParsedText
  }

  private let known = Mutex<[String: Known]>([:])

  package init() {}

  /// The parsed document for each text; nil for those that must be parsed.
  func known(_ texts: SelectedTexts) -> [ParsedText?] {
    known.withLock { known in
      texts.entries.map { entry in
        guard let before = known[entry.file], before.smartPunctuation == texts.smartPunctuation,
          before.math == texts.math, before.diagrams == texts.diagrams,
          before.ownHost == texts.ownHost,
          before.entry.isSameText(as: entry)
        else { return nil }
        return before.parsed
      }
    }
  }

  /// Whether parsing one of the documents reported anything the last time, or never happened.
  func hasReport(in texts: SelectedTexts) -> Bool {
    known.withLock { known in
      texts.entries.contains { known[$0.file].map { $0.parsed.isReported } ?? true }
    }
  }

  /// Stores parsed documents.
  ///
  /// - Parameters:
  ///   - new: the indexes of the documents that were not in the cache.
  ///   - isAll: whether there are no other documents, so that all others can be removed.
  func keep(_ parsed: [ParsedText], for texts: SelectedTexts, new: [Int], isAll: Bool = true) {
    known.withLock { known in
      for index in new {
        let entry = texts[index]
        known[entry.file] = Known(
          entry: entry, smartPunctuation: texts.smartPunctuation, math: texts.math,
          diagrams: texts.diagrams, ownHost: texts.ownHost, parsed: parsed[index])
      }
      guard isAll, known.count > texts.count else { return }
      let files = Set(texts.entries.map(\.file))
      known = known.filter { files.contains($0.key) }
    }
  }
}

extension SelectedTexts.Entry {
  /// Whether parsing both gives the same result.
  ///
  /// Two arrays with the same buffer are equal without a comparison, so this is fast for a text that was not read again.
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

internal import StoaModel
package import StoaSelect

/// Parses the texts of what a build shows, in worker processes that end with the call.
///
/// What a text has wrong becomes a diagnostic; throws when texts cannot be read or workers cannot work.
package func parse(_ selected: Selected, workers: WorkerOptions) async throws -> Documents {
  try await parse(selected, pool: WorkerPool(workers))
}

/// Parses the texts of what a build shows, with workers that are kept.
package func parse(_ selected: Selected, pool: WorkerPool) async throws -> Documents {
  let texts = SelectedTexts(selected)
  let parsed = try await pool.parse(TextQueue(count: texts.count) { try texts.markdown(at: $0) })
  var documents = Documents(selected: selected)
  if texts.libraryIsOld { documents.diagnostics.append(oldLibraryWarning) }
  for (index, text) in parsed.enumerated() {
    if let problem = text.problem ?? texts.problem(at: index) {
      documents.diagnostics.append(problem.diagnostic(in: texts.file(at: index)))
    }
  }
  // The texts were numbered in this order.
  var rest = parsed.map(\.document)[...]
  documents.posts = take(&rest, for: selected.posts)
  documents.responses = take(&rest, for: selected.responses)
  documents.contributors = take(&rest, for: selected.contributors)
  documents.topics = take(&rest, for: selected.topics)
  documents.pages = take(&rest, for: selected.pages)
  return documents
}

private func take<Item>(
  _ documents: inout ArraySlice<Document>, for items: [SelectedItem<Item>]
) -> [Parsed<Item>] {
  defer { documents = documents.dropFirst(items.count) }
  return zip(items, documents).map { Parsed($0, document: $1) }
}

private var oldLibraryWarning: Diagnostic {
  Diagnostic(
    .oldMarkdownLibrary, at: SourceLocation(file: "stoa.yml"),
    "cmark-gfm \(MarkdownParser.libraryVersion) takes very long for some texts, so responses may have"
      + " \(MarkdownLimit.oldLibraryResponse / 1024) KiB only",
    suggestion: "install libcmark-gfm 0.29.0.gfm.13 or later")
}

/// The texts of all selected items under one numbering: posts, responses, contributors, topics, pages.
private struct SelectedTexts: Sendable {
  private struct Entry: Sendable {
    let kind: MarkdownText.Kind
    let file: String
    let text: SourceText
    var footnotePrefix = ""
    var takesTitle = false
  }

  private var entries: [Entry] = []
  private let smartPunctuation: Bool
  let libraryIsOld = LibraryVersion.isOld(MarkdownParser.libraryVersion)

  init(_ selected: Selected) {
    smartPunctuation = selected.settings.smartPunctuation
    for post in selected.posts {
      entries.append(
        Entry(
          kind: .post, file: post.item.file, text: post.text, takesTitle: post.item.title == nil))
    }
    for response in selected.responses {
      // Of a tombstone nothing is shown but the reason.
      let text = response.item.removed == nil ? response.text : .empty
      entries.append(
        Entry(
          kind: .response, file: response.item.file, text: text, footnotePrefix: response.item.id))
    }
    for contributor in selected.contributors {
      entries.append(
        Entry(
          kind: .biography, file: contributor.item.file, text: contributor.text,
          footnotePrefix: "bio"))
    }
    for topic in selected.topics {
      entries.append(
        Entry(
          kind: .description, file: topic.item.file, text: topic.text, footnotePrefix: "topic"))
    }
    for page in selected.pages {
      entries.append(
        Entry(
          kind: .page, file: page.item.file, text: page.text, takesTitle: page.item.title == nil))
    }
  }

  var count: Int { entries.count }

  func kind(at index: Int) -> MarkdownText.Kind { entries[index].kind }

  func file(at index: Int) -> String { entries[index].file }

  /// Why a text is not given to the library at all.
  func problem(at index: Int) -> TextProblem? {
    let entry = entries[index]
    let isTooLong =
      libraryIsOld && entry.kind == .response
      && entry.text.bytes.count > MarkdownLimit.oldLibraryResponse
    return isTooLong ? TextProblem(.fileTooLarge) : nil
  }

  /// The text to parse; nil when there is none.
  func markdown(at index: Int) throws -> MarkdownText? {
    let entry = entries[index]
    guard entry.text.bytes.count > 0, problem(at: index) == nil else { return nil }
    return MarkdownText(
      entry.kind, bytes: try entry.text.bytes.load(), footnotePrefix: entry.footnotePrefix,
      firstLine: entry.text.firstLine, takesTitle: entry.takesTitle,
      smartPunctuation: smartPunctuation)
  }
}

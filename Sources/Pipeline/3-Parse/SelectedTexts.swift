internal import StoaModel
internal import StoaSelect

/// The texts of all selected items under one numbering: posts, responses, contributors, topics, pages.
struct SelectedTexts: Sendable {
  struct Entry: Sendable {
    let kind: MarkdownText.Kind
    let file: String
    let text: SourceText
    var footnotePrefix = ""
    var takesTitle = false
  }

  private(set) var entries: [Entry] = []
  let smartPunctuation: Bool
  let libraryIsOld = LibraryVersion.isOld(MarkdownParser.libraryVersion)

  init(_ selected: Selected) {
    smartPunctuation = selected.settings.smartPunctuation
    entries += selected.posts.lazy.map { Entry($0) }
    entries += selected.responses.lazy.map { Entry($0) }
    entries += selected.contributors.lazy.map { Entry($0) }
    entries += selected.topics.lazy.map { Entry($0) }
    entries += selected.pages.lazy.map { Entry($0) }
  }

  /// Some of a build's texts under a numbering of their own.
  init(_ entries: [Entry], of selected: Selected) {
    smartPunctuation = selected.settings.smartPunctuation
    self.entries = entries
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

extension SelectedTexts.Entry {
  init(_ post: SelectedItem<Post>) {
    self.init(
      kind: .post, file: post.item.file, text: post.text, takesTitle: post.item.title == nil)
  }

  init(_ response: SelectedItem<Response>) {
    // Of a tombstone nothing is shown but the reason.
    self.init(
      kind: .response, file: response.item.file,
      text: response.item.removed == nil ? response.text : .empty, footnotePrefix: response.item.id)
  }

  init(_ contributor: SelectedItem<Contributor>) {
    self.init(
      kind: .biography, file: contributor.item.file, text: contributor.text, footnotePrefix: "bio")
  }

  init(_ topic: SelectedItem<Topic>) {
    self.init(
      kind: .description, file: topic.item.file, text: topic.text, footnotePrefix: "topic")
  }

  init(_ page: SelectedItem<Page>) {
    self.init(
      kind: .page, file: page.item.file, text: page.text, takesTitle: page.item.title == nil)
  }
}

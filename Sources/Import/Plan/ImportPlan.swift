import StoaYAML

/// The files that a conversation becomes.
struct ImportPlan {
  let privacy: Privacy
  var files: [ImportedFile] = []
  /// Items without a file.
  var entries: [ImportReport.Entry] = []
  /// The targets of links to the conversation.
  var place = OldLinks.Place()

  init(privacy: Privacy) {
    self.privacy = privacy
  }

  /// A key of the source in a form that the report may show.
  func label(_ key: String) -> String {
    let label = privacy.masked(line: key, maximumLength: 1_000)
    return label.isEmpty ? Privacy.mask : label
  }

  mutating func leaveOut(_ post: SourcePost, _ reason: String) {
    guard !post.noun.isEmpty else { return }
    entries.append(
      ImportReport.Entry(
        noun: post.noun, source: label(post.key), outcome: .leftOut(reason: reason),
        notes: post.notes))
    for file in post.files {
      entries.append(
        ImportReport.Entry(
          noun: file.noun, source: label(file.key),
          outcome: .leftOut(reason: "the item that it belongs to was left out")))
    }
  }

  mutating func merge(_ post: SourcePost, into file: String) {
    guard !post.noun.isEmpty else { return }
    entries.append(
      ImportReport.Entry(noun: post.noun, source: label(post.key), outcome: .merged(into: file)))
  }

  mutating func leaveOut(_ comment: SourceComment, _ reason: String) {
    entries.append(
      ImportReport.Entry(
        noun: comment.noun, source: label(comment.key), outcome: .leftOut(reason: reason)))
  }

  /// Adds a response without an author, so that the replies to a missing comment keep their place.
  mutating func addTombstone(
    key: String, path: String, date: String, parent: String, label: String,
    reason: String = "It was not brought along when this conversation moved here.",
    noun: String = ""
  ) {
    var matter = FrontMatterText()
    matter.add("removed", reason)
    matter.add("date", date)
    matter.add("reply-to", parent)
    files.append(
      ImportedFile(
        key: key, path: path, role: .comment, frontMatter: matter, text: .markdown([]),
        entry: ImportReport.Entry(
          noun: noun, source: self.label(label), outcome: .imported(path: path),
          notes: noun.isEmpty
            ? ["a tombstone that keeps the replies to it in place"] : [])))
  }
}

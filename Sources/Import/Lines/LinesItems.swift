import StoaData
import StoaLoad
import StoaModel

/// The text of a line, in the format that the line declares.
struct LinesText {
  let markup: SourceMarkup

  init(_ record: SourceRecord) {
    let text = CleanText.clean((record["text"]?.text ?? "").utf8)
    switch record.text("format") {
    case "html": markup = .html(HTMLGuess.withParagraphs(text))
    case "text": markup = .markdown(PlainText.markdown(text))
    default: markup = .markdown(text)
    }
  }
}

extension SourceRecord {
  /// The audience of a line; a value that is no name is one that no community has.
  var audience: String? {
    self["audience"].map { CleanText.line($0.text ?? "") }
  }
}

/// A line of the type `post`.
struct LinesPost {
  private(set) var post: SourcePost

  /// Keys that are copied to front matter, because Stoa has the same ones.
  private static let ownKeys = [
    "kind", "reviewed", "review-by", "superseded-by", "distilled-from",
  ]

  /// - Parameter folder: the absolute path of the folder with the source file and its attachments.
  init(_ record: SourceRecord, identifier: String, options: LinesReader.Options, folder: String) {
    let dates = options.dates
    post = SourcePost(key: "post-\(identifier)")
    post.kind = record.flag("page") == true ? .page : .post
    post.noun = post.kind.rawValue
    post.title = CleanText.line(record.text("title"))
    post.wishedSlug = CleanText.line(identifier)
    post.keepsSlug = !PersonalAddress.isIn(post.wishedSlug)
    for (old, new) in record.record("anchors")?.namedTexts ?? [] {
      post.anchors.append((CleanText.line(old), CleanText.line(new)))
    }
    post.authors = record.texts("author").map { CleanText.line($0) }
    if post.authors.isEmpty { post.authors = [options.author] }
    takeDates(record, dates)
    post.topics = record.texts("topics").map { CleanText.line($0) }
    post.summary = CleanText.line(record.text("summary"), maximumLength: 2_000)
    post.language = record.text("language")
    post.audience = record.audience
    post.isPinned = record.flag("pinned") == true
    post.acceptsResponses = record.text("responses") != "closed"
    post.oldAddresses = record.texts("aliases")
    post.permalink = record.text("source")
    post.answer = record.text("answer").isEmpty ? nil : record.text("answer")
    post.text = LinesText(record).markup
    if record.flag("unlisted") == true { post.more.append(("unlisted", ["true"])) }
    for key in Self.ownKeys {
      let values = record.texts(key).map { CleanText.line($0) }
      if values.contains(where: { !Self.isValid($0, of: key, dates) }) {
        post.notes.append("the value of its “\(key)” is not valid, and was left out")
      } else if !values.isEmpty {
        post.more.append((key, values))
      }
    }
    switch record.text("state") {
    case "draft": post.state = .draft
    case "", "published": break
    case let state: post.state = .leftOut(reason: "its state is “\(CleanText.line(state))”")
    }
    if record.flag("draft") == true { post.state = .draft }
    takeFiles(record, folder)
  }

  private static func isValid(_ value: String, of key: String, _ dates: SourceDates) -> Bool {
    switch key {
    case "kind": Post.Kind(rawValue: value) != nil
    case "reviewed", "review-by": dates.reader.read(value) != nil
    default: true
    }
  }

  private mutating func takeDates(_ record: SourceRecord, _ dates: SourceDates) {
    let written = record.text("date")
    post.date = dates.read(written)
    if !written.isEmpty, post.date == nil { post.notes.append("the date cannot be read") }
    post.updated = dates.read(record.text("updated"))
  }

  private mutating func takeFiles(_ record: SourceRecord, _ folder: String) {
    guard case .list(let items)? = record["files"] else { return }
    for case .mapping(let entries) in items {
      let file = SourceRecord(entries)
      let (name, path) = (file.text("name"), file.text("path"))
      guard !name.isEmpty, !path.isEmpty else { continue }
      post.files.append(SourceFile(key: path, name: name, path: path, root: folder))
    }
    post.image = record.text("image")
  }
}

/// A line of the type `response`.
struct LinesResponse {
  private(set) var comment: SourceComment
  /// The answered post: the id of a line, or a slug, title or address of the community.
  let post: String
  let personalValues: [String]

  /// Nil when the disk is full.
  init?(
    _ record: SourceRecord, identifier: String, _ options: LinesReader.Options,
    _ texts: SpilledTexts
  ) {
    post = CleanText.line(record.text("post"))
    personalValues = record.personalValues
    comment = SourceComment(
      key: "response-\(post)-\(identifier)", identifiers: [identifier], wishedId: identifier)
    comment.name = CleanText.line(HTMLEntities.decode(record.text("guest", "name")))
    let written = comment.name
    let author = CleanText.line(record.text("author"))
    comment.contributor =
      author.isEmpty
      ? options.contributors.first { $0.utf8.elementsEqual(written.utf8) } : author
    comment.url = CleanText.line(record.text("url"))
    comment.date = options.dates.read(record.text("date"))
    let parent = record.text("reply-to")
    if !parent.isEmpty { comment.parents = [.identifier(CleanText.line(parent))] }
    comment.isMention = record.text("kind") == "mention"
    comment.audience = record.audience
    comment.anchors = record.texts("aliases").map { CleanText.line($0) }
    comment.permalink = record.text("source")
    takeValues(record)
    let removed = CleanText.line(record.text("removed"))
    comment.removed = removed.isEmpty ? nil : removed
    let markup = LinesText(record).markup
    guard let bytes = try? markup.load(), let stored = try? texts.add(bytes) else { return nil }
    comment.text = .stored(stored, isHTML: markup.isHTML)
    comment.leftOut = Self.reasonToLeaveOut(record, options)
  }

  private mutating func takeValues(_ record: SourceRecord) {
    let about = CleanText.line(record.text("about"), maximumLength: 10_000)
    if !about.isEmpty { comment.more.append(("about", [about])) }
    for key in ["stance", "language"] {
      let value = CleanText.line(record.text(key))
      guard !value.isEmpty else { continue }
      let isStance = Response.Stance(rawValue: value) != nil
      if key == "stance" ? isStance : !ImportPlanner.languageTag(value).isEmpty {
        comment.more.append((key, [key == "stance" ? value : ImportPlanner.languageTag(value)]))
      } else {
        comment.notes.append("the value of its “\(key)” is not valid, and was left out")
      }
    }
  }

  /// A response without text is imported if its source shows it.
  private static func reasonToLeaveOut(
    _ record: SourceRecord, _ options: LinesReader.Options
  ) -> String? {
    switch record.text("state") {
    case "", "published": nil
    case "pending":
      options.includesPending ? nil : "it waits for approval (--pending takes it)"
    case "spam": "it is spam"
    case "deleted": "it was deleted"
    case "hidden": "its source hides it"
    case let state: "its state is “\(CleanText.line(state))”"
    }
  }
}

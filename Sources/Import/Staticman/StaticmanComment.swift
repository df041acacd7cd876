import StoaModel

/// Converts a comment file of Staticman, in any of the forms that sites have configured.
struct StaticmanComment {
  var comment: SourceComment
  /// The page that the comment says it is about; empty when it does not say.
  let page: String
  /// Values of fields for personal addresses.
  let personalValues: [String]

  /// Keys that hold the comment's words.
  static let textKeys = ["message", "body", "comment", "content", "text"]
  /// Keys for the parent's identifier.
  private static let identifierKeys = [
    "replying_to_uid", "replying_to_id", "reply_to", "replyToId", "reply_to_id", "replyTo",
    "in_reply_to", "inReplyTo", "parent_id", "parentId", "replyID", "reply_id", "replyThread",
  ]
  /// The key for the parent's position among the direct replies to the post.
  private static let positionKey = "replying_to"

  /// - Parameters:
  ///   - file: the path below the source.
  ///   - text: the body below the front matter; empty for data files.
  init(
    _ record: SourceRecord, text: [UInt8], file: String, dates: SourceDates, options: Options
  ) {
    let stem = StaticmanLayout.stem(of: String(file.split(separator: "/").last ?? ""))
    let identifiers = ["_id", "id", "uid", "uuid"].map { record.text($0) } + [stem]
    var comment = SourceComment(
      key: file, identifiers: identifiers.filter { !$0.isEmpty }, wishedId: stem)
    comment.name = CleanText.line(
      HTMLEntities.decode(record.text("name", "author", "username", "nickname")))
    comment.url = CleanText.line(record.text("url", "website", "site", "link", "web"))
    comment.contributor = options.contributors.first { $0.utf8.elementsEqual(comment.name.utf8) }
    let written = record.text(
      "date", "timestamp", "created_at", "createdAt", "created", "commentDate")
    comment.date = dates.read(written) ?? dates.read(record.text("timestamp", "commentDate"))
    if comment.date == nil {
      // Staticman names files after the time of submission in milliseconds.
      comment.date = stem.split(separator: "-").last.flatMap { dates.read(String($0)) }
      comment.notes.append(
        comment.date == nil ? "no date" : "the date was taken from the file's name")
    }
    comment.parents = Self.parents(in: record, key: options.replyKey)
    let body =
      text.isEmpty || text.allSatisfy { $0 == 0x0A || $0 == 0x20 }
      ? CleanText.clean(record.text(Self.textKeys).utf8) : text
    comment.text =
      switch HTMLGuess.kind(of: body) {
      case .markdown: .markdown(body)
      case .taggedMarkdown: .markdown(InlineTags.translated(body))
      case .html: .html(HTMLGuess.withParagraphs(body))
      }
    comment.anchors = identifiers
    comment.leftOut = Self.reasonToLeaveOut(record, isEmpty: body.isEmpty, options)
    if Markers.hasLiquid(body) { comment.notes.append("Liquid tags are left as they are") }
    self.comment = comment
    page = record.text("_parent", "_paper", "page", "slug", "post")
    personalValues = record.personalValues
  }

  mutating func note(_ note: String) { comment.notes.append(note) }

  struct Options: Sendable {
    var replyKey = ""
    var includesPending = false
    /// Names that contributors used.
    var contributors: [String] = []
  }

  private static func parents(in record: SourceRecord, key: String) -> [SourceComment.Parent] {
    var parents: [SourceComment.Parent] = []
    for name in key.isEmpty ? identifierKeys : [key] {
      let value = record.text(name)
      if !isNothing(value) { parents.append(.identifier(value)) }
    }
    let value = record.text(positionKey)
    if key.isEmpty || key == positionKey, !isNothing(value) {
      if let position = Int(value), position > 0 { parents.append(.position(position)) }
      parents.append(.identifier(value))
    }
    return parents
  }

  /// Forms without a parent submit these values.
  private static func isNothing(_ value: String) -> Bool {
    ["", "0", "null", "~", "undefined", "none", "false", "[]"].contains(value.lowercased())
  }

  private static func reasonToLeaveOut(
    _ record: SourceRecord, isEmpty: Bool, _ options: Options
  ) -> String? {
    let status = record.text("status", "state").lowercased()
    if status == "spam" || record.flag("spam") == true || record.flag("isSpam") == true {
      return "it is spam"
    }
    if status == "deleted" || status == "trash" || record.flag("deleted") == true {
      return "it was deleted"
    }
    let isPending =
      status == "pending" || record.flag("approved") == false || record.flag("published") == false
      || record.flag("pending") == true
    if isPending, !options.includesPending { return "it is in moderation (--pending imports it)" }
    return isEmpty ? "it has no text" : nil
  }
}

/// Converts a `post` of Disqus, which is a comment.
struct DisqusComment {
  let comment: SourceComment

  struct Options {
    let dates: SourceDates
    let includesPending: Bool
    /// Names that contributors used.
    let contributors: [String]
  }

  /// - Parameter index: its place in the export, for comments without an id.
  init(_ element: XMLElement, index: Int, texts: SpilledTexts, options: Options) throws {
    let identifier = element.attributes["dsq:id"] ?? ""
    let own = element.line(of: "id")
    let name = [identifier, own].first { !$0.isEmpty } ?? "without-id-\(index)"
    var comment = SourceComment(
      key: "comment-\(name)", identifiers: [identifier, own].filter { !$0.isEmpty },
      wishedId: "comment-\(name)")
    let author = element.first("author")
    comment.name = HTMLEntities.decode(author?.line(of: "name") ?? "")
    let written = comment.name
    comment.contributor = options.contributors.first { $0.utf8.elementsEqual(written.utf8) }
    comment.url = author?.line(of: "url") ?? ""
    comment.date = options.dates.read(element.line(of: "createdAt"))
    if let parent = element.first("parent")?.attributes["dsq:id"], !parent.isEmpty {
      comment.parents = [.identifier(parent)]
    }
    if !identifier.isEmpty { comment.anchors = ["comment-\(identifier)"] }
    let text = element.text(of: "message")
    comment.text = .stored(try texts.add(Paragraphs.wrap(CodeLines.promoted(text))), isHTML: true)
    comment.leftOut = Self.reasonToLeaveOut(
      element, isEmpty: text.allSatisfy { $0 <= 0x20 }, options)
    self.comment = comment
  }

  private static func reasonToLeaveOut(
    _ element: XMLElement, isEmpty: Bool, _ options: Options
  ) -> String? {
    if element.line(of: "isSpam").lowercased() == "true" { return "it is spam" }
    if element.line(of: "isDeleted").lowercased() == "true" { return "it was deleted" }
    if element.line(of: "isApproved").lowercased() == "false", !options.includesPending {
      return "it is in moderation (--pending imports it)"
    }
    return isEmpty ? "it has no text" : nil
  }
}

import StoaModel

/// Converts a `wp:comment`.
struct WordPressComment {
  let comment: SourceComment

  /// - Parameter index: its index among the item's comments, for comments without a number.
  init(
    _ element: XMLElement, item: WordPressItem, index: Int, survey: WordPressSurvey,
    dates: SourceDates, includesPending: Bool
  ) {
    let number = element.line(of: "wp:comment_id")
    let name = number.isEmpty ? "\(item.identifier)-\(index + 1)" : number
    let type = element.line(of: "wp:comment_type")
    var comment = SourceComment(
      key: "comment-\(name)", identifiers: number.isEmpty ? [] : [number],
      wishedId: "comment-\(name)")
    comment.name = HTMLEntities.decode(element.line(of: "wp:comment_author"))
    comment.url = element.line(of: "wp:comment_author_url")
    comment.date =
      dates.readUTC(element.line(of: "wp:comment_date_gmt"))
      ?? dates.read(element.line(of: "wp:comment_date"))
    comment.isMention = type == "pingback" || type == "trackback"
    comment.contributor = comment.isMention ? nil : Self.contributor(element, comment.name, survey)
    let parent = element.line(of: "wp:comment_parent")
    if !parent.isEmpty, parent != "0" { comment.parents = [.identifier(parent)] }
    comment.anchors = number.isEmpty ? [] : ["comment-\(number)"]
    let text = element.text(of: "wp:comment_content")
    comment.text = .html(Paragraphs.wrap(CodeLines.promoted(text)))
    comment.leftOut = Self.reasonToLeaveOut(element, type, includesPending)
    self.comment = comment
  }

  /// The login of a registered author, or the name if the export does not identify the account.
  private static func contributor(
    _ element: XMLElement, _ name: String, _ survey: WordPressSurvey
  ) -> String? {
    let account = element.line(of: "wp:comment_user_id")
    guard !account.isEmpty, account != "0" else { return nil }
    if let login = survey.logins[account] { return login }
    let address = element.line(of: "wp:comment_author_email").lowercased()
    if let owners = survey.loginsByAddress[address], owners.count == 1 { return owners[0] }
    if let person = survey.people.first(where: { $0.name == name || $0.login == name }) {
      return person.login
    }
    return name.isEmpty ? nil : name
  }

  private static func reasonToLeaveOut(
    _ element: XMLElement, _ type: String, _ includesPending: Bool
  ) -> String? {
    guard ["", "comment", "pingback", "trackback", "review"].contains(type) else {
      return "its type is “\(type)”, which is not a comment"
    }
    switch element.line(of: "wp:comment_approved") {
    case "1", "approve", "approved", "": return nil
    case "0", "hold":
      return includesPending ? nil : "it is in moderation (--pending imports it)"
    case "spam": return "it is spam"
    default: return "it is in the trash"
    }
  }
}

import StoaData
import StoaModel

/// The first post of a topic, with the topic's properties.
struct DiscourseTopic {
  let id: Int
  private(set) var post: SourcePost
  let options: DiscourseReader.Options

  /// - Parameters:
  ///   - head: what `/t/ID.json` says; empty where only posts are known.
  ///   - uploads: paths of uploaded files below `root`, by the SHA-1 that names them.
  init(
    id: Int, head: SourceRecord, opening: SourceRecord, options: DiscourseReader.Options,
    uploads: [String: String], root: String
  ) {
    self.id = id
    self.options = options
    var post = SourcePost(key: Self.key(of: id))
    let slug = head.text("slug").isEmpty ? opening.text("topic_slug") : head.text("slug")
    post.title = CleanText.line(
      HTMLEntities.decode(
        head.text("title").isEmpty ? opening.text("topic_title") : head.text("title")))
    post.wishedSlug = slug
    post.authors = [DiscoursePost.name(of: opening)]
    post.date = options.dates.read(opening.text("created_at"))
    let path = slug.isEmpty || slug == "-" ? "/t/\(id)" : "/t/\(slug)/\(id)"
    post.oldAddresses = ["\(path)/"]
    post.linkNames = ["/t/\(id)", "/t/-/\(id)"]
    if !options.url.isEmpty { post.permalink = options.url + path }
    post.isPinned = head.flag("pinned_globally") == true
    post.acceptsResponses = head.flag("closed") != true && head.flag("archived") != true
    post.topics =
      head.texts("tags").map { CleanText.line($0) }
      + head.list("tags").map { CleanText.line($0.text("name")) }
    if head.text("archetype") == "private_message" {
      post.state = .leftOut(reason: "it is a private message")
    } else if head.flag("visible") == false
      || DiscoursePost.reasonToLeaveOut(head, isEmpty: false) != nil
      || DiscoursePost.reasonToLeaveOut(opening, isEmpty: false) != nil
    {
      post.state = .leftOut(reason: "its source hides it")
    }
    if let answer = head.record("accepted_answer")?.text("post_number"), !answer.isEmpty {
      post.answer = "post_\(answer)"
    }
    let body = DiscourseBody(opening, isComment: false, uploads: uploads, options: options)
    post.text = body.text
    post.notes += body.notes
    post.files = body.files.map {
      SourceFile(key: $0.path, name: $0.name, path: $0.path, root: root)
    }
    self.post = post
  }

  static func key(of id: Int) -> String { "topic-\(id)" }
}

/// A post that answers in a topic.
struct DiscoursePost {
  private(set) var comment: SourceComment
  let isAccepted: Bool

  init(_ record: SourceRecord, number: Int, topic: DiscourseTopic, opening: Int) {
    let anchor = "post_\(number)"
    comment = SourceComment(
      key: "\(topic.post.key)-\(anchor)", identifiers: [anchor], wishedId: "post-\(number)")
    comment.name = Self.name(of: record)
    comment.date = topic.options.dates.read(record.text("created_at"))
    if let parent = Int(record.text("reply_to_post_number")), parent != opening {
      comment.parents = [.identifier("post_\(parent)")]
    }
    comment.anchors = [anchor]
    if !topic.options.url.isEmpty {
      comment.permalink = "\(topic.options.url)/t/\(topic.id)/\(number)"
    }
    let body = DiscourseBody(record, isComment: true, uploads: [:], options: topic.options)
    comment.text = body.text
    comment.notes = body.notes
    comment.leftOut = Self.reasonToLeaveOut(record, isEmpty: body.text.count == 0)
    isAccepted = record.flag("accepted_answer") == true
  }

  static func name(of record: SourceRecord) -> String {
    let name = CleanText.line(record.text("name"))
    return name.isEmpty || name == "null" ? CleanText.line(record.text("username")) : name
  }

  static func reasonToLeaveOut(_ record: SourceRecord, isEmpty: Bool) -> String? {
    let deleted = record.text("deleted_at")
    if !deleted.isEmpty && deleted != "null" || record.flag("user_deleted") == true {
      return "it was deleted"
    }
    if record.flag("hidden") == true { return "its source hides it" }
    switch record.text("post_type") {
    case "3": return "it says what a moderator did"
    case "4": return "it is a whisper, which its source hides"
    default: return isEmpty ? "it has no text" : nil
    }
  }
}

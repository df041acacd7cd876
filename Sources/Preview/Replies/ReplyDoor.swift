import StoaAddresses
import StoaIntake
import StoaLink
import StoaModel
import StoaRender
import StoaSystem

/// Receives replies on the pages of a preview: each immediately becomes a file of the community.
struct ReplyDoor: Sendable {
  /// The URL of the form, which no file of a site can have.
  static let path = "/.stoa-preview/reply"
  /// The maximum size of a form in bytes: the longest text with every byte encoded, and room for the other fields.
  static let maximumBodySize = 3 * ResponseFile.maximumTextSize + 16_384

  private let root: RootFolder
  /// Different in each run of the program; pages of other origins cannot read it.
  private let token: String
  /// The name of the preview's user, who replies as an author; nil when it is unknown, or when others can reach the form too.
  private let author: String?
  private let textCheck: ReplyTextCheck
  /// Seconds since 1970.
  private let now: @Sendable () throws -> Int64

  init(
    root: String, author: String?, token: String = ReplyDoor.makeToken(),
    textCheck: ReplyTextCheck, now: @escaping @Sendable () throws -> Int64
  ) {
    self.root = RootFolder(root)
    self.author = author
    self.token = token
    self.textCheck = textCheck
    self.now = now
  }

  /// 128 bits from the system's generator.
  static func makeToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in String(generator.next(), radix: 36) }.joined()
  }

  /// The form on every conversation.
  var form: ReplyForm {
    ReplyForm(
      action: Self.path, token: token, name: author ?? "", note: "reply-note-preview")
  }

  enum Answer {
    case page(PreviewContent)
    /// A response is in its file, and will be at this address once the file is read.
    case written(PublishedReply)
  }

  /// Shows the form on a separate page.
  func page(for request: PreviewRequest, in context: RenderContext) -> PreviewContent {
    let query = request.target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
    let fields = FormField.decode(query) ?? []
    var draft = ReplyDraft(Submission(fields))
    let target = context.community.replyTarget(draft.post)
    if target == nil { draft = ReplyDraft(Submission(fields), words: "reply-problem-post") }
    draft.name = draft.name.isEmpty ? form.name : draft.name
    return page(draft, status: target == nil ? 404 : 200, in: context)
  }

  /// Processes a submitted form.
  func take(_ request: PreviewRequest, in context: RenderContext) async -> Answer {
    guard request.isFromSameOrigin else {
      return .page(
        PreviewContent(status: 403, "Only pages of this preview can send replies."))
    }
    guard request.isForm, let fields = FormField.decode(request.body) else {
      return .page(PreviewContent(status: 415, "Replies must come from a form."))
    }
    let submission = Submission(fields)
    // The token lives only as long as the process, so the duration of the comparison reveals nothing useful.
    guard fields.last(where: { $0.name == "token" })?.value == token else {
      return .page(
        page(ReplyDraft(submission, words: "reply-problem-token"), status: 422, in: context))
    }
    let community = context.community
    let author = self.author.flatMap { name in
      TypedText.line(submission.name) == name ? community.handle(ofPersonNamed: name) ?? name : nil
    }
    let outcome = await submission.checked(
      author: author, answering: community.replyTarget(submission.post)
    ) { await textCheck.canShow($0, settings: community.settings) }
    switch outcome {
    case .refused(let problems):
      return .page(page(ReplyDraft(submission, problems), status: 422, in: context))
    case .accepted(let reply):
      do {
        return .written(try write(reply, in: community))
      } catch {
        return .page(
          page(ReplyDraft(submission, words: "reply-problem-disk"), status: 500, in: context))
      }
    }
  }

  private func write(_ reply: CheckedReply, in community: Community) throws -> PublishedReply {
    let date = Timestamp(seconds: try now(), offset: 0, isDay: false)
    let file = try ResponseFile.create(on: date.day) {
      reply.file(id: $0, date: date)
    } by: { file in
      try root.create(file.path, file.bytes)
    }
    return PublishedReply(
      post: file.post, id: file.id, page: community.conversation(file.post)?.address ?? .home)
  }

  private func page(
    _ draft: ReplyDraft, status: Int, in context: RenderContext
  ) -> PreviewContent {
    do {
      return PreviewContent(
        status: status, type: ContentType.of("index.html"),
        bytes: try context.replyPage(draft, form: form))
    } catch {
      return PreviewContent(status: 500, "The page cannot be made: \(error)")
    }
  }
}

/// A response that was written, and the page that will show it.
package struct PublishedReply: Sendable, Hashable {
  let post: String
  let id: String
  let page: SiteAddress

  /// The address at which the response will be.
  var location: String { page.with(fragment: "response-\(id)").encoded() }

  func isShown(by snapshot: SiteSnapshot) -> Bool {
    let conversation = snapshot.renderContext?.community.conversation(post)
    return conversation?.responses.contains { $0.response.id == id } ?? false
  }
}

extension Community {
  /// The handle of the contributor with this name or alias.
  fileprivate func handle(ofPersonNamed name: String) -> String? {
    let key = NameKey(name)
    return contributors.first { contributor in
      NameKey(contributor.handle) == key || NameKey(contributor.name) == key
        || contributor.file?.aliases.contains { NameKey($0.value) == key } ?? false
    }?.handle
  }
}

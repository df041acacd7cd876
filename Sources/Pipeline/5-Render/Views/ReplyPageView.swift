import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The page with the reply form alone, without the conversation.
///
/// A site does not contain it: a preview or a service renders it on request.
struct ReplyPageView: PageModel {
  static let kind = PageKind.reply

  let frame: PageFrame.Parts
  private let draft: ReplyDraft
  private let form: ReplyForm
  private let context: ViewContext
  private let conversation: Conversation?
  private let answered: ThreadedResponse?
  private let preview: LinkedBody?

  init(
    _ draft: ReplyDraft, _ form: ReplyForm, preview: LinkedBody?, _ frame: PageFrame,
    _ context: ViewContext
  ) {
    self.draft = draft
    self.form = form
    self.preview = preview
    self.context = context
    conversation = context.community.conversations.first {
      $0.post.slug.utf8.elementsEqual(draft.post.utf8)
    }
    answered = conversation?.responses.first {
      $0.response.id.utf8.elementsEqual(draft.replyTo.utf8)
    }
    let title =
      switch draft.stage {
      case .notice(let notice): context.strings.text(notice.title)
      case .sent: context.strings.text("reply-thanks")
      case .form, .look:
        answered.map {
          context.strings.phrase("reply-to-person", ["name": context.name(of: $0)])
        } ?? context.title(of: .reply)
      }
    var page = PageFrame.Description(conversation?.address ?? .home, title)
    page.isEverywhere = true
    self.frame = frame.parts(page)
  }

  private var notice: ServiceNotice? {
    if case .notice(let notice) = draft.stage { notice } else { nil }
  }

  static func plan(_ planner: inout Planner) {}

  static let shape = Shape<Self>(
    page: .reply,
    [
      .record("conversation", of: LinkView.self, "the post, if there is one") { view in
        view.conversation.map { view.context.link($0.address, $0.title) }
      },
      .record("answered", of: AnsweredView.self, "the response that is answered, if one is") {
        view in
        guard let conversation = view.conversation, let answered = view.answered else { return nil }
        return Part(AnsweredView(conversation: conversation, response: answered, view.context))
      },
      .flaggedList("problems", of: ProblemView.self, "the problems, in the order of the fields") {
        view in
        view.draft.problems.map {
          Part(ProblemView(field: $0.field, words: view.context.strings.text($0.words)))
        }
      },
      .flag("isLook", "whether the author has to confirm it") {
        $0.draft.stage == .look
      },
      .flag("isSent", "whether it has been sent") { $0.draft.stage == .sent },
      .record(
        "send", of: SendFormView.self,
        "the form; nothing where there is neither post nor text, or when it has been sent"
      ) {
        view in
        view.draft.stage == .sent || view.notice != nil
          || view.conversation == nil && view.draft.text.isEmpty
          ? nil : Part(SendFormView(view.draft, view.form, view.context))
      },
      .record("preview", of: QuotedView.self, "the preview of the text") { view in
        view.notice == nil && view.preview != nil
          ? Part(QuotedView(name: view.draft.name, body: view.preview, view.context)) : nil
      },
      .flag("willTell", "whether a mail asks the author to confirm the wish for notices of answers")
      {
        $0.draft.tells
      },
      .record("notice", of: NoticeView.self, "what a link of a mail leads to") { view in
        view.notice.map { notice in
          Part(
            NoticeView(
              notice: notice,
              quoted: QuotedView(name: view.draft.name, body: view.preview, view.context),
              context: view.context))
        }
      },
    ])

  /// A name with a rendered body: the preview of a reply, or the reply that a moderator decides about.
  struct QuotedView: Shaped {
    fileprivate let name: String
    fileprivate let body: LinkedBody?
    fileprivate let context: ViewContext

    fileprivate init(name: String, body: LinkedBody?, _ context: ViewContext) {
      self.name = name
      self.body = body
      self.context = context
    }

    static let shape = Shape<Self>(
      "quoted reply",
      [
        .text("name", "who wrote it") { $0.name },
        .html("body", "its text") { view in
          view.body.flatMap { view.context.markup($0, isFromVisitors: true) }
        },
      ])
  }

  struct NoticeView: Shaped {
    fileprivate let notice: ServiceNotice
    fileprivate let quoted: QuotedView
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "notice",
      [
        .text("text", "what it is about, in words") { $0.context.strings.text($0.notice.text) },
        .text("button", "what can be done, or empty") { view in
          view.notice.button.map { view.context.strings.text($0) } ?? ""
        },
        .text("action", "where the button goes") { $0.notice.action },
        .list("fields", of: ReplyView.FieldView.self, "what it sends") {
          $0.notice.fields.map { Part(ReplyView.FieldView(name: $0.name, value: $0.value)) }
        },
        .text("name", "who wrote the reply that it is about, or empty") {
          $0.quoted.body == nil ? "" : $0.quoted.name
        },
        .html("body", "what that says") { view in
          view.quoted.body.flatMap { view.context.markup($0, isFromVisitors: true) }
        },
      ])
  }

  struct ProblemView: Shaped {
    fileprivate let field: String
    fileprivate let words: String

    static let shape = Shape<Self>(
      "problem",
      [
        .text("fragment", "the anchor of the field that it is about, or empty") {
          SendFormView.shown.contains($0.field) ? "reply-\($0.field)" : ""
        },
        .text("text", "in words") { $0.words },
      ])
  }

  struct AnsweredView: Shaped {
    private let conversation: Conversation
    private let response: ThreadedResponse
    private let context: ViewContext

    fileprivate init(
      conversation: Conversation, response: ThreadedResponse, _ context: ViewContext
    ) {
      self.conversation = conversation
      self.response = response
      self.context = context
    }

    static let shape = Shape<Self>(
      "answered",
      [
        .text("url", "its address") { view in
          view.context.href(view.conversation.address) + "#" + view.response.encodedFragment
        },
        .text("name", "who wrote it") { $0.context.name(of: $0.response) },
        .text("language", "the language of its text, or empty when it does not say") {
          $0.response.response.language ?? ""
        },
        .text("direction", "`ltr` or `rtl`, for that language") { view in
          view.response.response.language.map { view.context.direction(of: $0) } ?? ""
        },
        .html("body", "its text; nothing for a tombstone") { view in
          view.response.response.removed == nil
            ? view.context.markup(view.response.body, isFromVisitors: true) : nil
        },
      ])
  }
}

/// The form that sends a reply to a preview or a service.
struct SendFormView: Shaped {
  private let draft: ReplyDraft
  private let form: ReplyForm
  private let context: ViewContext

  init(_ draft: ReplyDraft, _ form: ReplyForm, _ context: ViewContext) {
    self.draft = draft
    self.form = form
    self.context = context
  }

  /// The names of the visible fields.
  static let shown = ["name", "website", "stance", "text", "mail"]

  static let shape = Shape<Self>(
    "send",
    [
      .text("action", "where the form goes") { $0.form.action },
      .list("fields", of: ReplyView.FieldView.self, "its hidden fields") { $0.hidden },
      .text("replyTo", "the id of the response that is answered, or empty for the post") {
        $0.draft.replyTo
      },
      .text("name", "the value of the field for the name") { $0.draft.name },
      .text("website", "the value of the field for the website") { $0.draft.website },
      .text("text", "the value of the field for the text") { $0.draft.text },
      .list("stances", of: StanceChoiceView.self, "the stances to choose from") { view in
        Response.Stance.allCases.map {
          Part(
            StanceChoiceView(
              name: $0.rawValue, label: view.context.strings.text("stance-\($0.rawValue)"),
              isChosen: $0.rawValue == view.draft.stance))
        }
      },
      .text("nameProblem", "the problem with the name, or empty") { $0.problem("name") },
      .text("websiteProblem", "the problem with the website, or empty") { $0.problem("website") },
      .text("stanceProblem", "the problem with the stance, or empty") { $0.problem("stance") },
      .text("textProblem", "the problem with the text, or empty") { $0.problem("text") },
      .text("tokenUrl", "where a script gets a token for the form, or empty") {
        $0.form.tokenAddress
      },
      .flag("asksMail", "whether notices of answers by mail are possible") { $0.form.isOfService },
      .text("mail", "the value of the field for the mail address") { $0.draft.mail },
      .text("mailProblem", "the problem with the mail address, or empty") { $0.problem("mail") },
      .flag("tells", "whether notices of answers are requested") { $0.draft.tells },
      .flag("hasPreview", "whether there is a preview before it is sent") {
        $0.form.isOfService
      },
      .text("note", "what happens to a reply that is sent") {
        $0.context.strings.text($0.form.note)
      },
    ])

  struct StanceChoiceView: Shaped {
    fileprivate let name: String
    fileprivate let label: String
    fileprivate let isChosen: Bool

    static let shape = Shape<Self>(
      "stance to choose",
      [
        .text("name", "builds-on, differs, experience or asks") { $0.name },
        .text("label", "in words") { $0.label },
        .flag("isChosen", "whether it is the one that was chosen") { $0.isChosen },
      ])
  }

  private var hidden: [Part<ReplyView.FieldView>] {
    var fields = [Part(ReplyView.FieldView(name: "post", value: draft.post))]
    if !form.token.isEmpty {
      fields.append(Part(ReplyView.FieldView(name: "token", value: form.token)))
    }
    return fields
  }

  private func problem(_ field: String) -> String {
    draft.problems.first { $0.field == field }.map { context.strings.text($0.words) } ?? ""
  }
}

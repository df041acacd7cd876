import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The ways to reply, all of which work without a script: a form for one of our programs, the forge's page for a new file, e-mail,
/// the command line.
struct ReplyView: Shaped {
  private let conversation: Conversation
  private let context: ViewContext

  /// Nil when the community offers no way to reply, or the conversation is closed.
  init?(_ conversation: Conversation, _ context: ViewContext) {
    guard Self.offersReply(conversation, context) else { return nil }
    self.conversation = conversation
    self.context = context
  }

  static let shape = Shape<Self>(
    "reply",
    [
      .record("send", of: SendFormView.self, "a form that sends the reply itself") { $0.send },
      .record("issue", of: IssueFormView.self, "a form that opens a new issue, filled in") {
        $0.issue
      },
      .record("form", of: FormView.self, "a form that opens the forge's new-file page, filled in") {
        $0.form
      },
      .record(
        "copy", of: CopyView.self, "a text to copy, for a forge that accepts only a file's name"
      ) {
        $0.copy
      },
      .text("mail", "a mailto address with subject and body, or empty") { view in
        view.context.settings.reply.mail.map {
          mail(to: $0, nil, view.conversation, view.context)
        } ?? ""
      },
      .text("command", "the command that makes the file, or empty") {
        $0.context.settings.reply.command ? "stoa reply \($0.conversation.post.slug)" : ""
      },
      .flag("hasOtherWays", "whether there is mail or a command") {
        $0.context.settings.reply.mail != nil || $0.context.settings.reply.command
      },
    ])

  struct FormView: Shaped {
    fileprivate let action: String
    fileprivate let fileName: String
    fileprivate let text: String
    fileprivate let isDated: Bool

    static let shape = Shape<Self>(
      "form",
      [
        .text("action", "the URL that the form is sent to") { $0.action },
        .list("fields", of: FieldView.self, "its hidden fields") {
          [Part(FieldView(name: "filename", value: $0.fileName))]
        },
        .text("text", "the initial text of the text area") { $0.text },
        .flag("isDated", "whether the file needs a date, because git's history is not used") {
          $0.isDated
        },
      ])
  }

  struct FieldView: Shaped {
    let name: String
    let value: String

    static let shape = Shape<Self>(
      "field",
      [.text("name", "its name") { $0.name }, .text("value", "its value") { $0.value }])
  }

  struct CopyView: Shaped {
    fileprivate let url: String
    fileprivate let text: String
    fileprivate let isDated: Bool

    static let shape = Shape<Self>(
      "copy",
      [
        .text("url", "the forge's new-file page") { $0.url },
        .text("text", "what to put into the file") { $0.text },
        .flag("isDated", "whether the file needs a date, because git's history is not used") {
          $0.isDated
        },
      ])
  }

  private var send: Part<SendFormView>? {
    context.replyForm.map { form in
      var draft = ReplyDraft()
      draft.post = conversation.post.slug
      draft.name = form.name
      return Part(SendFormView(draft, form, context))
    }
  }

  private var forge: Settings.Forge? {
    context.settings.forgeReply == .file && context.replyForm == nil ? context.settings.forge : nil
  }

  private var issue: Part<IssueFormView>? {
    guard context.settings.forgeReply == .issue, context.replyForm == nil,
      let forge = context.settings.forge
    else { return nil }
    return Part(IssueFormView(IssueLink(forge, context.strings, conversation), context.strings))
  }

  private var form: Part<FormView>? {
    guard let forge, forge.kind != .gitlab, let links = ForgeLinks(forge) else { return nil }
    return Part(
      FormView(
        action: links.newFile(in: Self.folder(conversation)),
        fileName: Self.fileName(answering: nil, conversation),
        text: Self.template(answering: nil, conversation, context), isDated: isDated))
  }

  private var isDated: Bool { context.settings.history == Settings.History.none }

  private var copy: Part<CopyView>? {
    guard let forge, forge.kind == .gitlab, let links = ForgeLinks(forge) else { return nil }
    let name = PercentEncoding.encode(
      Self.fileName(answering: nil, conversation), keeping: PercentEncoding.queryValue)
    return Part(
      CopyView(
        url: "\(links.newFile(in: Self.folder(conversation)))?file_name=\(name)",
        text: Self.template(answering: nil, conversation, context), isDated: isDated))
  }

  /// The target of a response's reply link: the forge's page for a new file with `reply-to` filled in, an e-mail that names the
  /// response, or otherwise the ways to reply below.
  static func address(
    answering index: Index<ThreadedResponse>, in conversation: Conversation, _ context: ViewContext
  ) -> String {
    let response = conversation.responses[index]
    let settings = context.settings
    guard offersReply(conversation, context) else { return "" }
    if let form = context.replyForm {
      return form.address(answering: response.response.id, of: conversation.post.slug)
    }
    if settings.forgeReply == .issue, let forge = settings.forge {
      return IssueLink(forge, context.strings, conversation).address(
        answering: response.response.id)
    }
    if settings.forgeReply == .file, let forge = settings.forge, forge.kind != .gitlab,
      let links = ForgeLinks(forge)
    {
      return links.newFile(
        in: folder(conversation), named: fileName(answering: index, conversation),
        text: template(answering: response, conversation, context))
    }
    if settings.forgeReply == .off, let address = settings.reply.mail {
      return mail(to: address, response, conversation, context)
    }
    return "#reply"
  }

  private static func offersReply(_ conversation: Conversation, _ context: ViewContext) -> Bool {
    conversation.post.acceptsResponses && offersReply(context)
  }

  /// Whether the community offers a way to answer.
  static func offersReply(_ context: ViewContext) -> Bool {
    let settings = context.settings
    return context.replyForm != nil || settings.forgeReply != .off || settings.reply.mail != nil
      || settings.reply.command
  }

  private static func folder(_ conversation: Conversation) -> String {
    "content/responses/\(conversation.post.slug)"
  }

  /// A suggested file name, which authors without a script can change.
  ///
  /// It depends on what is answered and on the existing replies, so that it changes with each new reply.
  private static func fileName(
    answering index: Index<ThreadedResponse>?, _ conversation: Conversation
  ) -> String {
    let ids = conversation.answers(to: index).map(\.response.id)
    let target = index.map { conversation.responses[$0].response.id } ?? ""
    let seed = "\(target)\n" + ids.joined(separator: "\n")
    var lot = SHA256.hexadecimal(of: Array(seed.utf8)).prefix(8)
    while ids.contains("your-name-\(lot)") {
      lot = SHA256.hexadecimal(of: Array(lot.utf8)).prefix(8)
    }
    return "your-name-\(lot).md"
  }

  /// The response's file with the known values filled in.
  ///
  /// Its date is the commit's. If git is not used, it is the date of the newest document on the page; authors without a script
  /// replace it with their own.
  private static func template(
    answering response: ThreadedResponse?, _ conversation: Conversation, _ context: ViewContext
  ) -> String {
    var text = "---\nguest: \(context.strings.text("reply-your-name"))\n"
    if context.settings.history == Settings.History.none {
      text += "date: \(conversation.latestActivity.day)\n"
    }
    if let response { text += "reply-to: \(response.response.id)\n" }
    return text + "---\n\n"
  }

  private static func mail(
    to address: String, _ response: ThreadedResponse?, _ conversation: Conversation,
    _ context: ViewContext
  ) -> String {
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    let subject = context.strings.phrase("reply-subject", ["title": conversation.title])
    let place = context.site.absolute(
      response.map { conversation.address.with(fragment: $0.fragment) } ?? conversation.address)
    let recipient = PercentEncoding.encode(address, keeping: PercentEncoding.path)
    return "mailto:\(recipient)?subject=\(encode(subject))&body=\(encode("\(place)\n\n"))"
  }
}

extension CopyOnWrite<ConversationEntry> {
  /// The direct replies to a response, or to the post with its mentions, in order; their own replies are skipped.
  fileprivate func answers(to index: Index<ThreadedResponse>?) -> [ThreadedResponse] {
    let responses = self.responses
    var position = index.map { $0.position + 1 } ?? 0
    let end = index.map { position + responses[$0].descendants } ?? responses.count
    var answers: [ThreadedResponse] = []
    while position < end {
      answers.append(responses[position])
      position += 1 + responses[position].descendants
    }
    return index == nil ? answers + self.mentions : answers
  }
}

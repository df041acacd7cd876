internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The ways to answer that need no server of ours and no script: the forge's new-file page, mail, the command line.
internal enum ReplyView {
  internal static let shape = Shape(
    "reply",
    [
      .init("form", .record { form }, "a form that opens the forge's new-file page, filled in"),
      .init("copy", .record { copy }, "a text to copy, for a forge that takes only a file's name"),
      .init("mail", .text, "a mailto address with subject and body, or empty"),
      .init("command", .text, "the command that makes the file, or empty"),
      .init("hasOtherWays", .flag, "whether there is mail or a command"),
    ])

  internal static let form = Shape(
    "form",
    [
      .init("action", .text, "where the form goes"),
      .init("fields", .records { field }, "its hidden fields"),
      .init("text", .text, "what the text area begins with"),
    ])

  internal static let field = Shape(
    "field", [.init("name", .text, "its name"), .init("value", .text, "its value")])

  internal static let copy = Shape(
    "copy",
    [
      .init("url", .text, "the forge's new-file page"),
      .init("text", .text, "what to put into the file"),
    ])

  /// Nothing when the community offers no way to answer, or the conversation is closed.
  internal static func view(_ conversation: Conversation, _ context: ViewContext) -> Value {
    guard offersReply(conversation, context) else { return .nothing }
    let settings = context.settings
    let forge = settings.reply.forge ? settings.forge : nil
    let text = template(answering: nil, conversation, context)
    return .record(
      Record(
        shape,
        [
          "form": form(forge, text, conversation, context),
          "copy": copy(forge, text, conversation),
          "mail": .text(settings.reply.mail.map { mail(to: $0, nil, conversation, context) } ?? ""),
          "command": .text(settings.reply.command ? "stoa reply \(conversation.post.slug)" : ""),
          "hasOtherWays": .flag(settings.reply.mail != nil || settings.reply.command),
        ]))
  }

  /// Where the reply link of a response leads: the forge's new-file page with `reply-to` filled in, a mail that names the
  /// response, or else the ways to answer below.
  internal static func address(
    answering response: ThreadedResponse, in conversation: Conversation, _ context: ViewContext
  ) -> String {
    let settings = context.settings
    guard offersReply(conversation, context) else { return "" }
    if settings.reply.forge, let forge = settings.forge, forge.kind != .gitlab,
      let links = ForgeLinks(forge)
    {
      let value = PercentEncoding.encode(
        template(answering: response, conversation, context), keeping: PercentEncoding.queryValue)
      let name = PercentEncoding.encode(
        fileName(answering: response, conversation), keeping: PercentEncoding.queryValue)
      return "\(links.newFile(in: folder(conversation)))?filename=\(name)&value=\(value)"
    }
    if !(settings.reply.forge && settings.forge != nil), let address = settings.reply.mail {
      return mail(to: address, response, conversation, context)
    }
    return "#reply"
  }

  private static func offersReply(_ conversation: Conversation, _ context: ViewContext) -> Bool {
    let settings = context.settings
    let byForge = settings.reply.forge && settings.forge != nil
    return conversation.post.acceptsResponses
      && (byForge || settings.reply.mail != nil || settings.reply.command)
  }

  private static func form(
    _ forge: Settings.Forge?, _ text: String, _ conversation: Conversation, _ context: ViewContext
  ) -> Value {
    guard let forge, forge.kind != .gitlab, let links = ForgeLinks(forge) else { return .nothing }
    let name = Record(
      field,
      ["name": .text("filename"), "value": .text(fileName(answering: nil, conversation))])
    return .record(
      Record(
        form,
        [
          "action": .text(links.newFile(in: folder(conversation))),
          "fields": .list([.record(name)]), "text": .text(text),
        ]))
  }

  private static func copy(
    _ forge: Settings.Forge?, _ text: String, _ conversation: Conversation
  ) -> Value {
    guard let forge, forge.kind == .gitlab, let links = ForgeLinks(forge) else { return .nothing }
    let name = PercentEncoding.encode(
      fileName(answering: nil, conversation), keeping: PercentEncoding.queryValue)
    let url = "\(links.newFile(in: folder(conversation)))?file_name=\(name)"
    return .record(Record(copy, ["url": .text(url), "text": .text(text)]))
  }

  private static func folder(_ conversation: Conversation) -> String {
    "content/responses/\(conversation.post.slug)"
  }

  /// A name that says what to do with it: whoever replies without a script gives the file a name of its own.
  private static func fileName(
    answering response: ThreadedResponse?, _ conversation: Conversation
  ) -> String {
    "your-name-\(conversation.responses.count + conversation.mentions.count + 1).md"
  }

  /// The response's file as far as it can be known.
  ///
  /// Its date is the commit's.
  private static func template(
    answering response: ThreadedResponse?, _ conversation: Conversation, _ context: ViewContext
  ) -> String {
    var text = "---\nguest: \(context.words.text("reply-your-name"))\n"
    if let response { text += "reply-to: \(response.response.id)\n" }
    return text + "---\n\n"
  }

  private static func mail(
    to address: String, _ response: ThreadedResponse?, _ conversation: Conversation,
    _ context: ViewContext
  ) -> String {
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    let subject = context.words.phrase("reply-subject", ["title": conversation.title])
    let place = context.site.absolute(
      response.map { conversation.address.with(fragment: $0.fragment) } ?? conversation.address)
    let recipient = PercentEncoding.encode(address, keeping: PercentEncoding.path)
    return "mailto:\(recipient)?subject=\(encode(subject))&body=\(encode("\(place)\n\n"))"
  }
}

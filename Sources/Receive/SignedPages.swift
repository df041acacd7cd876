import StoaAddresses
import StoaIntake
import StoaLink
import StoaModel
import StoaPreview
import StoaRender

/// The pages behind the links in mails.
///
/// Opening a link changes nothing: each page has one button, which does what the link is for.
extension ReplyService {
  /// The content of a link in a mail.
  private struct Signed {
    let action: SignedAction
    let item: String
    let token: String
    let verdict: ActionTokens.Verdict
  }

  private func signed(_ fields: [FormField]) -> Signed? {
    let value = { (name: String) in fields.first { $0.name == name }?.value ?? "" }
    guard let action = SignedAction(rawValue: value("do")) else { return nil }
    let (item, token) = (value("item"), value("token"))
    return Signed(
      action: action, item: item, token: token,
      verdict: actionTokens.verdict(on: token, action, item, at: actions.now()))
  }

  /// The subject of a request for such a page, or of its button; nil for any other request.
  private func signed(_ request: ServiceRequest) -> Signed? {
    let query = FormField.decode(request.query) ?? []
    guard request.method == "POST" else { return signed(query) }
    guard request.isForm || request.contentType.hasPrefix("multipart/form-data") else { return nil }
    // A mail program's one-click unsubscribe sends a single field; everything else is in the URL.
    return signed(query + (FormField.decode(request.body) ?? []))
  }

  /// The URL that a mail contains for an action.
  func link(_ action: SignedAction, _ item: String, until end: Int64) -> String {
    let page = action == .accept || action == .reject ? "decide" : "notices"
    let token = actionTokens.make(action, item, until: end)
    return "\(url)/\(page)?do=\(action.rawValue)&item=\(item)&token=\(token)"
  }

  private func isAllowed(_ request: ServiceRequest) -> Bool {
    switch request.method {
    case "GET", "HEAD": true
    case "POST": request.origin.map { $0 == origin } ?? true
    default: false
    }
  }

  /// Accepts or rejects a reply.
  func decide(_ request: ServiceRequest, in context: RenderContext) async -> ServiceAnswer {
    guard isAllowed(request) else { return ServiceAnswer(status: 403, "Not from here.") }
    guard let signed = signed(request), signed.action == .accept || signed.action == .reject,
      signed.verdict == .valid
    else { return invalid(in: context) }
    let word = signed.action.rawValue
    guard let reply = await actions.openReply(signed.item) else {
      return notice("moderate-decided", status: 410, in: context)
    }
    guard request.method == "POST" else {
      var draft = ReplyDraft()
      draft.post = reply.file.post
      draft.replyTo = reply.replyTo ?? ""
      draft.name = reply.name
      var notice = ServiceNotice(title: "moderate-\(word)", text: "moderate-\(word)-text")
      notice.button = "moderate-\(word)-button"
      (notice.action, notice.fields) = ("\(url)/decide", fields(signed))
      draft.stage = .notice(notice)
      let body = await actions.preview(reply.text, reply.file.post)
      return secret(page(draft, preview: body, status: 200, in: context))
    }
    do {
      guard try await actions.decide(signed.item, signed.action == .accept) else {
        return notice("moderate-decided", status: 410, in: context)
      }
    } catch {
      return ServiceAnswer(status: 503, "It could not be written. Try again.")
    }
    return notice(
      signed.action == .accept ? "moderate-accepted" : "moderate-rejected", status: 200, in: context
    )
  }

  /// Confirms or deletes an address.
  func notices(_ request: ServiceRequest, in context: RenderContext) async -> ServiceAnswer {
    guard isAllowed(request) else { return ServiceAnswer(status: 403, "Not from here.") }
    guard let signed = signed(request), signed.action == .confirm || signed.action == .forget,
      signed.verdict == .valid
    else { return invalid(in: context) }
    let word = signed.action.rawValue
    guard request.method == "POST" else {
      var notice = ServiceNotice(title: "notices-\(word)", text: "notices-\(word)-text")
      notice.button = "notices-\(word)-button"
      (notice.action, notice.fields) = ("\(url)/notices", fields(signed))
      var draft = ReplyDraft()
      draft.stage = .notice(notice)
      return secret(page(draft, status: 200, in: context))
    }
    do {
      if signed.action == .forget {
        try await actions.forget(signed.item)
        return notice("notices-forgotten", status: 200, in: context)
      }
      guard try await actions.confirm(signed.item) else { return invalid(in: context) }
      return notice("notices-confirmed", status: 200, in: context)
    } catch {
      return ServiceAnswer(status: 503, "It could not be written. Try again.")
    }
  }

  private func fields(_ signed: Signed) -> [ServiceNotice.Field] {
    [
      ServiceNotice.Field("do", signed.action.rawValue), ServiceNotice.Field("item", signed.item),
      ServiceNotice.Field("token", signed.token),
    ]
  }

  private func invalid(in context: RenderContext) -> ServiceAnswer {
    notice("link-invalid", status: 403, in: context)
  }

  private func notice(_ words: String, status: Int, in context: RenderContext) -> ServiceAnswer {
    var draft = ReplyDraft()
    draft.stage = .notice(ServiceNotice(title: words, text: "\(words)-text"))
    return secret(page(draft, status: status, in: context))
  }

  private func secret(_ answer: ServiceAnswer) -> ServiceAnswer {
    var answer = answer
    answer.isSecret = true
    return answer
  }
}

import StoaAddresses
import StoaIntake
package import StoaLink
import StoaModel
package import StoaPreview
import StoaRender

package typealias PreviewedText = LinkedBody

/// Receives replies from forms, and shows the pages around them.
///
/// Only `ServiceActions` has side effects, and a reply is acknowledged after them.
package struct ReplyService: Sendable {
  /// The maximum size of a form's request: a text of the maximum length with every byte percent-encoded, and room for the other
  /// fields.
  package static let maximumBodySize = 3 * ResponseFile.maximumTextSize + 16_384

  let origin: String
  let url: String
  let pathPrefix: String
  let actions: ServiceActions
  private let tokens: FormTokens
  let actionTokens: ActionTokens
  private let key: [UInt8]

  /// - Parameters:
  ///   - url: the URL of the service for browsers, without a slash at its end.
  ///   - key: the key that signs tokens.
  package init(url: String, key: [UInt8], actions: ServiceActions) {
    let site = ServiceAddress(url)
    origin = site.origin
    pathPrefix = site.path
    self.url = url
    tokens = FormTokens(key: key)
    actionTokens = ActionTokens(key: key)
    self.key = key
    self.actions = actions
  }

  package func answer(
    _ request: ServiceRequest, from snapshot: SiteSnapshot?
  ) async -> ServiceAnswer {
    guard let snapshot, let context = snapshot.renderContext else {
      return ServiceAnswer(status: 503, "The community's pages cannot be read. Try again later.")
    }
    let path = request.path
    guard path.hasPrefix("\(pathPrefix)/") else { return ServiceAnswer(status: 404, "Not here.") }
    switch (request.method, String(path.dropFirst(pathPrefix.count))) {
    case ("POST", "/reply"): return await take(request, in: context)
    case ("GET", "/reply"), ("HEAD", "/reply"): return form(request, in: context)
    case ("GET", "/token"), ("HEAD", "/token"): return token(request, in: context)
    case ("GET", "/about"), ("HEAD", "/about"):
      return ServiceAnswer(
        status: 200, ServiceDescription(site: context.community.settings.url).text)
    case ("GET", "/sent"), ("HEAD", "/sent"): return sent(request, in: context)
    case (_, "/decide"): return await decide(request, in: context)
    case (_, "/notices"): return await notices(request, in: context)
    case ("GET", let path), ("HEAD", let path): return file(path, in: snapshot, context)
    default: return ServiceAnswer(status: 405, "Not so.")
    }
  }

  // MARK: The form

  /// The form on its own page, for visitors who answer a response without a script.
  private func form(_ request: ServiceRequest, in context: RenderContext) -> ServiceAnswer {
    let submission = Submission(FormField.decode(request.query) ?? [])
    guard context.community.replyTarget(submission.post) != nil else {
      return page(ReplyDraft(submission, words: "reply-problem-post"), status: 404, in: context)
    }
    return page(ReplyDraft(submission), status: 200, in: context)
  }

  /// The token that the script puts into the form of a published page, so that the reply is sent without a second step.
  private func token(_ request: ServiceRequest, in context: RenderContext) -> ServiceAnswer {
    let site = ServiceAddress(context.community.settings.url).origin
    guard isOurs(request, site) else { return Self.foreign }
    let post = Submission(FormField.decode(request.query) ?? []).post
    guard let target = context.community.replyTarget(post), target.isOpen else {
      return ServiceAnswer(status: 404, "There is no such conversation, or it is closed.")
    }
    var answer = ServiceAnswer(status: 200, makeToken(target.post))
    answer.readableFrom = site
    return answer
  }

  private func makeToken(_ post: String) -> String {
    tokens.make(post: post, at: actions.now(), nonce: UInt64.random(in: .min ... .max))
  }

  private static let foreign = ServiceAnswer(
    status: 403, "Only pages of the community can send replies.")

  /// Whether a request comes from a page of the community.
  ///
  /// There are no cookies that another site could misuse; still, only these pages have a reason to send replies.
  private func isOurs(_ request: ServiceRequest, _ site: String) -> Bool {
    request.origin.map { $0 == origin || $0 == site } ?? true
  }

  private func take(_ request: ServiceRequest, in context: RenderContext) async -> ServiceAnswer {
    let community = context.community
    guard isOurs(request, ServiceAddress(community.settings.url).origin) else {
      return Self.foreign
    }
    guard request.isForm, let fields = FormField.decode(request.body) else {
      return ServiceAnswer(status: 415, "Replies must come from a form.")
    }
    let submission = Submission(fields)
    if request.isTooMuch {
      return page(ReplyDraft(submission, words: "reply-problem-busy"), status: 503, in: context)
    }
    var problems: [Submission.Problem] = []
    var mailBox: MailBox?
    do throws(Submission.MailProblem) {
      mailBox = try submission.mailBox(isSent: actions.sendsMail)
    } catch {
      problems = [error.problem]
    }
    let reply: CheckedReply
    // A text that a build could not show would keep the whole site from being built.
    let outcome = await submission.checked(
      answering: community.replyTarget(submission.post), canShow: actions.canShow)
    switch outcome {
    case .accepted(let checked) where problems.isEmpty: reply = checked
    case .accepted: return refuse(submission, problems, in: context)
    case .refused(let others): return refuse(submission, others + problems, in: context)
    }
    let token = fields.last { $0.name == "token" }?.value ?? ""
    let wantsLook = fields.contains { $0.name == "look" && !$0.value.isEmpty }
    let verdict = tokens.verdict(on: token, post: submission.post, at: actions.now())
    guard !wantsLook, verdict == .valid else {
      // A published page has no token. The reply is shown to its author first, on a page whose button sends it.
      var draft = ReplyDraft(submission)
      draft.stage = .look
      let preview = await actions.preview(reply.text, reply.post)
      // A token that is valid, or only too new, is kept: the time that the visitor has already spent counts.
      let isKept = verdict == .valid || verdict == .tooSoon
      return page(
        draft, token: isKept ? token : nil, preview: preview, status: 200, in: context)
    }
    var arrival = Arrival()
    arrival.network = request.network
    (arrival.text, arrival.website, arrival.trap) =
      (reply.text, submission.website, submission.trap)
    guard let doubts = actions.judge(arrival) else {
      actions.counters.add(.failed)
      return page(ReplyDraft(submission, words: "reply-problem-busy"), status: 503, in: context)
    }
    let spooled = spooled(reply, submission, token, doubts)
    do {
      try await actions.keep(spooled, doubts.isEmpty ? .new : .doubtful, mailBox)
    } catch {
      actions.counters.add(.failed)
      return page(ReplyDraft(submission, words: "reply-problem-disk"), status: 503, in: context)
    }
    actions.counters.add(doubts.isEmpty ? .received : .doubtful)
    var answer = ServiceAnswer(status: 303)
    let post = PercentEncoding.encode(reply.post, keeping: PercentEncoding.queryValue)
    answer.location = "\(pathPrefix)/sent?post=\(post)\(mailBox == nil ? "" : "&tell=1")"
    return answer
  }

  private func refuse(
    _ submission: Submission, _ problems: [Submission.Problem], in context: RenderContext
  ) -> ServiceAnswer {
    actions.counters.add(.refused)
    return page(ReplyDraft(submission, problems), status: 422, in: context)
  }

  private func spooled(
    _ reply: CheckedReply, _ submission: Submission, _ token: String, _ doubts: [Doubt]
  ) -> SpooledReply {
    let date = Timestamp(seconds: actions.now(), offset: 0, isDay: false)
    let key = SpooledReply.key(token: token, submission: submission, secret: key)
    let day = date.day.description.filter { $0 != "-" }
    // The key is different for every form, and its letters are those of ids.
    let file = reply.file(id: "\(day)-\(key.prefix(10))", date: date)
    return SpooledReply(
      key: key, received: date.seconds, file: file, reasons: doubts.map(\.rawValue))
  }

  private func sent(_ request: ServiceRequest, in context: RenderContext) -> ServiceAnswer {
    let submission = Submission(FormField.decode(request.query) ?? [])
    var draft = ReplyDraft()
    draft.post = submission.post
    draft.tells = submission.tells
    draft.stage = .sent
    let isKnown = context.community.replyTarget(draft.post) != nil
    return page(draft, status: isKnown ? 200 : 404, in: context)
  }

  // MARK: Everything around it

  /// Serves a style sheet, script or image that the pages use, and redirects everything else to the published site.
  private func file(
    _ encoded: String, in snapshot: SiteSnapshot, _ context: RenderContext
  ) -> ServiceAnswer {
    let site = context.community.settings.url
    let base = ServiceAddress(site).path
    guard let path = PercentEncoding.decode(encoded) else {
      return ServiceAnswer(status: 400, "The address cannot be read.")
    }
    let below = path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
    let file = SiteAddress(below).outputPath
    if let planned = snapshot.files[file], !ContentType.isPage(file), planned.wave == .asset,
      let bytes = try? planned.bytes
    {
      var answer = ServiceAnswer(status: 200)
      (answer.type, answer.bytes) = (ContentType.of(file), bytes)
      return answer
    }
    guard !site.isEmpty else { return ServiceAnswer(status: 404, "Nothing is at this address.") }
    var answer = ServiceAnswer(status: 302)
    answer.location =
      ServiceAddress(site).origin + "/"
      + encoded.utf8Prefix(while: { $0 != 0x0D && $0 != 0x0A })
      .drop { $0 == "/" }
    return answer
  }

  func page(
    _ draft: ReplyDraft, token: String? = nil, preview: LinkedBody? = nil, status: Int,
    in context: RenderContext
  ) -> ServiceAnswer {
    let form = ReplyForm(service: url, token: token ?? makeToken(draft.post))
    guard let bytes = try? context.replyPage(draft, form: form, preview: preview) else {
      return ServiceAnswer(status: 500, "The page cannot be made.")
    }
    var answer = ServiceAnswer(status: status)
    (answer.type, answer.bytes) = (ContentType.of("index.html"), bytes)
    return answer
  }
}

/// A URL, split into origin and path.
struct ServiceAddress {
  /// `https://host`, or empty when there is none.
  let origin: String
  /// `/notes`, or empty at the host's root.
  let path: String

  init(_ url: String) {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 2 else {
      (origin, path) = ("", "")
      return
    }
    origin = "\(parts[0])//\(parts[2])"
    path = parts.count > 3 && !parts[3].isEmpty ? "/\(parts[3])" : ""
  }
}

extension String {
  fileprivate func utf8Prefix(while isKept: (UInt8) -> Bool) -> Substring {
    Substring(utf8.prefix(while: isKept))
  }
}

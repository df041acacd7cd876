import StoaAddresses
package import StoaIntake
import StoaLink
import StoaModel
package import StoaPreview
import StoaRender

/// The parts of a request that the service uses.
package struct ServiceRequest: Sendable {
  package let method: String
  /// The path with its query, encoded.
  package let target: String
  /// The `Origin` header; nil when there is none or more than one.
  package var origin: String?
  package var contentType = ""
  package var body: [UInt8] = []

  package init(method: String, target: String) {
    self.method = method
    self.target = target
  }

  var path: String { String(target.prefix { $0 != "?" && $0 != "#" }) }

  var query: Substring.UTF8View { target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst() }
}

/// The service's response.
package struct ServiceAnswer: Sendable {
  package var status: Int
  package var type = "text/plain; charset=utf-8"
  package var bytes: [UInt8] = []
  package var location: String?

  init(status: Int, _ text: String = "") {
    self.status = status
    bytes = Array("\(text)\n".utf8)
  }
}

/// Processes replies from forms, and shows the pages of the form.
///
/// Nothing is written except replies in the spool, and no reply is acknowledged before it is stored.
package struct ReplyService: Sendable {
  /// The maximum size of a form in bytes: the longest text with every byte encoded, and room for the other fields.
  package static let maximumBodySize = 3 * ResponseFile.maximumTextSize + 16_384

  private let origin: String
  private let action: String
  private let pathPrefix: String
  private let tokens: FormTokens
  /// Stores a reply; returns when it is on the disk.
  private let keep: @Sendable (SpooledReply) throws -> Void
  /// Seconds since 1970.
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - url: the service's public URL, without a slash at its end.
  ///   - key: the key that signs tokens.
  package init(
    url: String, key: [UInt8], keep: @escaping @Sendable (SpooledReply) throws -> Void,
    now: @escaping @Sendable () -> Int64
  ) {
    let site = ServiceAddress(url)
    origin = site.origin
    pathPrefix = site.path
    action = "\(url)/reply"
    tokens = FormTokens(key: key)
    self.keep = keep
    self.now = now
  }

  package func answer(_ request: ServiceRequest, from snapshot: SiteSnapshot?) -> ServiceAnswer {
    guard let snapshot, let context = snapshot.renderContext else {
      return ServiceAnswer(status: 503, "The community's pages cannot be read. Try again later.")
    }
    let path = request.path
    guard path.hasPrefix("\(pathPrefix)/") else { return ServiceAnswer(status: 404, "Not here.") }
    switch (request.method, String(path.dropFirst(pathPrefix.count))) {
    case ("POST", "/reply"): return take(request, in: context)
    case ("GET", "/reply"), ("HEAD", "/reply"): return form(request, in: context)
    case ("GET", "/sent"), ("HEAD", "/sent"): return sent(request, in: context)
    case ("GET", let path), ("HEAD", let path): return file(path, in: snapshot, context)
    default: return ServiceAnswer(status: 405, "Not so.")
    }
  }

  /// The form on a separate page, for replies to a response without a script.
  private func form(_ request: ServiceRequest, in context: RenderContext) -> ServiceAnswer {
    let submission = Submission(FormField.decode(request.query) ?? [])
    guard context.community.replyTarget(submission.post) != nil else {
      return page(ReplyDraft(submission, words: "reply-problem-post"), status: 404, in: context)
    }
    return page(ReplyDraft(submission), status: 200, in: context)
  }

  private func take(_ request: ServiceRequest, in context: RenderContext) -> ServiceAnswer {
    let community = context.community
    // Without cookies, nobody can send a form on another person's behalf; still, other sites have no reason to send one.
    let site = ServiceAddress(community.settings.url).origin
    if let from = request.origin, from != origin, from != site {
      return ServiceAnswer(status: 403, "Only pages of the community can send replies.")
    }
    let type = request.contentType.prefix { $0 != ";" }.lowercased()
    guard type == "application/x-www-form-urlencoded",
      let fields = FormField.decode(request.body)
    else {
      return ServiceAnswer(status: 415, "Replies must come from a form.")
    }
    let submission = Submission(fields)
    let reply: CheckedReply
    switch submission.checked(answering: community.replyTarget(submission.post)) {
    case .accepted(let checked): reply = checked
    case .refused(let problems):
      return page(ReplyDraft(submission, problems), status: 422, in: context)
    }
    let token = fields.last { $0.name == "token" }?.value ?? ""
    guard tokens.verdict(on: token, post: submission.post, at: now()) == .valid else {
      // The site's public pages have no token: this page shows what will be sent, and its own button sends it.
      var draft = ReplyDraft(submission)
      draft.stage = .look
      return page(draft, status: 200, in: context)
    }
    do {
      try keep(spooled(reply, submission, token))
    } catch {
      return page(ReplyDraft(submission, words: "reply-problem-disk"), status: 503, in: context)
    }
    var answer = ServiceAnswer(status: 303)
    let post = PercentEncoding.encode(reply.post, keeping: PercentEncoding.queryValue)
    answer.location = "\(pathPrefix)/sent?post=\(post)"
    return answer
  }

  private func spooled(
    _ reply: CheckedReply, _ submission: Submission, _ token: String
  ) -> SpooledReply {
    let date = Timestamp(seconds: now(), offset: 0, isDay: false)
    let key = SpooledReply.key(token: token, submission: submission)
    let day = date.day.description.filter { $0 != "-" }
    // The key is different for every form, and has only characters that are valid in ids.
    let file = reply.file(id: "\(day)-\(key.prefix(10))", date: date)
    return SpooledReply(key: key, received: date.seconds, file: file)
  }

  private func sent(_ request: ServiceRequest, in context: RenderContext) -> ServiceAnswer {
    var draft = ReplyDraft()
    draft.post = Submission(FormField.decode(request.query) ?? []).post
    draft.stage = .sent
    let isKnown = context.community.replyTarget(draft.post) != nil
    return page(draft, status: isKnown ? 200 : 404, in: context)
  }

  /// The theme's files for the service's pages; the site serves all other files.
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

  private func page(
    _ draft: ReplyDraft, status: Int, in context: RenderContext
  ) -> ServiceAnswer {
    let token = tokens.make(
      post: draft.post, at: now(), nonce: UInt64.random(in: .min ... .max))
    let form = ReplyForm(action: action, token: token, name: "", note: "reply-note-service")
    guard let bytes = try? context.replyPage(draft, form: form) else {
      return ServiceAnswer(status: 500, "The page cannot be made.")
    }
    var answer = ServiceAnswer(status: status)
    (answer.type, answer.bytes) = (ContentType.of("index.html"), bytes)
    return answer
  }
}

/// The two parts of a web URL.
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

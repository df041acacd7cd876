import StoaAddresses
import StoaExternalTools
import StoaHTML
import StoaIntake
import StoaLink
import StoaModel
import StoaPreview
import StoaRender
import StoaSystem
import Synchronization

/// Sends the service's mails: notices of waiting replies to moderators, questions for confirmation, and notices of answers.
final class Courier: Sendable {
  /// The result of a pass.
  struct Report: Sendable {
    var sent = 0
    /// The errors of mails that could not be sent; they are tried again.
    var failure: String?
  }

  private struct State {
    /// The rate of notices to moderators: a few at once, then one in ten minutes that lists all waiting replies.
    var mails: TokenBucket
    var lastPass: Int64 = 0
    var published: Set<String> = []
    var lastLook: Int64 = 0
  }

  /// How long a moderator's links work; seconds.
  private static let linkLife: Int64 = 14 * 86_400
  /// How many replies one mail has.
  private static let repliesInAMail = 50
  /// The interval between two checks of the published site, in seconds.
  private static let pauseForFile: Int64 = 2
  private static let pauseForWeb: Int64 = 120

  private let mail: ReceiveOptions.Mail
  private let sendmail: Sendmail
  private let service: ReplyService
  private let spool: Spool
  private let store: SubscriptionStore
  private let curl: String?
  private let state: Mutex<State>

  init(
    _ mail: ReceiveOptions.Mail, _ sendmail: Sendmail, _ service: ReplyService, _ spool: Spool,
    _ store: SubscriptionStore, tools: ToolFinder, at now: Int64
  ) {
    self.mail = mail
    self.sendmail = sendmail
    self.service = service
    self.spool = spool
    self.store = store
    curl = tools.onPath("curl")
    state = Mutex(
      State(mails: TokenBucket(TokenBucket.Rate(burst: 5, every: 600_000), at: now * 1_000)))
  }

  /// Sends what is due.
  func pass(at now: Int64, in context: RenderContext) -> Report {
    var report = Report()
    // Each address is in a sealed file of its own, so the interval between two searches grows with their number.
    let count = (try? spool.names(in: "subscriptions").count) ?? 0
    let isDue = state.withLock { state in
      guard now - state.lastPass >= Int64(count / 100) else { return false }
      state.lastPass = now
      return count > 0
    }
    for work in isDue ? [tellModerators, ask, tellOfAnswers] : [tellModerators] {
      do {
        report.sent += try work(now, context)
      } catch {
        report.failure = "\(error)"
      }
    }
    return report
  }

  // MARK: Moderators

  private func tellModerators(_ now: Int64, _ context: RenderContext) throws -> Int {
    guard !mail.moderators.isEmpty else { return 0 }
    let mailed = Set(try spool.names(in: "mailed"))
    let waiting = try SpooledReply.State.allCases.filter(\.isOpen)
      .flatMap { try spool.names(in: $0.rawValue) }.filter { !mailed.contains($0) }
    let replies = waiting.prefix(Self.repliesInAMail).compactMap { spool.reply($0)?.reply }
    guard !replies.isEmpty, state.withLock({ $0.mails.take(at: now * 1_000) }) else { return 0 }
    var sent = 0
    var failure: (any Error)?
    for moderator in mail.moderators {
      let message = MailMessage(
        from: mail.from, to: moderator, subject: subject(of: replies, context),
        text: replies.map { text(of: $0, now, context) }.joined(separator: "\n\n")
          + "\n\(context.words("mail-replies-until"))\n")
      do {
        try sendmail.send(message, at: now)
        sent += 1
      } catch {
        failure = error
      }
    }
    // One notified moderator is enough; the others are not notified again because one mail failed.
    if let failure, sent == 0 { throw failure }
    for reply in replies { try spool.markMailed(reply.key) }
    return sent
  }

  private func subject(of replies: [SpooledReply], _ context: RenderContext) -> String {
    guard replies.count == 1 else {
      return context.phrase("mail-replies-many", ["count": "\(replies.count)"])
    }
    return context.phrase(
      "mail-replies-subject", ["title": title(of: replies[0].file.post, context)])
  }

  private func title(of post: String, _ context: RenderContext) -> String {
    context.community.conversation(post)?.title ?? post
  }

  private func text(of reply: SpooledReply, _ now: Int64, _ context: RenderContext) -> String {
    let end = now + Self.linkLife
    var lines = [
      context.phrase(
        "response-title", ["name": reply.name, "title": title(of: reply.file.post, context)])
    ]
    if let conversation = context.community.conversation(reply.file.post) {
      let fragment = reply.replyTo.map { "response-\($0)" } ?? ""
      lines.append(context.absolute(conversation.address.with(fragment: fragment)))
    }
    if !reply.reasons.isEmpty {
      lines.append(
        context.phrase("mail-replies-doubtful", ["reasons": reply.reasons.joined(separator: ", ")]))
    }
    lines += ["", MailText.quoted(reply.text), ""]
    for (action, words) in [(SignedAction.accept, "accept"), (.reject, "reject")] {
      lines.append("\(context.words("mail-replies-\(words)")):")
      lines.append(service.link(action, reply.key, until: end))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Addresses

  private func ask(_ now: Int64, _ context: RenderContext) throws -> Int {
    let all = try store.all()
    var sent = 0
    for subscription in all {
      let same = all.filter { $0.mailBox.normalized == subscription.mailBox.normalized }
      let recent = same.count { $0.state != .new && now - $0.since < 86_400 }
      switch subscription.step(
        at: now, reply: state(of: subscription, now), recentAsks: recent,
        forgetAfter: mail.forgetAfter)
      {
      case .nothing: break
      case .forget: try store.forget(subscription.id)
      case .ask:
        if same.contains(where: { $0.state == .confirmed && $0.post == subscription.post }) {
          // This person has already confirmed the address for this conversation.
          try store.update(subscription.id) { $0.confirm(at: now) }
        } else {
          try sendmail.send(question(to: subscription, now, context), at: now)
          try store.update(subscription.id) { $0.ask(at: now) }
          sent += 1
          // This mail counts towards the limit for the address.
          return sent
        }
      }
    }
    return sent
  }

  private func state(of subscription: Subscription, _ now: Int64) -> Subscription.Reply {
    guard let (_, state) = spool.reply(subscription.reply) else {
      // The reply was rejected, or never stored: an address is stored just before its reply.
      return now - subscription.created < 60 ? .waiting : .rejected
    }
    return state == .doubtful ? .waiting : .taken
  }

  private func question(
    to subscription: Subscription, _ now: Int64, _ context: RenderContext
  ) -> MailMessage {
    let title = title(of: subscription.post, context)
    let link = service.link(.confirm, subscription.id, until: now + Subscription.patience)
    return MailMessage(
      from: mail.from, to: subscription.mailBox,
      subject: context.phrase("mail-confirm-subject", ["title": title]),
      text: """
        \(context.phrase("mail-confirm-text", ["title": title]))

        \(link)

        \(context.words("mail-confirm-else"))

        """)
  }

  // MARK: Answers

  private func tellOfAnswers(_ now: Int64, _ context: RenderContext) throws -> Int {
    let confirmed = try store.all().filter { $0.state == .confirmed }
    guard !confirmed.isEmpty else { return 0 }
    let published = try self.published(now, context)
    let due = AnswerNotice.due(confirmed, at: now) { subscription in
      answers(to: subscription, context.community).filter { response, conversation in
        published.contains(conversation.address.with(fragment: response.fragment).encoded())
      }.map(\.0.response.id)
    }
    for notice in due {
      guard let message = message(for: notice, context) else { continue }
      try sendmail.send(message, at: now)
      for subscription in notice.subscriptions {
        try store.update(subscription.id) { $0.tell(notice.answers, at: now) }
      }
    }
    return due.count
  }

  private func answers(
    to subscription: Subscription, _ community: Community
  ) -> [(ThreadedResponse, Conversation)] {
    guard let conversation = community.conversation(subscription.post) else { return [] }
    return conversation.responses.compactMap { response in
      let parent = response.parent.map { conversation.responses[$0].response.id }
      guard response.speaker != nil, let parent,
        parent.utf8.elementsEqual(subscription.response.utf8)
      else { return nil }
      return (response, conversation)
    }
  }

  /// The addresses that the site has, as `addresses.txt` lists them.
  private func published(_ now: Int64, _ context: RenderContext) throws -> Set<String> {
    let place =
      mail.published ?? context.absolute(SiteAddress.list)
    let pause = place.hasPrefix("/") ? Self.pauseForFile : Self.pauseForWeb
    if let known = state.withLock({ now - $0.lastLook < pause ? $0.published : nil }) {
      return known
    }
    let bytes: [UInt8]
    if place.hasPrefix("/") {
      bytes = (try? FileReader.read(place, followsLinks: true)) ?? []
    } else {
      guard let curl else {
        throw Sendmail.Failure(
          description: "curl is not installed, so the published URLs at \(place) are unknown")
      }
      let outcome = try ExternalTool(path: curl).run(
        [
          "--silent", "--fail", "--location", "--proto", "=http,https", "--max-time", "30",
          "--max-filesize", "67108864", "--", place,
        ], atMost: .seconds(60))
      bytes = outcome.succeeded ? outcome.output : []
    }
    let lines = Set(
      bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
    state.withLock { ($0.published, $0.lastLook) = (lines, now) }
    return lines
  }

  private func message(for notice: AnswerNotice, _ context: RenderContext) -> MailMessage? {
    guard let conversation = context.community.conversation(notice.post) else { return nil }
    let first = notice.subscriptions[0]
    // One link ends all subscriptions of this person in the conversation: the store deletes them together.
    let end = service.link(
      .forget, first.id, until: first.linkEnd(forgetAfter: mail.forgetAfter))
    var text = ""
    var html = ByteBuffer()
    html.write("<!DOCTYPE html>\n<html lang=\"")
    html.writeEscaped(context.community.settings.language)
    html.write("\"><meta charset=\"utf-8\"><body dir=\"auto\">\n")
    for id in notice.answers {
      guard let response = conversation.responses.first(where: { $0.response.id == id }) else {
        continue
      }
      let says = context.phrase("mail-answers-says", ["name": context.name(of: response)])
      let link = context.absolute(conversation.address.with(fragment: response.fragment))
      let body = context.html(of: response.body, in: conversation)
      text +=
        "\(says)\n\n\(MailText.quoted(MailText.plain(body)))\n\n"
        + "\(context.words("mail-answers-read")): \(link)\n\n"
      html.write("<p><strong>")
      html.writeEscaped(says)
      html.write("</strong></p>\n<blockquote>")
      html.write(body)
      html.write("</blockquote>\n<p><a href=\"")
      html.writeEscaped(link)
      html.write("\">")
      html.writeEscaped(context.words("mail-answers-read"))
      html.write("</a></p>\n")
    }
    text += "-- \n\(context.words("mail-answers-end")): \(end)\n"
    html.write("<hr><p><small><a href=\"")
    html.writeEscaped(end)
    html.write("\">")
    html.writeEscaped(context.words("mail-answers-end"))
    html.write("</a></small></p>\n</body></html>\n")
    var message = MailMessage(
      from: mail.from, to: notice.mailBox,
      subject: context.phrase("mail-answers-subject", ["title": conversation.title]), text: text)
    message.html = String(decoding: html.bytes, as: UTF8.self)
    message.unsubscribe = end
    return message
  }
}

import StoaModel

/// Reads a mail archive in mbox format: each thread becomes a conversation.
///
/// One pass: texts go to an unlinked file, so that memory holds only names, dates and the reply structure.
struct MailReader: ConversationReader {
  let people: [SourcePerson] = []
  private(set) var privateValues: [String] = []
  private(set) var site: SourceSite
  private(set) var counts = SourceCounts()
  private(set) var notes: [String] = []

  private let options: Options
  private var messages: [StoredMessage] = []
  private var threads: [MailThreads.Thread] = []
  private var nextThread = 0
  private var entries: [ImportReport.Entry] = []
  /// The prefix of most subjects: the list's name.
  private var label = ""

  struct Options {
    let dates: SourceDates
    let author: String
  }

  /// A message whose text is in the file.
  private struct StoredMessage {
    let head: MailHead
    let text: StoredBytes
    let isHTML: Bool
    var notes: [String]
  }

  init(path: String, siteName: String, options: Options) throws {
    self.options = options
    let file = path.split(separator: "/").last.map(String.init) ?? "mail"
    let name = StaticmanLayout.stem(of: file)
    site = SourceSite(name: siteName.isEmpty ? name : siteName, title: name)
    let texts = try SpilledTexts()
    var box = try MailBox(path: path)
    var seen: Set<String> = []
    var values: Set<String> = []
    while let raw = try box.next() {
      counts.add("message")
      let message = MailMessage(raw.bytes, envelope: raw.envelope, dates: options.dates)
      values.formUnion(message.head.addresses)
      let source = "line \(raw.line)"
      guard message.hasHead else {
        leaveOut(source, "it has no head of a message")
        continue
      }
      guard message.head.identifier.isEmpty || seen.insert(message.head.identifier).inserted else {
        leaveOut(source, "the same message is there twice")
        continue
      }
      for attachment in message.attachments {
        counts.add("attachment")
        entries.append(
          ImportReport.Entry(
            noun: "attachment", source: "\(source) \(attachment)",
            outcome: .leftOut(reason: "files are not taken out of mail")))
      }
      messages.append(
        StoredMessage(
          head: message.head, text: try texts.add(message.text), isHTML: message.isHTML,
          notes: message.notes))
    }
    guard !messages.isEmpty else {
      throw ImportFailure(
        path, "this is no mbox: no line begins with “From ” and has a message below")
    }
    privateValues = values.sorted()
    label = MailSubject.label(of: messages.map(\.head.subject))
    threads = MailThreads(messages.map(\.head)).threads
  }

  private mutating func leaveOut(_ source: String, _ reason: String) {
    entries.append(
      ImportReport.Entry(noun: "message", source: source, outcome: .leftOut(reason: reason)))
  }

  mutating func rest() throws -> SourceRest { SourceRest(entries: entries) }

  mutating func next() throws -> SourceConversation? {
    guard nextThread < threads.count else { return nil }
    defer { nextThread += 1 }
    let thread = threads[nextThread]
    let root = messages[thread.root]
    var post = SourcePost(key: key(of: root.head, thread.root))
    post.noun = "message"
    post.title = MailSubject.shown(root.head.subject, without: label)
    post.authors = [root.head.name.isEmpty ? "Anonymous" : root.head.name]
    post.date = root.head.date
    post.permalink = root.head.archived
    post.linkNames = [root.head.archived].filter { !$0.isEmpty }
    post.text = try markup(of: root, quoting: nil, author: nil, &post.notes)
    post.notes += root.notes
    if thread.missesRoot { post.notes.append("the message that began its thread is missing") }
    var conversation = SourceConversation(post: post)
    for reply in thread.replies {
      conversation.comments.append(try comment(reply, in: thread))
    }
    return conversation
  }

  private func comment(
    _ reply: MailThreads.Reply, in thread: MailThreads.Thread
  ) throws -> SourceComment {
    let message = messages[reply.message]
    let key = key(of: message.head, reply.message)
    let rootKey = self.key(of: messages[thread.root].head, thread.root)
    var comment = SourceComment(
      key: key, identifiers: [key], wishedId: "message-\(reply.message + 1)")
    comment.noun = "message"
    comment.anchors = []
    comment.linkName = key
    comment.name = message.head.name
    comment.date = message.head.date
    let parent = reply.parent.map { self.key(of: messages[$0].head, $0) }
    if let parent, reply.parent != thread.root { comment.parents = [.identifier(parent)] }
    comment.permalink = message.head.archived
    let target =
      reply.parent == thread.root
      ? OldLinks.address(ofKey: rootKey)
      : parent.map { OldLinks.address(ofKey: rootKey, fragment: $0) }
    comment.text = try markup(
      of: message, quoting: target, author: reply.parent.map { messages[$0].head.name },
      &comment.notes)
    comment.notes += message.notes
    let subject = MailSubject.base(message.head.subject)
    if subject != MailSubject.base(messages[thread.root].head.subject), !subject.isEmpty {
      comment.notes.append("its subject was “\(subject)”")
    }
    if comment.text.count == 0 { comment.leftOut = "it has no text" }
    return comment
  }

  private func markup(
    of message: StoredMessage, quoting target: String?, author: String?, _ notes: inout [String]
  ) throws -> SourceMarkup {
    let bytes = try message.text.load()
    guard !message.isHTML else { return .html(HTMLGuess.withParagraphs(bytes)) }
    let text = MailText(bytes, target: target)
    if text.signatureCount > 0 { notes.append("its signature was left out") }
    return .markdown(text.markdown)
  }

  /// A permanent name for a message; hashed, because its identifier looks like a mail address.
  private func key(of head: MailHead, _ index: Int) -> String {
    guard !head.identifier.isEmpty else { return "message-\(index + 1)" }
    return "message-\(SHA256.hexadecimal(of: Array(head.identifier.utf8)).prefix(16))"
  }
}

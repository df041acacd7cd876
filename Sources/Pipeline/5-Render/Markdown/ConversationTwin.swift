import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// A post and its thread as markdown, for programs and for people who read text.
///
/// It is made from the sanitised HTML that the page and feeds show. Responses follow each other in reading order, each under a
/// heading with its author, and names the response that it answers. (Nested quotes would be ambiguous: a response that quotes
/// another one could look like it.) After the post, only Stoa writes headings of the second and third level, so nobody can
/// write in another's name.
struct ConversationTwin: Rendering {
  let index: Index<Conversation>

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    let view = context.view
    buffer.write { part in
      var text = ConversationText(index, view, leavesOutBodies: true)
      text.write()
      part.add(text.writer.bytes)
      part.add(text.bodies.count)
      for (offset, body) in text.bodies {
        part.add(offset)
        body.identify(&part)
      }
    } _: { buffer in
      var text = ConversationText(index, view)
      text.write()
      buffer.write(text.writer.bytes)
    }
  }
}

private struct ConversationText {
  /// A part of a line, which appends itself.
  private typealias Piece = (inout MarkdownLine) -> Void

  private let conversation: Conversation
  private let context: ViewContext
  private let strings: Strings
  /// The page's address, on which its links are based.
  private let page: String
  var writer = MarkdownWriter()
  /// Reused for all bodies.
  private var html = ByteBuffer()
  private let leavesOutBodies: Bool
  /// The bodies that were left out, each with its place in the text.
  private(set) var bodies: [(offset: Int, body: BodyWriter)] = []

  init(
    _ index: Index<Conversation>, _ context: ViewContext, leavesOutBodies: Bool = false
  ) {
    self.leavesOutBodies = leavesOutBodies
    conversation = context.community.conversations[index]
    self.context = context
    strings = context.strings
    page = context.site.absolute(conversation.address)
  }

  mutating func write() {
    var title = MarkdownLine()
    title.text(conversation.title)
    writer.heading(1, title)
    writer.paragraph(byline)
    writeNotes()
    if let reason = conversation.post.removed {
      writeRemoval(strings.text("removed"), reason)
    }
    writeBody(conversation.body, isFromVisitors: false)
    writeOrigins()
    writeResponses()
    writeMentions()
    if !conversation.post.acceptsResponses { writeParagraph(strings.text("responses-closed")) }
  }

  // MARK: The post

  private var byline: MarkdownLine {
    let post = conversation.post
    var parts: [Piece] = []
    func add(_ words: String) {
      if !words.isEmpty { parts.append { $0.text(words) } }
    }
    if !conversation.authors.isEmpty {
      add(strings.phrase("written-by", ["names": context.names(conversation.authors)]))
    }
    add(conversation.date.machineReadable)
    if let updated = post.updated {
      add(strings.phrase("revised", ["date": updated.machineReadable]))
    }
    switch post.kind {
    case .article: break
    case .question: add(strings.text("question"))
    case .practice: add(strings.text("practice"))
    }
    for badge in context.badges(conversation.audience, conversation.status) { add(badge) }
    for index in conversation.topics {
      let topic = context.community.topics[index]
      parts.append { [site = context.site] in
        $0.link(topic.title, to: site.absolute(topic.address))
      }
    }
    if let source = post.source { parts.append(link(to: source)) }
    parts.append(permalink(page))
    return Self.dotted(parts)
  }

  /// Writes the notes above the text: the replacement, the answer, and the translations.
  private mutating func writeNotes() {
    if let successor = conversation.successor {
      writeLinks("superseded-by", [Reference(conversation: successor, response: nil)])
    }
    if conversation.post.isOverdue, let day = conversation.post.reviewBy {
      writeParagraph(strings.phrase("review-overdue", ["date": day.machineReadable]))
    }
    if let reviewed = conversation.post.reviewed {
      writeParagraph(strings.phrase("reviewed", ["date": reviewed.machineReadable]))
    }
    if let answer = conversation.answer.map({ conversation.responses[$0] }) {
      var line = MarkdownLine()
      line.strong(strings.text("answered"))
      line.text(" ")
      line.link(context.name(of: answer), to: address(of: answer))
      writer.paragraph(line)
    }
    guard !conversation.translations.isEmpty else { return }
    writer.paragraph(
      Self.dotted(
        conversation.translations.map { index -> Piece in
          let words = LanguageName.of(context.language(of: index))
          let address = context.site.absolute(context.community.conversations[index].address)
          return { $0.link(words, to: address) }
        }))
  }

  /// Writes the origin of the post, and the posts that came from it.
  private mutating func writeOrigins() {
    writeLinks("began-in", conversation.beganIn.map { [$0] } ?? [])
    writeLinks("learned-from", conversation.learnedFrom)
    writeLinks("became", conversation.became)
    writeLinks("went-on", continuations(of: nil))
    writeLinks(
      "supersedes",
      conversation.predecessors.map { Reference(conversation: $0, response: nil) })
  }

  private func continuations(of response: Index<ThreadedResponse>?) -> [Reference] {
    conversation.continuations.filter { $0.response == response }
      .map { Reference(conversation: $0.post, response: nil) }
  }

  private mutating func writeLinks(_ key: String, _ references: [Reference]) {
    guard !references.isEmpty else { return }
    var line = MarkdownLine()
    line.strong(strings.text(key))
    for (place, reference) in references.enumerated() {
      line.text(place > 0 ? strings.text("name-separator") : " ")
      line.link(
        context.title(of: reference), to: context.site.origin + context.href(of: reference))
    }
    writer.paragraph(line)
  }

  // MARK: The thread

  private mutating func writeResponses() {
    guard !conversation.responses.isEmpty else { return }
    var heading = MarkdownLine()
    heading.text(strings.count("response-count", conversation.responseCount))
    writer.heading(2, heading)
    for index in conversation.responses.places { write(index) }
  }

  private mutating func write(_ index: Index<ThreadedResponse>) {
    let response = conversation.responses[index]
    var heading = MarkdownLine()
    if let number = response.number { heading.text("\(number). ") }
    heading.text(response.speaker.map { shownName(of: $0) } ?? strings.text("removed"))
    writer.heading(3, heading)
    writer.paragraph(byline(of: response))
    if let reason = response.response.removed {
      return writeRemoval(strings.text("removed-note"), reason)
    }
    if let about = response.response.about?.value {
      writer.quote { writer in
        var words = MarkdownLine()
        words.text(about)
        writer.paragraph(words)
      }
    }
    writeBody(response.body, isFromVisitors: true)
    writeLinks("went-on", continuations(of: index))
  }

  private func byline(of response: ThreadedResponse) -> MarkdownLine {
    var parts: [Piece] = []
    func add(_ words: String) { parts.append { $0.text(words) } }
    add(response.date.machineReadable)
    if response.isByPostAuthor { add(strings.text("author")) }
    let isThere = response.response.removed == nil
    if response.isAnswer, isThere { add(strings.text("answer")) }
    if let stance = response.response.stance, isThere {
      add(strings.text("stance-\(stance.rawValue)"))
    }
    for badge in context.badges(response.audience, response.status) { add(badge) }
    if let parent = response.parent.map({ conversation.responses[$0] }) {
      let words =
        parent.speaker == nil
        ? strings.text("in-reply-to-removed")
        : strings.phrase("in-reply-to", ["name": context.name(of: parent)])
      let address = address(of: parent)
      parts.append { $0.link(words, to: address) }
    }
    if isThere, let source = response.response.source { parts.append(link(to: source)) }
    parts.append(permalink(address(of: response)))
    return Self.dotted(parts)
  }

  private mutating func writeMentions() {
    guard !conversation.mentions.isEmpty else { return }
    var heading = MarkdownLine()
    heading.text(strings.count("mention-count", conversation.mentions.count))
    writer.heading(2, heading)
    let marker = writer.marker(isOrdered: false)
    for index in conversation.mentions.indices {
      let mention = conversation.mentions[index]
      var parts: [Piece] = []
      if let speaker = mention.speaker {
        let name = shownName(of: speaker)
        parts.append { $0.text(name) }
      }
      if let source = mention.response.source { parts.append(link(to: source)) }
      parts.append { $0.text(mention.date.machineReadable) }
      let excerpt = mention.body.summary.excerpt(240)
      if !excerpt.isEmpty { parts.append { $0.text(excerpt) } }
      let line = Self.dotted(parts)
      writer.item(marker, followsTightly: index > 0) { $0.paragraph(line) }
    }
    writer.endList(marker)
  }

  // MARK: Parts

  private mutating func writeBody(_ body: LinkedBody, isFromVisitors: Bool) {
    guard body.document.body.count > 0 else { return }
    let body = BodyWriter(
      body, context, medium: .feed(page: page), isFromVisitors: isFromVisitors)
    guard !leavesOutBodies else { return bodies.append((writer.bytes.count, body)) }
    html.bytes.removeAll(keepingCapacity: true)
    body.write(into: &html)
    writer.body(html.bytes)
  }

  private mutating func writeRemoval(_ note: String, _ reason: String) {
    writeParagraph(reason.isEmpty ? note : "\(note) “\(reason.directionBalanced)”")
  }

  private mutating func writeParagraph(_ words: String) {
    var line = MarkdownLine()
    line.text(words)
    writer.paragraph(line)
  }

  private func shownName(of speaker: Speaker) -> String {
    let name = context.name(of: speaker)
    guard case .guest = speaker else { return name }
    return strings.phrase("guest-name", ["name": name])
  }

  private func address(of response: ThreadedResponse) -> String {
    context.site.absolute(conversation.address.with(fragment: response.fragment))
  }

  private func permalink(_ address: String) -> Piece {
    let words = strings.text("permalink")
    return { $0.address(address, words: words) }
  }

  private func link(to source: Citation) -> Piece {
    let words = source.title.isEmpty ? strings.text("source") : source.title
    return { $0.link(words, to: source.url) }
  }

  private static func dotted(_ parts: [Piece]) -> MarkdownLine {
    var line = MarkdownLine()
    for (place, part) in parts.enumerated() {
      if place > 0 { line.text(" · ") }
      part(&line)
    }
    return line
  }
}

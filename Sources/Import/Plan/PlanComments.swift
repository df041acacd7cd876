import StoaAddresses
import StoaModel
import StoaYAML

extension ImportPlanner {
  /// The files of a conversation's comments.
  mutating func addComments(
    _ conversation: SourceConversation, slug: String, to plan: inout ImportPlan
  ) {
    let comments = conversation.comments
    let thread = ThreadPlan(comments)
    let identifiers = identifiers(for: comments, thread, slug: slug)
    for (comment, id) in zip(comments, identifiers) where comment.leftOut == nil {
      for anchor in comment.anchors + [comment.linkName] where !anchor.isEmpty {
        plan.place.anchors[anchor] = id
      }
    }
    addAnswer(of: conversation.post, among: comments, identifiers, to: &plan)
    var dates = comments.map(\.date)
    for index in ThreadPlan.parentsFirst(thread.parents) where dates[index] == nil {
      dates[index] = thread.parents[index].flatMap { dates[$0] } ?? conversation.post.date
    }
    for (index, comment) in comments.enumerated() {
      let path = "content/responses/\(slug)/\(identifiers[index]).md"
      var notes = comment.notes + thread.notes[index]
      if comment.date == nil, comment.leftOut == nil {
        notes.append("it has the date of its parent")
      }
      let date = Self.text(dates[index] ?? Timestamp(seconds: 0, offset: 0, isDay: true))
      let parent = thread.parents[index].map { identifiers[$0] } ?? ""
      if let reason = comment.leftOut {
        plan.leaveOut(comment, reason)
        guard thread.tombstones.contains(index) else { continue }
        plan.addTombstone(
          key: key(comment.key), path: path, date: date, parent: parent, label: comment.key)
        continue
      }
      if let removed = comment.removed {
        plan.addTombstone(
          key: key(comment.key), path: path, date: date, parent: parent, label: comment.key,
          reason: plan.privacy.masked(line: removed), noun: comment.noun)
        continue
      }
      var matter = FrontMatterText()
      addVoice(of: comment, to: &matter, plan.privacy, &notes)
      matter.add("date", date)
      matter.add("audience", comment.audience ?? "")
      if comment.isMention { matter.add("kind", "mention") }
      let voice = matter
      for (key, texts) in comment.more {
        matter.add(key, texts.map { plan.privacy.masked(line: $0) })
      }
      if !comment.isMention {
        matter.add("reply-to", parent)
        addSource(comment.permalink, to: &matter, plan.privacy, &notes)
      }
      matter.add("aliases", anchors(of: comment, besides: identifiers[index]))
      plan.files.append(
        ImportedFile(
          key: key(comment.key), path: path, role: .comment, frontMatter: matter,
          text: comment.text, page: conversation.post.oldAddresses.first ?? "",
          continuation: Continuation(
            frontMatter: voice, slug: slug, replyTo: comment.isMention ? "" : identifiers[index]),
          entry: ImportReport.Entry(
            noun: comment.noun, source: plan.label(comment.key), outcome: .imported(path: path),
            notes: notes)))
    }
  }

  /// The accepted answer of a question, in the post's file.
  private func addAnswer(
    of post: SourcePost, among comments: [SourceComment], _ identifiers: [String],
    to plan: inout ImportPlan
  ) {
    guard let answer = post.answer,
      let file = plan.files.firstIndex(where: { $0.role == .post }),
      let index = comments.firstIndex(where: { $0.identifiers.contains(answer) }),
      comments[index].leftOut == nil
    else { return }
    plan.files[file].frontMatter.add("answer", identifiers[index])
  }

  private func identifiers(
    for comments: [SourceComment], _ thread: ThreadPlan, slug: String
  ) -> [String] {
    var taken = ResponseIdentifiers()
    for (id, file) in existing.responses[slug] ?? [] where record.key(ofPath: file) == nil {
      taken.keep(id)
    }
    let recorded = comments.map { comment in
      record.entry(key(comment.key)).map { Self.name(ofPath: $0.path) }
    }
    for case let id? in recorded { taken.keep(id) }
    return zip(comments, recorded).map { comment, recorded in
      recorded ?? taken.identifier(wish: comment.wishedId, key: comment.key)
    }
  }

  private mutating func addVoice(
    of comment: SourceComment, to matter: inout FrontMatterText, _ privacy: Privacy,
    _ notes: inout [String]
  ) {
    if let contributor = comment.contributor {
      let name = self.contributor(contributor, privacy)
      if !name.isEmpty {
        people.add(name)
        matter.add("author", name)
        return
      }
    }
    var name = privacy.masked(name: comment.name)
    if name != CleanText.line(comment.name, maximumLength: 200) {
      notes.append("an address in its author's name was removed")
    }
    let isShown = context.names.keeps(name)
    name = context.names.shown(name)
    if name.isEmpty { name = "Anonymous" }
    matter.add("guest", name)
    guard isShown || comment.isMention else { return }
    let url = WebAddress.checked(comment.url, privacy)
    if url.isEmpty, !comment.url.isEmpty { notes.append("its author's address was left out") }
    matter.add("url", url)
    if comment.isMention { matter.add("source", url) }
  }

  /// Anchors that do not look like a person's address or a hash of one.
  private func anchors(of comment: SourceComment, besides identifier: String) -> [String] {
    var kept: [String] = []
    for anchor in comment.anchors {
      let name = Privacy().masked(line: anchor)
      let isSound = !name.isEmpty && name.utf8.count <= 128 && !name.contains(" ")
      if isSound, name != "response-\(identifier)", !kept.contains(name) { kept.append(name) }
    }
    return kept
  }
}

import StoaAddresses
import StoaModel

/// The facts about the community that reading a file needs.
struct ReadingContext: Sendable {
  let audiences: [String]
  let dates: DateReader
}

extension Post {
  init(slug: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(slug: slug, file: file)
    title = fields.name("title")
    authors = fields.names("author", atMost: Post.maximumAuthors)
    date = fields.dueDate("date", context.dates)
    updated = fields.date("updated", context.dates)
    topics = fields.names("topics", atMost: Post.maximumTopics)
    audience = fields.audience("audience", of: context.audiences)
    agreements = fields.agreements("agreed-by", of: context.audiences)
    summary = fields.text("summary")?.value
    kind = fields.choice("kind", Kind.self) ?? .article
    answer = fields.text("answer")
    distilledFrom = fields.list("distilled-from")
    reviewed = fields.date("reviewed", context.dates)
    reviewBy = fields.date("review-by", context.dates)
    supersededBy = fields.text("superseded-by")
    beganIn = fields.text("began-in")
    translationOf = fields.text("translation-of")
    source = fields.citation("source")
    aliases = fields.list("aliases")
    anchors = fields.anchors("anchors")
    isDraft = fields.draft("draft")
    language = fields.language("language")
    changes = fields.shownChanges("changes")
    isPinned = fields.flag("pinned") ?? false
    isUnlisted = fields.flag("unlisted", unreadable: true) ?? false
    readOpenness(&fields, context)
    image = fields.text("image")
    feedID = fields.feedID("id")
    removed = fields.has("removed") ? fields.text("removed")?.value ?? "" : nil
    extras = fields.extras()
    if let given = answer, kind != .question, !fields.isReported("kind") {
      fields.report(
        .answerWithoutQuestion, at: given.location, "only a question has an answer",
        "write kind: question, or take the line out")
    }
    if kind != .question { answer = nil }
    if title == nil, fields.isReported("title") {
      title = Located(slug, at: fields.location(of: "title"))
    }
    if removed != nil {
      (authors, summary, image) = ([], nil, nil)
    } else if authors.isEmpty, !fields.isReported("author") {
      fields.report(
        .missingAuthor, at: fields.location(of: "author"), "the post has no author",
        fields.advice(onMissing: "author", "add a line such as author: maren"))
    }
    if date == nil, !fields.isReported("date") {
      fields.report(
        .missingDate, at: fields.location(of: "date"), "the post has no date",
        fields.advice(onMissing: "date", "add a line such as date: 2026-03-04"))
    }
    if let date, let updated, updated.isBefore(date),
      let place = fields.valueLocation(of: "updated")
    {
      fields.report(
        .updatedBeforeDate, at: place,
        "the post was updated \(updated.machineReadable), before its date \(date.machineReadable)",
        "check the two dates")
    }
    topics.removeAll { fields.refuses(name: $0, advice: "name the topic by a word") }
    authors.removeAll { fields.refuses(name: $0, advice: "write a contributor's handle") }
  }

  /// Reads `open`, `closed`, or `closed` and the day.
  private mutating func readOpenness(_ fields: inout Fields, _ context: ReadingContext) {
    if let text = fields.text("responses"), text.value.utf8.starts(with: "closed ".utf8) {
      (acceptsResponses, closedLocation) = (false, text.location)
      let day = String(text.value.dropFirst("closed ".count)).trimmed
      closedOn = context.dates.read(day)
      if closedOn == nil {
        fields.report(
          .invalidDate, at: text.location, "“\(day)” is not a date",
          "write a day, such as responses: closed 2026-03-04")
      }
      return
    }
    acceptsResponses = fields.choice("responses", Openness.self) != .closed
    if !acceptsResponses { closedLocation = fields.valueLocation(of: "responses") }
  }

  private enum Openness: String, CaseIterable {
    case open
    case closed
  }
}

extension Response {
  init(
    postSlug: String, id: String, _ fields: inout Fields, _ context: ReadingContext, file: String
  ) {
    self.init(postSlug: postSlug, id: id, file: file)
    date = fields.dueDate("date", context.dates)
    dateLocation = fields.valueLocation(of: "date")
    replyTo = fields.text("reply-to")
    stance = fields.choice("stance", Stance.self)
    about = fields.text("about")
    audience = fields.audience("audience", of: context.audiences)
    agreements = fields.agreements("agreed-by", of: context.audiences)
    kind = fields.choice("kind", Kind.self) ?? .response
    removed = fields.has("removed") ? fields.text("removed")?.value ?? "" : nil
    for alias in fields.list("aliases") {
      let anchor = Self.anchor(in: alias.value)
      // With a page before its anchor.
      if anchor != alias.value, !alias.value.hasPrefix("#") {
        formerPlaces.append(alias)
      } else {
        aliases.append(Located(anchor, at: alias.location))
      }
    }
    source = fields.citation("source")
    feedID = fields.feedID("id")
    language = fields.language("language")
    changes = fields.shownChanges("changes")
    extras = fields.extras()
    voice = Self.voice(&fields, isRemoved: removed != nil)
  }

  private static func voice(_ fields: inout Fields, isRemoved: Bool) -> Voice? {
    let author = fields.name("author")
    let guest = fields.name("guest")
    let url = fields.text("url")
    if let author, guest != nil {
      fields.report(
        .authorAndGuest, at: fields.location(of: "guest"),
        "a response has an author or a guest, not both", "keep one of the two")
      return .author(author)
    }
    if let author {
      return fields.refuses(name: author, advice: "write guest instead of author")
        ? nil : .author(author)
    }
    guard let guest else {
      if !isRemoved, !fields.isReported("author"), !fields.isReported("guest") {
        fields.report(
          .missingAuthor, at: fields.location(of: "author"),
          "the response has neither author nor guest",
          fields.advice(
            onMissing: fields.has("author") ? "author" : "guest", "add a line such as guest: Ada"))
      }
      return nil
    }
    if let url, !WebAddress.isValid(url.value) {
      fields.report(
        .unsafeAddress, at: url.location, "“\(url.value)” is not an http or https address",
        "the guest's name is shown without a link")
    }
    return .guest(
      name: guest.value, url: url.flatMap { WebAddress.isValid($0.value) ? $0.value : nil })
  }
}

extension Contributor {
  init(handle: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(handle: handle, file: file)
    name = fields.name("name")
    url = fields.url("url")?.value
    image = fields.text("image")
    aliases = fields.list("aliases")
    claims = fields.list("claims")
    accounts = fields.accounts("accounts")
    isListed = fields.flag("listed", unreadable: false) ?? true
    audience = fields.audience("audience", of: context.audiences)
    extras = fields.extras()
  }
}

extension Topic {
  init(slug: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(slug: slug, file: file)
    title = fields.name("title")
    parent = fields.text("parent")
    aliases = fields.list("aliases")
    isGuide = fields.flag("guide") ?? false
    order = fields.order("order", atMost: isGuide ? Topic.maximumGuide : nil)
    audience = fields.audience("audience", of: context.audiences)
    extras = fields.extras()
  }
}

extension Page {
  init(slug: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(slug: slug, file: file)
    title = fields.name("title")
    switch fields.name("menu")?.value {
    case nil: menu = nil
    case let label?:
      let flag = FlagWord.read(label)
      menu = flag == nil ? label : flag == true ? "" : nil
    }
    order = fields.integer("order", in: -10_000...10_000) ?? 0
    audience = fields.audience("audience", of: context.audiences)
    aliases = fields.list("aliases")
    anchors = fields.anchors("anchors")
    language = fields.language("language")
    extras = fields.extras()
  }
}

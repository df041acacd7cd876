internal import StoaAddresses
internal import StoaModel

/// What the readers of files need to know of the community.
internal struct ReadingContext: Sendable {
  internal let audiences: [String]
  internal let dates: DateReader
}

extension Post {
  internal init(slug: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(slug: slug, file: file)
    title = fields.name("title")
    authors = fields.names("author", atMost: Post.maximumAuthors)
    date = fields.date("date", context.dates)
    updated = fields.date("updated", context.dates)
    topics = fields.names("topics", atMost: Post.maximumTopics)
    audience = fields.audience("audience", of: context.audiences)
    summary = fields.text("summary")?.value
    kind = fields.choice("kind", Kind.self) ?? .article
    answer = fields.text("answer")
    distilledFrom = fields.list("distilled-from")
    source = fields.citation("source")
    aliases = fields.list("aliases")
    isDraft = fields.flag("draft") ?? false
    language = fields.language("language")
    isPinned = fields.flag("pinned") ?? false
    isUnlisted = fields.flag("unlisted") ?? false
    acceptsResponses = fields.choice("responses", Openness.self) != .closed
    image = fields.text("image")
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
    if authors.isEmpty, !fields.isReported("author") {
      fields.report(
        .missingAuthor, at: fields.location(of: "author"), "the post has no author",
        "add a line such as author: maren")
    }
    if date == nil, fields.text("date") == nil {
      fields.report(
        .missingDate, at: fields.location(of: "date"), "the post has no date",
        "add a line such as date: 2026-03-04")
    }
    topics.removeAll { fields.refuses(name: $0, advice: "name the topic by a word") }
    authors.removeAll { fields.refuses(name: $0, advice: "write a contributor's handle") }
  }

  private enum Openness: String, CaseIterable {
    case open
    case closed
  }
}

extension Response {
  internal init(
    postSlug: String, id: String, _ fields: inout Fields, _ context: ReadingContext, file: String
  ) {
    self.init(postSlug: postSlug, id: id, file: file)
    date = fields.date("date", context.dates)
    dateLocation = fields.valueLocation(of: "date")
    replyTo = fields.text("reply-to")
    stance = fields.choice("stance", Stance.self)
    audience = fields.audience("audience", of: context.audiences)
    kind = fields.choice("kind", Kind.self) ?? .response
    removed = fields.has("removed") ? fields.text("removed")?.value ?? "" : nil
    aliases = fields.list("aliases")
    source = fields.citation("source")
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
          "add a line such as guest: Ada")
      }
      return nil
    }
    if let url, !Fields.isWebAddress(url.value) {
      fields.report(
        .unsafeAddress, at: url.location, "“\(url.value)” is not an http or https address",
        "the guest's name is shown without a link")
    }
    return .guest(
      name: guest.value, url: url.flatMap { Fields.isWebAddress($0.value) ? $0.value : nil })
  }
}

extension Contributor {
  internal init(handle: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(handle: handle, file: file)
    name = fields.name("name")
    url = fields.url("url")?.value
    image = fields.text("image")
    aliases = fields.list("aliases")
    isListed = fields.flag("listed") ?? true
    audience = fields.audience("audience", of: context.audiences)
    extras = fields.extras()
  }
}

extension Topic {
  internal init(slug: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(slug: slug, file: file)
    title = fields.name("title")
    parent = fields.text("parent")
    aliases = fields.list("aliases")
    order = fields.list("order")
    audience = fields.audience("audience", of: context.audiences)
    extras = fields.extras()
  }
}

extension Page {
  internal init(slug: String, _ fields: inout Fields, _ context: ReadingContext, file: String) {
    self.init(slug: slug, file: file)
    title = fields.name("title")
    switch fields.name("menu")?.value {
    case nil, "false"?, "no"?: menu = nil
    case "true"?, "yes"?: menu = ""
    case let label?: menu = label
    }
    order = fields.integer("order", in: -10_000...10_000) ?? 0
    audience = fields.audience("audience", of: context.audiences)
    aliases = fields.list("aliases")
    language = fields.language("language")
    extras = fields.extras()
  }
}

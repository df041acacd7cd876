internal import StoaAddresses
internal import StoaHTML
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The list of contributors, by name.
internal enum ContributorsView {
  internal static let shape = Shape(
    "contributors",
    PageFrame.fields + [
      .init("people", .records { SharedShapes.writer }, "this page's people, by name"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
    ])

  /// - Parameter people: everybody who is listed, by name.
  internal static func view(
    _ people: [Int], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    Record(
      shape, frame.values(page.describe(context.title(of: .contributors), context)),
      [
        "people": .list(
          page.items(of: people).map { index in
            let summary = context.community.contributors[index].bio?.summary ?? ""
            return context.writer(index, note: summary.excerpt(90))
          }),
        "pager": page.pager(context),
      ])
  }
}

/// The page of a contributor.
internal enum ContributorView {
  internal static let shape = Shape(
    "contributor",
    PageFrame.fields + [
      .init("name", .text, "the contributor's name"),
      .init("contributorsUrl", .text, "the list of contributors"),
      .init("person", .record { SharedShapes.person }, "the face"),
      .init("badges", .list(of: .text), "the audience, if it is not everybody"),
      .init("bio", .html, "what they say of themselves"),
      .init("website", .record { SharedShapes.link }, "their own site"),
      .init("conversations", .records { SharedShapes.listItem }, "their posts on this page"),
      .init("hasConversations", .flag, "whether there are any"),
      .init("responses", .records { SharedShapes.excerpt }, "their responses on this page"),
      .init("hasResponses", .flag, "whether there are any"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
      .init("topics", .records { SharedShapes.link }, "what they wrote about"),
      .init("hasTopics", .flag, "whether there are any"),
      .init("partners", .records { SharedShapes.writer }, "with whom they exchanged answers"),
      .init("hasPartners", .flag, "whether with anybody"),
      .init("backlinks", .records { SharedShapes.backlink }, "what mentions them"),
      .init("hasBacklinks", .flag, "whether anything does"),
      .init("feedUrl", .text, "their feed"),
      .init("x", SharedShapes.extras, "the contributor's own keys"),
    ])

  private static let partnersShown = 12

  /// - Parameter list: a page of the contributor's posts and of their responses.
  internal static func view(
    _ index: Int, _ list: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    let contributor = context.community.contributors[index]
    let words = context.words
    var page = list.describe(
      contributor.name, summary: contributor.bio?.summary ?? "", context)
    page.openGraphType = "profile"
    if case .image(let address, _, _) = contributor.image {
      page.image = context.site.absolute(address)
    }
    page.feeds = context.feeds(.contributor, beside: contributor.address, of: contributor.name)
    let website = contributor.url.flatMap(AddressPolicy.normalized).map {
      context.link(to: $0, words.text("website"))
    }
    let conversations = list.items(of: contributor.conversations)
    let responses = list.items(of: contributor.responses)
    return Record(
      shape, frame.values(page),
      [
        "name": .text(contributor.name),
        "contributorsUrl": .text(context.href(to: .contributors)),
        "person": context.person(.contributor(index)),
        "badges": context.badges(
          contributor.file?.audience?.value ?? context.settings.widestAudience, nil),
        "bio": contributor.bio.map { context.markup($0) } ?? .html(nil),
        "website": website ?? .nothing,
        "conversations": .list(conversations.map { context.listItem($0) }),
        "hasConversations": .flag(!conversations.isEmpty),
        "responses": .list(responses.map { context.excerpt($0) }),
        "hasResponses": .flag(!responses.isEmpty), "pager": list.pager(context),
        "topics": .list(contributor.topics.map { context.link(toTopic: $0) }),
        "hasTopics": .flag(!contributor.topics.isEmpty),
        "partners": .list(contributor.partners.prefix(partnersShown).map { partner($0, context) }),
        "hasPartners": .flag(!contributor.partners.isEmpty),
        "backlinks": context.backlinks(contributor.backlinks),
        "hasBacklinks": .flag(!contributor.backlinks.isEmpty),
        "feedUrl": .text(page.feeds.first.map { context.href($0.address) } ?? ""),
        "x": context.extras(contributor.file?.extras ?? []),
      ])
  }

  private static func partner(_ partner: Partner, _ context: ViewContext) -> Value {
    context.writer(
      partner.contributor,
      evidence: context.words.count("exchange-count", partner.exchanges.count),
      evidenceURL: context.href(of: partner.exchanges[0]))
  }
}

import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel
import StoaTemplates

/// The list of contributors, by name, and below them guests.
struct ContributorsView: ListModel {
  static let kind = PageKind.contributors

  let frame: PageFrame.Parts
  private let people: ArraySlice<Index<ContributorEntry>>
  private let guests: ArraySlice<Guest>
  let page: ListPage
  let context: ViewContext

  /// - Parameters:
  ///   - people: those of the page, by name.
  ///   - guests: likewise.
  init(
    _ people: ArraySlice<Index<ContributorEntry>>, _ guests: ArraySlice<Guest>, _ page: ListPage,
    _ frame: PageFrame, _ context: ViewContext
  ) {
    self.frame = frame.parts(page.describe(context.title(of: .contributors), context))
    self.people = people
    self.guests = guests
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    fileprivate let people: ArraySlice<Index<ContributorEntry>>
    fileprivate let guests: ArraySlice<Guest>
    fileprivate let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> ContributorsView {
      ContributorsView(people, guests, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let people = planner.context.community.listedPeople
    let guests = Guest.all(in: planner.listed, of: planner.context.community)
    planner.addList(of: people.count, guests.count) { page in
      Subject(people: page.items(of: people), guests: page.items(of: guests), page: page)
    }
  }

  static let shape = Shape<Self>(
    page: .contributors,
    [
      .flaggedList("people", of: PersonCardView.self, "this page's people, by name") { view in
        view.people.map { Part(PersonCardView($0, view.context)) }
      },
      .flaggedList("guests", of: GuestView.self, "this page's guests, by the names they gave") {
        view in
        view.guests.map { Part(GuestView(guest: $0, context: view.context)) }
      },
      .pager,
    ])
}

/// A guest's name, with or without a website, and the guest's responses.
///
/// Two guests may have the same name, so nothing is derived from it: no page, and no links between responses.
struct Guest: Hashable {
  let name: String
  /// Nil where none was given.
  let url: String?
  /// Newest first.
  let responses: [Reference]

  /// The guests of some conversations, by folded name.
  static func all(in conversations: [Index<Conversation>], of community: Community) -> [Guest] {
    struct Key: Hashable {
      let name: String
      let url: String?
    }
    var responses: [Key: [Reference]] = [:]
    for index in conversations {
      let thread = community.conversations[index].responses
      for reference in community.responses(of: index) {
        guard let place = reference.response,
          case .guest(let name, let url)? = thread[place].speaker
        else { continue }
        responses[Key(name: name, url: url), default: []].append(reference)
      }
    }
    return responses.map { key, references in
      (
        folded: NameKey(key.name).folded,
        guest: Guest(
          name: key.name, url: key.url, responses: community.newestFirst(references))
      )
    }.sorted { left, right in
      if left.folded != right.folded { return left.folded.precedes(right.folded) }
      let (first, second) = (left.guest, right.guest)
      if first.name.precedes(second.name) { return true }
      return !second.name.precedes(first.name)
        && (first.url ?? "").precedes(second.url ?? "")
    }.map(\.guest)
  }
}

/// A guest as the list of people shows them.
struct GuestView: Shaped {
  fileprivate let guest: Guest
  fileprivate let context: ViewContext

  private static let responsesShown = 20

  static let shape = Shape<Self>(
    "guest",
    [
      .text("name", "the name that they gave") { $0.guest.name },
      .text("url", "the address that they gave, or empty") { $0.person.url },
      .text("hue", "the class of one of 24 hues") { $0.person.hue },
      .text("initials", "one or two letters") { $0.person.initials },
      .text("image", "always empty") { _ in "" },
      .list(
        "responses", of: LinkView.self, "the newest twenty responses under it; the note is the day"
      ) {
        view in
        view.guest.responses.prefix(responsesShown).map { reference in
          let conversation = view.context.community.conversations[reference.conversation]
          return view.context.link(
            to: view.context.href(of: reference), conversation.title,
            note: view.context.strings.date(view.context.community.date(of: reference)))
        }
      },
    ])

  private var person: PersonView {
    context.face(ofGuest: guest.name, url: guest.url)
  }
}

/// A contributor as the list of people shows them.
struct PersonCardView: Shaped {
  private let person: PersonView
  private let contributor: ContributorEntry
  private let context: ViewContext

  fileprivate init(_ index: Index<ContributorEntry>, _ context: ViewContext) {
    person = context.face(of: index)
    contributor = context.community.contributors[index]
    self.context = context
  }

  private static let topicsShown = 3

  static let shape = Shape<Self>(
    "person card",
    Field.contributor { $0.person },
    [
      .text("note", "the beginning of what they say of themselves, or empty") {
        $0.contributor.bio?.summary.excerpt(90) ?? ""
      },
      .text("since", "since when they have been here, in words, or empty") { view in
        view.contributor.first.map {
          view.context.strings.phrase("here-since", ["date": view.context.strings.date($0)])
        } ?? ""
      },
      .record("latest", of: LinkView.self, "their last words; the note is where they stand") {
        $0.latest
      },
      .flaggedList("topics", of: LinkView.self, "the first three topics that they wrote about") {
        view in
        view.contributor.topics.prefix(topicsShown).map { view.context.link(toTopic: $0) }
      },
    ])

  private var latest: Part<LinkView>? {
    let posts = contributor.conversations.prefix(1).map {
      Reference(conversation: $0, response: nil)
    }
    return context.community.newestFirst(posts + contributor.responses.prefix(1)).first.map {
      reference in
      let conversation = context.community.conversations[reference.conversation]
      let words =
        reference.response.map { conversation.responses[$0].body.summary } ?? conversation.summary
      return context.link(
        to: context.href(of: reference), words.excerpt(90), note: conversation.title)
    }
  }
}

/// The page of a contributor.
struct ContributorView: ListModel {
  static let kind = PageKind.contributor

  let frame: PageFrame.Parts
  private let index: Index<ContributorEntry>
  private let contributor: ContributorEntry
  let page: ListPage
  private let replies: SiteAddress?
  private let feed: SiteAddress?
  let context: ViewContext

  /// - Parameter page: a page of the contributor's posts and of their responses.
  init(
    _ index: Index<ContributorEntry>, _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    let contributor = context.community.contributors[index]
    var description = page.describe(
      contributor.name, summary: contributor.bio?.summary ?? "", context)
    description.openGraphType = "profile"
    if case .image(let address, _, _) = contributor.image {
      description.image = context.site.absolute(address)
    }
    description.feeds = context.feeds(
      .contributor, beside: contributor.address, of: contributor.name)
    self.frame = frame.parts(description)
    self.index = index
    self.contributor = contributor
    self.page = page
    feed = description.feeds.first?.address
    replies =
      context.feeds(
        .contributor, beside: contributor.address, of: contributor.name, content: .answers
      ).first?.address
    self.context = context
  }

  struct Subject: PageSubject {
    let index: Index<ContributorEntry>
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> ContributorView {
      ContributorView(index, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let contributors = planner.context.community.contributors
    for index in contributors.places {
      let person = contributors[index]
      planner.addList(
        of: person.conversations.count, person.responses.count, at: person.address
      ) { Subject(index: index, page: $0) }
    }
  }

  static let shape = Shape<Self>(
    page: .contributor,
    [
      .text("name", "the contributor's name") { $0.contributor.name },
      .text("contributorsUrl", "the list of contributors") {
        $0.context.href(to: .contributors)
      },
      .record("person", of: PersonView.self, "the face") {
        $0.context.person(.contributor($0.index))
      },
      .texts("badges", "the audience, if it is not public") {
        $0.context.badges(
          $0.contributor.file?.audience?.value ?? $0.context.settings.widestAudience, nil)
      },
      .html("bio", "their description of themselves") { view in
        view.contributor.bio.flatMap { view.context.markup($0) }
      },
      .record("website", of: LinkView.self, "their own site") { view in
        view.contributor.url.flatMap(AddressPolicy.normalized).map {
          view.context.link(to: $0, view.context.strings.text("website"))
        }
      },
      .flaggedList("conversations", of: ListItemView.self, "their posts on this page") { view in
        view.page.items(of: view.contributor.conversations).map { view.context.listItem($0) }
      },
      .flaggedList("responses", of: ExcerptView.self, "their responses on this page") { view in
        view.page.items(of: view.contributor.responses).compactMap { view.context.excerpt($0) }
      },
      .pager,
      .flaggedList("topics", of: LinkView.self, "the topics that they wrote about") { view in
        view.contributor.topics.map { view.context.link(toTopic: $0) }
      },
      .flaggedList("partners", of: WriterView.self, "people with whom they exchanged replies") {
        view in
        view.contributor.partners.prefix(partnersShown).map { view.partner($0) }
      },
      .flaggedList(
        "backlinks", of: BacklinkView.self, "places where others mention them, on the first page"
      ) { view in
        view.page.isFirst ? view.context.backlinks(view.contributor.backlinks) : []
      },
      .feed("their feed") { $0.feed },
      .text("repliesUrl", "the feed of replies to them") { view in
        view.replies.map { view.context.href($0) } ?? ""
      },
      .open("x", "the contributor's own keys") {
        $0.context.extras($0.contributor.file?.extras ?? [])
      },
    ])

  private static let partnersShown = 12

  private func partner(_ partner: Partner) -> Part<WriterView> {
    context.writer(
      partner.contributor,
      evidence: context.strings.count("exchange-count", partner.exchanges.count),
      evidenceURL: context.href(of: partner.exchanges[0]))
  }
}

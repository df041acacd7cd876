import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel
import StoaTemplates

/// The list of contributors, by name.
struct ContributorsView: PageModel {
  static let kind = PageKind.contributors

  let frame: PageFrame.Parts
  private let people: [Index<ContributorEntry>]
  private let page: ListPage
  private let context: ViewContext

  /// - Parameter people: everybody who is listed, by name.
  init(
    _ people: [Index<ContributorEntry>], _ page: ListPage, _ frame: PageFrame,
    _ context: ViewContext
  ) {
    self.frame = frame.parts(page.describe(context.title(of: .contributors), context))
    self.people = people
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let people: [Index<ContributorEntry>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> ContributorsView {
      ContributorsView(people, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let people = planner.context.community.listedPeople
    planner.addList(of: people.count) { Subject(people: people, page: $0) }
  }

  static let shape = Shape<Self>(
    page: .contributors,
    [
      .list("people", of: WriterView.self, "this page's people, by name") { view in
        view.page.items(of: view.people).map { index in
          let summary = view.context.community.contributors[index].bio?.summary ?? ""
          return view.context.writer(index, note: summary.excerpt(90))
        }
      },
      .record("pager", of: PagerView.self, "the pages before and after") {
        $0.page.pager($0.context)
      },
    ])
}

/// The page of a contributor.
struct ContributorView: PageModel {
  static let kind = PageKind.contributor

  let frame: PageFrame.Parts
  private let index: Index<ContributorEntry>
  private let contributor: ContributorEntry
  private let list: ListPage
  private let replies: SiteAddress?
  private let feed: SiteAddress?
  private let context: ViewContext

  /// - Parameter list: a page of the contributor's posts and of their responses.
  init(
    _ index: Index<ContributorEntry>, _ list: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    let contributor = context.community.contributors[index]
    var page = list.describe(
      contributor.name, summary: contributor.bio?.summary ?? "", context)
    page.openGraphType = "profile"
    if case .image(let address, _, _) = contributor.image {
      page.image = context.site.absolute(address)
    }
    page.feeds = context.feeds(.contributor, beside: contributor.address, of: contributor.name)
    self.frame = frame.parts(page)
    self.index = index
    self.contributor = contributor
    self.list = list
    feed = page.feeds.first?.address
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
      .texts("badges", "the audience, if it is not everybody") {
        $0.context.badges(
          $0.contributor.file?.audience?.value ?? $0.context.settings.widestAudience, nil)
      },
      .html("bio", "what they say of themselves") { view in
        view.contributor.bio.flatMap { view.context.markup($0) }
      },
      .record("website", of: LinkView.self, "their own site") { view in
        view.contributor.url.flatMap(AddressPolicy.normalized).map {
          view.context.link(to: $0, view.context.strings.text("website"))
        }
      },
      .flaggedList("conversations", of: ListItemView.self, "their posts on this page") { view in
        view.list.items(of: view.contributor.conversations).map { view.context.listItem($0) }
      },
      .flaggedList("responses", of: ExcerptView.self, "their responses on this page") { view in
        view.list.items(of: view.contributor.responses).compactMap { view.context.excerpt($0) }
      },
      .record("pager", of: PagerView.self, "the pages before and after") {
        $0.list.pager($0.context)
      },
      .flaggedList("topics", of: LinkView.self, "what they wrote about") { view in
        view.contributor.topics.map { view.context.link(toTopic: $0) }
      },
      .flaggedList("partners", of: WriterView.self, "with whom they exchanged answers") { view in
        view.contributor.partners.prefix(partnersShown).map { view.partner($0) }
      },
      .flaggedList(
        "backlinks", of: BacklinkView.self, "where others speak of them, on the first page"
      ) { view in
        view.list.isFirst ? view.context.backlinks(view.contributor.backlinks) : []
      },
      .text("feedUrl", "their feed") { view in view.feed.map { view.context.href($0) } ?? "" },
      .text("repliesUrl", "the feed of what others answer them") { view in
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

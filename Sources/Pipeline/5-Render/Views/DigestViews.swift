import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The page of a month's digest.
struct DigestView: PageModel {
  static let kind = PageKind.digest

  let frame: PageFrame.Parts
  private let sections: [DigestSection]
  private let next: SiteAddress?
  private let previous: SiteAddress?
  private let feed: SiteAddress?
  private let context: ViewContext

  /// - Parameter place: the index of the digest among all, newest first.
  init(_ place: Int, _ frame: PageFrame, _ context: ViewContext) {
    let digests = context.community.digests
    let month = digests[place].month
    var page = PageFrame.Description(.digest(of: month), context.digestTitle(of: month))
    page.feeds = context.feeds(ofList: .digests)
    next = place > 0 ? .digest(of: digests[place - 1].month) : nil
    previous = place + 1 < digests.count ? .digest(of: digests[place + 1].month) : nil
    page.previous = previous
    page.next = next
    feed = page.feeds.first?.address
    self.frame = frame.parts(page)
    sections = context.sections(of: digests[place])
    self.context = context
  }

  struct Subject: PageSubject {
    let place: Int

    func view(_ frame: PageFrame, _ context: ViewContext) -> DigestView {
      DigestView(place, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    for (place, digest) in planner.context.community.digests.enumerated() {
      planner.add(Subject(place: place), at: .digest(of: digest.month))
    }
  }

  static let shape = Shape<Self>(
    page: .digest,
    [
      .list("sections", of: SectionView.self, "what there is of each kind, in order") { view in
        view.sections.map { Part(SectionView(section: $0, context: view.context)) }
      },
      .text("allUrl", "the list of all months") { $0.context.href(to: .digests) },
      .text("previousUrl", "the month before, or empty") { view in
        view.previous.map { view.context.href($0) } ?? ""
      },
      .text("nextUrl", "the month after, or empty") { view in
        view.next.map { view.context.href($0) } ?? ""
      },
      .text("feedUrl", "the feed of all months") { view in
        view.feed.map { view.context.href($0) } ?? ""
      },
    ])

  struct SectionView: Shaped {
    fileprivate let section: DigestSection
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "digest section",
      [
        .text("name", "begun, continued, answers, first-words, practices or waiting") {
          $0.section.name
        },
        .text("title", "the same in words") { $0.section.title },
        .list("items", of: LinkView.self, "what there is, by date") { view in
          view.section.items.map {
            view.context.link(to: view.context.href(of: $0.reference), $0.title, note: $0.note)
          }
        },
      ])
  }
}

/// All months that have a digest.
struct DigestsView: ListModel {
  static let kind = PageKind.digests

  let frame: PageFrame.Parts
  let page: ListPage
  private let feed: SiteAddress?
  let context: ViewContext

  init(_ page: ListPage, _ frame: PageFrame, _ context: ViewContext) {
    var description = page.describe(context.title(of: .digests), context)
    description.feeds = context.feeds(ofList: .digests)
    feed = description.feeds.first?.address
    self.frame = frame.parts(description)
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> DigestsView {
      DigestsView(page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    planner.addList(of: planner.context.community.digests.count) { Subject(page: $0) }
  }

  static let shape = Shape<Self>(
    page: .digests,
    [
      .flaggedList("months", of: LinkView.self, "this page's months, newest first") { view in
        view.page.items(of: view.context.community.digests).map { digest in
          view.context.link(
            .digest(of: digest.month),
            view.context.strings.month(digest.month.month, of: digest.month.year),
            note: view.context.sections(of: digest).map(\.title).joined(separator: " · "))
        }
      },
      .pager,
      .feed("the feed") { $0.feed },
    ])
}

/// One section of a month's digest, in the form that pages, feeds and mails use.
struct DigestSection: Sendable {
  struct Item: Sendable {
    let reference: Reference
    let title: String
    /// The authors and the date.
    let note: String
  }

  /// Its name for themes.
  let name: String
  let title: String
  let items: [Item]
}

extension ViewContext {
  func digestTitle(of month: CalendarMonth) -> String {
    strings.phrase("digest-title", ["month": strings.month(month.month, of: month.year)])
  }

  /// The sections of a digest that are not empty.
  func sections(of digest: Digest) -> [DigestSection] {
    let posts = { (posts: [Index<Conversation>]) in
      posts.map { Reference(conversation: $0, response: nil) }
    }
    let all: [(name: String, items: [Reference])] = [
      ("begun", posts(digest.begun)), ("continued", digest.continued), ("answers", digest.answers),
      ("first-words", digest.firstWords), ("practices", posts(digest.practices)),
      ("waiting", posts(digest.waiting)),
    ]
    return all.filter { !$0.items.isEmpty }.map { name, items in
      DigestSection(
        name: name, title: strings.text("digest-\(name)"), items: items.map { item(of: $0) })
    }
  }

  private func item(of reference: Reference) -> DigestSection.Item {
    let conversation = community.conversations[reference.conversation]
    let day = strings.date(community.date(of: reference))
    let note = reference.response == nil ? "\(names(conversation.authors)) · \(day)" : day
    return DigestSection.Item(reference: reference, title: title(of: reference), note: note)
  }
}

import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// A page of the community's own, such as a code of conduct.
struct PageView: PageModel {
  static let kind = PageKind.page

  let frame: PageFrame.Parts
  private let entry: PageEntry
  private let context: ViewContext

  init(_ index: Index<PageEntry>, _ frame: PageFrame, _ context: ViewContext) {
    entry = context.community.pages[index]
    var page = PageFrame.Description(entry.address, entry.title, summary: entry.body.summary)
    page.language = entry.page.language
    self.frame = frame.parts(page)
    self.context = context
  }

  struct Subject: PageSubject {
    let index: Index<PageEntry>

    func view(_ frame: PageFrame, _ context: ViewContext) -> PageView {
      PageView(index, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let pages = planner.context.community.pages
    for index in pages.places {
      planner.add(Subject(index: index), at: pages[index].address)
    }
  }

  static let shape = Shape<Self>(
    page: .page,
    [
      .text("title", "the page's title") { $0.entry.title },
      .texts("badges", "its audience, if it is not public") {
        $0.context.badges($0.entry.audience, nil)
      },
      .html("body", "its text") { $0.context.markup($0.entry.body, beginsPage: true) },
      .text("editUrl", "the page to edit it on the forge, or empty") {
        $0.context.forge?.edit($0.entry.page.file) ?? ""
      },
      .flaggedList("backlinks", of: BacklinkView.self, "what links here") {
        $0.context.backlinks($0.entry.backlinks)
      },
      .text("historyUrl", "its history on the forge, or empty") {
        $0.context.forge?.history($0.entry.page.file) ?? ""
      },
      .record("history", of: HistoryView.self, "the page's history from git, if there is one") {
        HistoryView($0.entry.revisions, $0.context).map { Part($0) }
      },
      .flag("hasFoot", "whether there is anything below the text") {
        $0.context.forge != nil || $0.entry.revisions != nil
      },
      .open("x", "the page's own keys") { $0.context.extras($0.entry.page.extras) },
    ])
}

/// The page for missing addresses.
struct NotFoundView: PageModel {
  static let kind = PageKind.notFound

  let frame: PageFrame.Parts
  private let context: ViewContext

  init(_ frame: PageFrame, _ context: ViewContext) {
    var page = PageFrame.Description(.notFound, context)
    page.isEverywhere = true
    self.frame = frame.parts(page)
    self.context = context
  }

  struct Subject: PageSubject {

    func view(_ frame: PageFrame, _ context: ViewContext) -> NotFoundView {
      NotFoundView(frame, context)
    }
  }

  static func plan(_ planner: inout Planner) { planner.addOne(Subject()) }

  static let shape = Shape<Self>(
    page: .notFound,
    [
      .list("links", of: LinkView.self, "where to go from here") { view in
        [PageKind.home, .topics, .archive].map { view.context.link(to: $0) }
      }
    ])
}

/// The search page, which a script fills.
struct SearchView: PageModel {
  static let kind = PageKind.search

  let frame: PageFrame.Parts
  private let context: ViewContext

  init(_ frame: PageFrame, _ context: ViewContext) {
    self.frame = frame.parts(PageFrame.Description(.search, context))
    self.context = context
  }

  struct Subject: PageSubject {

    func view(_ frame: PageFrame, _ context: ViewContext) -> SearchView {
      SearchView(frame, context)
    }
  }

  static func plan(_ planner: inout Planner) { planner.addOne(Subject()) }

  static let shape = Shape<Self>(
    page: .search,
    [
      .text("styleSheet", "the address of the page's own style sheet") {
        $0.context.href($0.context.assets.searchStyleSheet.address)
      },
      .text("script", "the address of the script that searches") {
        $0.context.href($0.context.assets.searchScript.address)
      },
      .text("index", "the address of the folder that it searches in") {
        $0.context.href(to: .search) + "index/"
      },
    ])
}

/// A page at an old address that redirects to the new one.
struct RedirectView: PageModel {
  static let kind = PageKind.redirect

  let frame: PageFrame.Parts
  private let redirect: Redirect
  private let context: ViewContext

  init(_ redirect: Redirect, _ frame: PageFrame, _ context: ViewContext) {
    self.frame = frame.parts(
      PageFrame.Description(redirect.from, context.title(of: .redirect)))
    self.redirect = redirect
    self.context = context
  }

  struct Subject: PageSubject {
    let redirect: Redirect

    func view(_ frame: PageFrame, _ context: ViewContext) -> RedirectView {
      RedirectView(redirect, frame, context)
    }
  }

  /// `Planner.addFormerAddresses` plans it after the feeds, so that existing files keep their addresses.
  static func plan(_ planner: inout Planner) {}

  static let shape = Shape<Self>(
    page: .redirect,
    [
      .text("target", "the new whole address") { $0.context.site.absolute($0.redirect.to) },
      .text("targetPath", "the new address below the host") {
        $0.context.href($0.redirect.to)
      },
    ])
}

/// The page at an address that was removed on purpose.
struct GoneView: PageModel {
  static let kind = PageKind.gone

  let frame: PageFrame.Parts
  private let place: GonePlace
  private let context: ViewContext

  init(_ place: GonePlace, _ frame: PageFrame, _ context: ViewContext) {
    var page = PageFrame.Description(place.address, context.title(of: .gone))
    page.isUnlisted = true
    self.frame = frame.parts(page)
    self.place = place
    self.context = context
  }

  struct Subject: PageSubject {
    let place: GonePlace

    func view(_ frame: PageFrame, _ context: ViewContext) -> GoneView {
      GoneView(place, frame, context)
    }
  }

  /// `Planner.addFormerAddresses` plans it after the feeds, so that existing files keep their addresses.
  static func plan(_ planner: inout Planner) {}

  static let shape = Shape<Self>(
    page: .gone,
    [
      .text("reason", "the reason for its removal, from stoa.yml") { $0.place.reason },
      .list("links", of: LinkView.self, "where to go from here") { view in
        [PageKind.home, .topics, .archive].map { view.context.link(to: $0) }
      },
    ])
}

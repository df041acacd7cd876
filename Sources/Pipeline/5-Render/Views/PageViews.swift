internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// A page of the community's own, such as a code of conduct.
internal enum PageView {
  internal static let shape = Shape(
    "page",
    PageFrame.fields + [
      .init("title", .text, "the page's title"),
      .init("badges", .list(of: .text), "its audience, if it is not for everybody"),
      .init("body", .html, "its text"),
      .init("editUrl", .text, "where to improve it on the forge, or empty"),
      .init("backlinks", .records { SharedShapes.backlink }, "what links here"),
      .init("hasBacklinks", .flag, "whether anything does"),
      .init("historyUrl", .text, "its history on the forge, or empty"),
      .init("history", .record { HistoryView.shape }, "what git tells of the page, if it does"),
      .init("hasFoot", .flag, "whether there is anything to say below the text"),
      .init("x", SharedShapes.extras, "the page's own keys"),
    ])

  internal static func view(_ index: Int, _ frame: PageFrame, _ context: ViewContext) -> Record {
    let entry = context.community.pages[index]
    var page = PageFrame.Description(
      entry.address, entry.title, summary: entry.body.summary)
    page.language = entry.page.language
    let forge = context.forge
    return Record(
      shape, frame.values(page),
      [
        "title": .text(entry.title), "badges": context.badges(entry.audience, nil),
        "body": context.markup(entry.body, beginsPage: true),
        "editUrl": .text(forge?.edit(entry.page.file) ?? ""),
        "backlinks": context.backlinks(entry.backlinks),
        "hasBacklinks": .flag(!entry.backlinks.isEmpty),
        "historyUrl": .text(forge?.history(entry.page.file) ?? ""),
        "history": HistoryView.view(entry.revisions, context),
        "hasFoot": .flag(forge != nil || entry.revisions != nil),
        "x": context.extras(entry.page.extras),
      ])
  }
}

/// What is shown where nothing is.
internal enum NotFoundView {
  internal static let shape = Shape(
    "404",
    PageFrame.fields + [.init("links", .records { SharedShapes.link }, "where to go from here")])

  internal static func view(_ frame: PageFrame, _ context: ViewContext) -> Record {
    var page = PageFrame.Description(.notFound, context)
    page.isEverywhere = true
    return Record(
      shape, frame.values(page),
      [
        "links": .list([
          context.link(to: .home), context.link(to: .topics), context.link(to: .archive),
        ])
      ])
  }
}

/// The page for searching, which a script fills.
internal enum SearchView {
  internal static let shape = Shape(
    "search",
    PageFrame.fields + [
      .init("styleSheet", .text, "the address of the page's own style sheet"),
      .init("script", .text, "the address of the script that searches"),
      .init("index", .text, "the address of the folder that it searches in"),
    ])

  internal static func view(_ frame: PageFrame, _ context: ViewContext) -> Record {
    let page = PageFrame.Description(.search, context)
    return Record(
      shape, frame.values(page),
      [
        "styleSheet": .text(context.href(context.assets.searchStyleSheet.address)),
        "script": .text(context.href(context.assets.searchScript.address)),
        "index": .text(context.href(to: .search) + "pagefind/"),
      ])
  }
}

/// A page at an old address that sends on to the new one.
internal enum RedirectView {
  internal static let shape = Shape(
    "redirect",
    PageFrame.fields + [
      .init("target", .text, "the new whole address"),
      .init("targetPath", .text, "the new address below the host"),
    ])

  internal static func view(_ redirect: Redirect, _ frame: PageFrame, _ context: ViewContext)
    -> Record
  {
    let page = PageFrame.Description(redirect.from, context.title(of: .redirect))
    return Record(
      shape, frame.values(page),
      [
        "target": .text(context.site.absolute(redirect.to)),
        "targetPath": .text(context.href(redirect.to)),
      ])
  }
}

package import StoaLoad
package import StoaModel

/// The options of Select.
package struct SelectOptions: Sendable {
  /// Nil: the widest.
  package var audience: Audience?
  package var asOf: Timestamp
  /// Whether drafts and scheduled items are shown, marked as such.
  package var includesDrafts: Bool

  package init(audience: Audience? = nil, asOf: Timestamp, includesDrafts: Bool = false) {
    self.audience = audience
    self.asOf = asOf
    self.includesDrafts = includesDrafts
  }
}

/// Keeps the items that a build may show: shared with its audience, not scheduled, and no drafts.
///
/// Responses to a hidden document are hidden too, with their diagnostics.
///
/// Only this function makes the input of Parse; no later stage ever sees the dropped items.
package func select(_ sources: Sources, options: SelectOptions) -> Selected {
  let gate = Gate(
    audience: options.audience ?? sources.settings.widestAudience, asOf: options.asOf,
    includesDrafts: options.includesDrafts)
  var selected = Selected(
    BuildFacts(
      settings: sources.settings, audience: gate.audience, asOf: options.asOf, root: sources.root,
      theme: sources.theme))
  selected.assets.statics = sources.statics

  let defaultAudience = sources.settings.audienceByDefault
  var standing = ResponseStanding(gate: gate, orphanAudience: defaultAudience)
  var hidden = HiddenFolders()
  selected.posts.reserveCapacity(sources.posts.count)
  for post in sources.posts {
    let audience = post.item.audience?.value ?? defaultAudience
    let status = gate.status(
      isDraft: post.item.isDraft || post.isHeldBack, date: post.item.date)
    let isShown = gate.shows(audience, status)
    let isDue = gate.shows(
      audience, gate.status(isDraft: post.item.isDraft, date: post.item.date))
    let isHeldBack = post.isHeldBack && !isShown && isDue
    standing.add(
      post: post.item.slug, audience: audience, isShown: isShown, isHeldBack: isHeldBack)
    if isHeldBack {
      selected.diagnostics += post.diagnostics
      selected.unread.add(post: post.item.slug, file: post.item.file)
      continue
    }
    guard isShown else {
      hidden.add(post.item)
      if gate.shows(audience, nil), !post.isHeldBack { selected.leftOut.add(status) }
      continue
    }
    selected.take(post, audience: audience, status: status)
    // Two posts with one slug are an error; until it is fixed, each has only the files of its own folder.
    if let bundle = post.item.bundle {
      let assets = (sources.postAssets[post.item.slug] ?? [])
        .filter { $0.file.utf8.starts(with: "\(bundle)/".utf8) }
      if !assets.isEmpty { selected.assets.posts[post.item.slug] = assets }
    }
  }
  selected.tell(posts: sources.unread, gate, &standing, &hidden)
  selected.tell(pagesAndOthers: sources.unread, gate, hidden)
  selected.diagnostics += sources.diagnostics
  for page in sources.pages {
    let audience = page.item.audience?.value ?? defaultAudience
    let status: ItemStatus? = page.isHeldBack ? .draft : nil
    if gate.shows(audience, status) {
      selected.take(page, audience: audience, status: status)
    } else if page.isHeldBack, gate.shows(audience, nil) {
      selected.diagnostics += page.diagnostics
      selected.unread.add(file: page.item.file, name: page.item.slug)
    }
  }
  selected.responses.reserveCapacity(sources.responses.count)
  let unreadResponses = sources.unread.filter {
    if case .response = $0.kind { true } else { false }
  }
  for decision in standing.decide(sources.responses, unreadResponses) {
    guard decision.index < sources.responses.count else {
      selected.tell(unreadResponses[decision.index - sources.responses.count], gate)
      continue
    }
    var response = sources.responses[decision.index]
    guard decision.isShown else {
      // The files of an unread document are missing too, which is not another error.
      if decision.isTold { selected.diagnostics += response.diagnostics }
      if decision.isOpen, gate.shows(decision.audience, nil) {
        selected.leftOut.add(decision.status)
      }
      selected.unread.add(
        response: response.item.id, to: response.item.postSlug, file: response.item.file)
      continue
    }
    if sources.hasHistory, response.lacksDate {
      response = response.datedAsUncommitted(sources.dates.timestamp(of: options.asOf.day))
    }
    selected.take(response, audience: decision.audience, status: decision.status)
    if let tooWide = decision.tooWide {
      selected.diagnostics.append(tooWide.diagnostic(names: sources.settings))
    }
  }
  selected.takeUsed(sources, gate: gate)
  selected.reportNoContent()
  ShownRevisions.trim(&selected)
  return selected
}

/// The conditions under which a build shows an item.
struct Gate {
  let audience: Audience
  let asOf: Timestamp
  let includesDrafts: Bool

  func shows(_ audience: Audience, _ status: ItemStatus?) -> Bool {
    audience >= self.audience && (status == nil || includesDrafts)
  }

  func status(isDraft: Bool, date: Timestamp?) -> ItemStatus? {
    if isDraft { return .draft }
    guard let date else { return nil }
    let isDue = asOf.isDay ? date.day <= asOf.day : date <= asOf
    return isDue ? nil : .scheduled
  }
}

extension Selected {
  /// Reports that there is nothing to show: usually the content is in another place, and the build would remove the site.
  ///
  /// Drafts of the build's own audience count as content, because the report names their number.
  ///
  /// Content of other audiences has no effect on the message or the exit code.
  fileprivate mutating func reportNoContent() {
    let isEmpty =
      posts.isEmpty && responses.isEmpty && pages.isEmpty && contributors.isEmpty && topics.isEmpty
      && assets.statics.isEmpty && assets.contributors.isEmpty && leftOut == LeftOut()
    guard isEmpty, !diagnostics.contains(where: { $0.severity == .error }) else { return }
    diagnostics.append(
      Diagnostic(
        .missingContent, at: SourceLocation(file: "content"),
        "there is nothing that this build may show",
        suggestion: "posts belong in content/posts; stoa new makes the first"))
  }

  fileprivate mutating func take(_ post: Loaded<Post>, audience: Audience, status: ItemStatus?) {
    diagnostics += post.diagnostics
    var item = post.item
    item.isOverdue = item.reviewBy.map { $0.day < facts.asOf.day } ?? false
    posts.append(
      SelectedItem(
        item: item, text: post.text, audience: audience, status: status, history: post.history)
    )
  }

  fileprivate mutating func take(
    _ response: Loaded<Response>, audience: Audience, status: ItemStatus?
  ) {
    diagnostics += response.diagnostics
    responses.append(
      SelectedItem(
        item: response.item, text: response.text, audience: audience, status: status,
        history: response.history))
  }

  fileprivate mutating func take(_ page: Loaded<Page>, audience: Audience, status: ItemStatus?) {
    diagnostics += page.diagnostics
    pages.append(
      SelectedItem(
        item: page.item, text: page.text, audience: audience, status: status, history: page.history)
    )
  }
}

extension Loaded<Response> {
  /// A response that is not committed yet, with the build's date.
  fileprivate func datedAsUncommitted(_ day: Timestamp) -> Loaded {
    dated(day).adding(
      Diagnostic(
        .dateFromHistory, at: SourceLocation(file: item.file, line: 1, column: 1),
        "the response has no date and is not committed yet, so it is dated \(day.machineReadable)",
        suggestion: "commit it, or add a line such as date: \(day.machineReadable)"))
  }
}

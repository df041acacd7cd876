import StoaModel

/// Decides which changes of documents a build shows: changed words between two versions that its readers could see at the time.
///
/// It follows the log back from the newest change to the first with a hidden version; everything before that is not shown, whatever
/// its front matter says. A response that named no audience had that of what it answered, so nothing of it is shown from before a
/// change that made those documents visible.
struct ShownRevisions {
  /// A point in the log before which nothing is shown.
  private struct Cut {
    /// Commits from this index of the log on are before it.
    var order = Int.max
    /// Commits of this time and earlier are also before it: the log's order of commits on two branches need not be that of time.
    var date = Int64.min

    static let everything = Cut(order: 0)

    func joined(with other: Cut) -> Cut {
      Cut(order: min(order, other.order), date: max(date, other.date))
    }

    func shows(_ change: TextRevision) -> Bool {
      change.order < order && change.date.seconds > date
    }
  }

  private let audience: Audience
  private let settings: Settings
  /// The month of the newest shown item, counted from the year 0.
  private let newestMonth: Int
  private let newestDay: Int

  private init(_ selected: Selected) {
    audience = selected.audience
    settings = selected.settings
    let dates =
      selected.posts.lazy.compactMap(\.item.date) + selected.responses.lazy.compactMap(\.item.date)
    let newest = dates.max()?.day
    newestMonth = newest.map { $0.year * 12 + $0.month } ?? 0
    newestDay = newest?.day ?? 0
  }

  static func trim(_ selected: inout Selected) {
    let hasChanges =
      selected.posts.contains { $0.hasChanges } || selected.responses.contains { $0.hasChanges }
      || selected.pages.contains { $0.hasChanges }
    guard hasChanges else { return }
    let shown = ShownRevisions(selected)
    var cuts: [String: Cut] = [:]
    for (index, post) in selected.posts.enumerated() {
      let cut = shown.cut(post.history, silent: shown.settings.audienceByDefault)
      cuts[post.item.slug] = cuts[post.item.slug].map { $0.joined(with: cut) } ?? cut
      guard post.hasChanges else { continue }
      let changes = post.item.removed == nil ? post.item.changes : ShownChanges.none
      selected.posts[index] = post.with(
        changes: shown.kept(post.history, cut, changes ?? shown.settings.changes))
    }
    // Pages have no list of changes.
    for (index, page) in selected.pages.enumerated() where page.hasChanges {
      selected.pages[index] = page.with(changes: [])
    }
    shown.trimResponses(&selected, posts: cuts)
  }

  private func trimResponses(_ selected: inout Selected, posts: [String: Cut]) {
    guard selected.responses.contains(where: { $0.hasChanges }) else { return }
    // A response that names no audience had that of what it answered: it was visible as long as that was.
    let cuts = selected.responses.map { cut($0.history, silent: nil) }
    var places: [String: Int] = [:]
    for (index, response) in selected.responses.enumerated() {
      places[response.item.postSlug + "\u{0}" + response.item.id] = index
    }
    for index in selected.responses.indices where selected.responses[index].hasChanges {
      let response = selected.responses[index]
      var bound = posts[response.item.postSlug] ?? .everything
      var parent = response.item.replyTo?.value
      var steps = 0
      while let id = parent {
        steps += 1
        guard let place = places[response.item.postSlug + "\u{0}" + id], steps <= 1_000 else {
          bound = .everything
          break
        }
        bound = bound.joined(with: cuts[place])
        parent = selected.responses[place].item.replyTo?.value
      }
      let changes = response.item.removed == nil ? response.item.changes : ShownChanges.none
      selected.responses[index] = response.with(
        changes: kept(response.history, cuts[index], changes ?? settings.changes)
          .filter { bound.shows($0) })
    }
  }

  /// - Parameter silent: the audience of a version that names none; nil: the widest possible.
  private func cut(_ history: TextHistory?, silent: Audience?) -> Cut {
    guard let history else { return .everything }
    let hidden = history.changes.first { change in
      change.reach.isHidden || (change.reach.audience.map { $0 < audience } ?? false)
        || change.reach.isSilent && (silent.map { $0 < audience } ?? false)
    }
    return hidden.map { Cut(order: $0.order, date: $0.date.seconds) } ?? Cut()
  }

  private func kept(
    _ history: TextHistory?, _ cut: Cut, _ changes: ShownChanges
  ) -> [TextRevision] {
    let kept = (history?.changes ?? []).filter { !$0.words.isEmpty && $0.order < cut.order }
    switch changes {
    case .all: return kept
    case .none: return []
    case .months(let count):
      return kept.filter { change in
        let day = change.date.day
        let month = day.year * 12 + day.month
        let first = newestMonth - count
        return month > first || month == first && day.day >= newestDay
      }
    }
  }
}

extension SelectedItem {
  fileprivate var hasChanges: Bool { history?.changes.isEmpty == false }

  fileprivate func with(changes: [TextRevision]) -> SelectedItem {
    SelectedItem(
      item: item, text: text, audience: audience, status: status,
      history: history?.with(changes: changes))
  }
}

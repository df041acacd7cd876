import StoaLoad
package import StoaModel
import StoaSelect

/// What `stoa list` can be asked for.
package enum Listing: String, Sendable, CaseIterable {
  /// Posts that say they are drafts.
  case drafts
  /// Posts and responses dated after today.
  case scheduled
  /// Open posts that nobody has answered.
  case unanswered
  /// Responses by guests.
  case guests

  /// A line of a list.
  package struct Entry: Sendable {
    /// Nil where front matter gives none.
    package let date: Timestamp?
    package let file: String
    /// A title or a guest's name.
    package let text: String
  }
}

/// Lists what an audience would see, without parsing or building anything; newest first, then by file.
package func list(_ listing: Listing, _ options: BuildOptions) async throws -> [Listing.Entry] {
  let sources = try await load(from: options.root, options: options.loading)
  var selection = try options.selection(for: sources)
  if options.audience == nil { selection.audience = Audience(rank: 0) }
  selection.includesDrafts = listing == .drafts || listing == .scheduled
  let selected = select(sources, options: selection)
  let titles = Dictionary(
    sources.posts.map { ($0.item.file, $0.shownTitle) }, uniquingKeysWith: { first, _ in first })
  let entry = { (post: SelectedItem<Post>) in
    Listing.Entry(
      date: post.item.date, file: post.item.file, text: titles[post.item.file] ?? post.item.slug)
  }
  var entries: [Listing.Entry] = []
  switch listing {
  case .drafts: entries = selected.posts.filter { $0.status == .draft }.map(entry)
  case .scheduled:
    entries = selected.posts.filter { $0.status == .scheduled }.map(entry)
    entries += selected.responses.filter { $0.status == .scheduled }.map { response in
      Listing.Entry(
        date: response.item.date, file: response.item.file,
        text: response.item.voice?.name ?? "")
    }
  case .unanswered:
    let answered = Set(
      selected.responses.map(\.item).filter { $0.kind == .response && $0.removed == nil }
        .map(\.postSlug))
    entries = selected.posts.filter {
      $0.item.acceptsResponses && !answered.contains($0.item.slug)
    }.map(entry)
  case .guests:
    for response in selected.responses where response.item.removed == nil {
      guard case .guest(let name, _)? = response.item.voice else { continue }
      entries.append(
        Listing.Entry(date: response.item.date, file: response.item.file, text: name))
    }
  }
  return entries.sorted { left, right in
    let (first, second) = (left.date?.seconds ?? .max, right.date?.seconds ?? .max)
    return first != second
      ? first > second : left.file.precedes(right.file)
  }
}

extension Response.Voice {
  fileprivate var name: String {
    switch self {
    case .author(let name): name.value
    case .guest(let name, _): name
    }
  }
}

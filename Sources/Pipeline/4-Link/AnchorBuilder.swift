import StoaModel
import StoaParse

/// Finds the places of a conversation that links can lead to.
struct AnchorBuilder: Sendable {
  private(set) var anchors: SiteIndex.Anchors
  /// The old anchors of responses, by their index in Documents.
  private(set) var aliases: [Int: [String]] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ entry: SiteLayout.Entry, _ documents: Documents) {
    let headings = documents.posts[entry.post].document.headings
    anchors = SiteIndex.Anchors(documents.posts[entry.post].document)
    anchors.post = documents.posts[entry.post].item.slug
    let members = entry.nodes.map(\.response) + entry.mentions
    anchors.responses.reserveCapacity(members.count)
    for member in members {
      let fragment = "response-" + documents.responses[member].item.id
      anchors.responses[fragment] = fragment
    }
    var taken = SiteIndex.fixedAnchors.union(headings.map(\.id))
    for member in members where !documents.responses[member].item.aliases.isEmpty {
      let item = documents.responses[member].item
      for alias in item.aliases {
        if anchors.responses[alias.value] == nil, !HeadingIdentifiers.isTaken(alias.value),
          taken.insert(alias.value).inserted
        {
          aliases[member, default: []].append(alias.value)
          anchors.responses[alias.value] = "response-" + item.id
        } else {
          diagnostics.append(
            Diagnostic(
              .shadowedAlias, at: alias.location,
              "“\(alias.value)” is already an anchor of the same page",
              suggestion: "take the alias out"))
        }
      }
    }
  }
}

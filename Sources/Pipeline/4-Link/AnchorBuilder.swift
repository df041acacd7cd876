import StoaAddresses
import StoaModel
import StoaParse

/// Finds the anchors of a conversation.
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
      .union(headings.flatMap(\.formerIDs))
    diagnostics += FormerAnchor.diagnostics(
      documents.posts[entry.post].item.anchors, headings, isUnread: anchors.isUnread)
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

extension FormerAnchor {
  /// The diagnostics about a document's old anchors.
  static func diagnostics(
    _ anchors: [FormerAnchor], _ headings: [Heading], isUnread: Bool
  ) -> [Diagnostic] {
    guard !anchors.isEmpty, !isUnread else { return [] }
    return anchors.compactMap { anchor in
      guard let location = anchor.location,
        !headings.contains(where: { $0.formerIDs.contains(anchor.old) })
      else { return nil }
      guard headings.contains(where: { $0.id == anchor.new }) else {
        let nearest = Nearest.match(for: anchor.new, among: headings.map(\.id))
        return Diagnostic(
          .missingHeading, at: location, "no heading has the anchor “\(anchor.new)”",
          suggestion: nearest.map { "did you mean “\($0)”?" }
            ?? (headings.isEmpty
              ? "take the line out"
              : "use one of \(headings.prefix(8).map(\.id).joined(separator: ", "))"))
      }
      return Diagnostic(
        .shadowedAlias, at: location, "“\(anchor.old)” is already an anchor of the same page",
        suggestion: "take the line out")
    }
  }
}

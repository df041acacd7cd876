import StoaAddresses
package import StoaModel
import StoaParse

/// The history of a document, as far as git has it and this build may show it.
package struct Revisions: Sendable {
  package let created: Timestamp
  /// Nil when the document was never changed.
  package let lastChanged: Timestamp?
  /// The people who changed it or are co-authors, without its authors; by name.
  package let editors: [Speaker]
  /// The newest first.
  package let changes: [Change]
  /// The time since which its audience is as wide as now, if somebody agreed to it; nil if that is unknown.
  package let shared: Timestamp?

  /// A change of words.
  package struct Change: Sendable {
    package let date: Timestamp
    package let people: [Speaker]
    /// Empty when the commit gives no reason.
    package let reason: String
    package let words: [WordPiece]
  }
}

extension Names {
  /// Matches a history's people with the community's contributors; others are shown by their name alone.
  ///
  /// A person who appears only as the author of their own documents is not listed as an editor.
  func revisions(
    _ history: TextHistory?, by authors: [Speaker], _ documents: Documents
  ) -> Revisions? {
    guard let history else { return nil }
    return Revisions(
      created: history.created, lastChanged: history.lastChanged,
      editors: speakers(history.people, documents).filter { speaker in
        !authors.contains { isSame($0, speaker) }
      },
      changes: history.changes.map { change in
        Revisions.Change(
          date: change.date, people: speakers(change.people, documents, besides: authors),
          reason: change.reason.directionBalanced, words: change.words)
      },
      shared: history.shared)
  }

  /// Without duplicates, by name; a person who appears only as the author of their own documents is included only for these.
  private func speakers(
    _ names: [String], _ documents: Documents, besides authors: [Speaker] = []
  ) -> [Speaker] {
    var editors: [(key: String, speaker: Speaker)] = []
    for name in names {
      let contributor = people.find(name)
      let entry = contributor.map { people[$0] }
      let isListed = entry?.file.map { documents.contributors[$0].item.isListed } ?? true
      let speaker =
        contributor.map(Speaker.contributor) ?? .guest(name: name.directionBalanced, url: nil)
      let key = NameKey(entry?.title ?? name).folded
      guard isListed || authors.contains(where: { isSame($0, speaker) }),
        !editors.contains(where: { isSame($0.speaker, speaker) })
      else { continue }
      editors.append((key, speaker))
    }
    editors.sort { $0.key.precedes($1.key) }
    return editors.map(\.speaker)
  }

  private func isSame(_ left: Speaker, _ right: Speaker) -> Bool {
    switch (left, right) {
    case (.contributor(let left), .contributor(let right)): left == right
    case (.guest(let left, _), .guest(let right, _)): NameKey(left) == NameKey(right)
    // A guest with a contributor's name still wrote this.
    case (.guest(let name, _), .contributor(let index)): people.find(name) == index
    case (.contributor, .guest): false
    }
  }
}

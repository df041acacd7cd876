/// Who may see a document: an index in the community's list of audiences, narrowest first.
///
/// A build for an audience shows what is shared with that audience or a wider one.
package struct Audience: Sendable, Hashable, Comparable {
  package let rank: Int

  package init(rank: Int) {
    self.rank = rank
  }

  package static func < (left: Audience, right: Audience) -> Bool { left.rank < right.rank }
}

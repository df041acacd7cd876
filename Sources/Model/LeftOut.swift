/// How many posts and responses a build leaves out because they are drafts or scheduled.
package struct LeftOut: Sendable, Hashable {
  package var drafts = 0
  package var scheduled = 0

  package init() {}

  /// Counts an item by the reason that it is not shown.
  package mutating func add(_ status: ItemStatus?) {
    switch status {
    case .draft: drafts += 1
    case .scheduled: scheduled += 1
    case nil: break
    }
  }
}

/// Why an item would not be shown yet; only builds with drafts show such items.
package enum ItemStatus: Sendable, Hashable {
  case draft
  case scheduled
}

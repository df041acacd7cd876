/// Why an item is not published yet; only builds with drafts show such items.
package enum ItemStatus: Sendable, Hashable {
  case draft
  case scheduled
}

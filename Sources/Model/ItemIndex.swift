/// An item of a selection, by its kind and its index, which is also its document's index.
package enum ItemIndex: Sendable, Hashable {
  case post(Int)
  case response(Int)
  case contributor(Int)
  case topic(Int)
  case page(Int)
}

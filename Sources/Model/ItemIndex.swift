/// An item of a selection, by its kind and its index there, which is that of its document too.
package enum ItemIndex: Sendable, Hashable {
  case post(Int)
  case response(Int)
  case contributor(Int)
  case topic(Int)
  case page(Int)
}

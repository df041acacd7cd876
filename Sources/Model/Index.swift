/// A typed index: an index into a list of one type cannot be used for a list of another.
@usableFromInline
package struct Index<Element>: Hashable, Comparable, Strideable, Sendable, BitwiseCopyable {
  /// From 0, for lists parallel to the list of elements.
  @usableFromInline package let position: Int

  @inlinable
  package init(_ position: Int) { self.position = position }

  @inlinable
  package func distance(to other: Index) -> Int { other.position - position }

  @inlinable
  package func advanced(by distance: Int) -> Index { Index(position + distance) }

  @inlinable
  package static func < (left: Index, right: Index) -> Bool { left.position < right.position }

  @inlinable
  package static func == (left: Index, right: Index) -> Bool { left.position == right.position }

  @inlinable
  package func hash(into hasher: inout Hasher) { hasher.combine(position) }
}

extension Array {
  /// The indexes of all elements.
  @inlinable
  package var places: Range<StoaModel.Index<Element>> {
    StoaModel.Index(0)..<StoaModel.Index(count)
  }

  /// The index of the first element that matches.
  @inlinable
  package func firstPlace(
    where isMeant: (Element) throws -> Bool
  ) rethrows -> StoaModel.Index<Element>? {
    try firstIndex(where: isMeant).map { StoaModel.Index($0) }
  }

  @inlinable
  package subscript(place: StoaModel.Index<Element>) -> Element {
    get { self[place.position] }
    _modify { yield &self[place.position] }
  }
}

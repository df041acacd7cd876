/// A place in a list of certain things, which is none in a list of others.
@usableFromInline
package struct Index<Element>: Hashable, Comparable, Strideable, Sendable, BitwiseCopyable {
  /// From 0, for lists that go along with the one of the elements.
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
  /// The places of all elements.
  @inlinable
  package var places: Range<StoaModel.Index<Element>> {
    StoaModel.Index(0)..<StoaModel.Index(count)
  }

  /// The place of the first element that is meant.
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

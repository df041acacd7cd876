/// A large value behind one reference: passing it on copies nothing, and writing to it copies it first if it is shared.
// Without @usableFromInline, other modules would not inline the subscripts, and would create a key path at every access.
@usableFromInline
@dynamicMemberLookup
package struct CopyOnWrite<Value: Sendable>: Sendable {
  /// Only the box writes to it, and only while it has no other reference: that makes it safe to share.
  @usableFromInline
  final class Storage: @unchecked Sendable {
    @exclusivity(unchecked) @usableFromInline var value: Value

    @usableFromInline
    init(_ value: Value) { self.value = value }
  }

  @usableFromInline var storage: Storage

  package init(_ value: Value) { storage = Storage(value) }

  @inlinable
  package subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member {
    storage.value[keyPath: member]
  }

  @inlinable
  package subscript<Member>(dynamicMember member: WritableKeyPath<Value, Member>) -> Member {
    get { storage.value[keyPath: member] }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value[keyPath: member]
    }
  }
}

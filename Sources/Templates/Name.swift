import Synchronization

/// A name in templates and views, as a small number: a lookup is an array access, not a hash.
package struct Name: Sendable, Hashable {
  let id: Int

  private static let table = Mutex<(ids: [String: Int], names: [String])>(([:], []))

  package init(_ text: String) {
    id = Self.table.withLock { table in
      if let known = table.ids[text] { return known }
      let id = table.names.count
      table.ids[text] = id
      table.names.append(text)
      return id
    }
  }

  package var text: String { Self.table.withLock { $0.names[id] } }
}

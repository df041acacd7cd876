package import StoaHTML
import StoaModel

/// The values of a table's fields.
///
/// A class, because a page's data is a tree of records, which views build and templates read.
package final class Record: Sendable {
  let table: FieldTable
  private let values: [Value]
  /// The hash of the values, if many records have this one among theirs.
  private let digest: SHA256.Digest?

  /// Makes a record from its values in the order of the table's fields.
  package init(_ table: FieldTable, _ values: [Value]) {
    precondition(values.count == table.fields.count, "\(table.name) has another number of fields")
    self.table = table
    self.values = values
    digest = nil
  }

  /// Makes a record with a table of its own, for names that themes may choose freely.
  package init(free fields: [(name: String, value: Value)]) {
    table = FieldTable(free: fields.map(\.name))
    values = fields.map(\.value)
    digest = nil
  }

  private init(_ other: Record, digest: SHA256.Digest?) {
    table = other.table
    values = other.values
    self.digest = digest
  }

  /// The same record for many pages: its values are hashed once.
  package func shared() -> Record {
    Record(self, digest: PartIdentity.digest { $0.add(self) })
  }

  func value(at position: Int) -> Value { values[position] }

  /// Adds all values: what a template writes for the record follows from them.
  fileprivate func identify(_ part: inout PartIdentity) {
    if let digest {
      part.add(true)
      part.add(digest)
      return
    }
    part.add(false)
    // Otherwise the field's type determines the names.
    if table.isFree {
      part.add(table.fields.count)
      for field in table.fields { part.add(field.name) }
    }
    for value in values { part.add(value) }
  }
}

extension PartIdentity {
  /// Adds everything that a template can show of a record.
  package mutating func add(_ record: Record) { record.identify(&self) }

  fileprivate mutating func add(_ value: Value) {
    switch value {
    case .nothing: add(0, kind: 1)
    case .flag(let flag): add(flag ? 1 : 0, kind: 2)
    case .text(let text): add(text, kind: 3)
    case .html(nil): add(0, kind: 4)
    case .html(let markup?):
      add(1, kind: 4)
      markup.identify(&self)
    case .list(let items):
      add(items.count, kind: 5)
      for item in items { add(item) }
    case .record(let record):
      add(0, kind: 6)
      add(record)
    }
  }
}

extension Value {
  /// Whether a section over the value is shown.
  package var isTruthy: Bool {
    switch self {
    case .nothing: false
    case .flag(let flag): flag
    case .text(let text): !text.utf8.isEmpty
    case .html(let markup): markup != nil
    case .list(let items): !items.isEmpty
    case .record: true
    }
  }
}

/// The values of a table's fields.
///
/// A class, because a page's data is a tree of records, which views build and templates read.
package final class Record: Sendable {
  let table: FieldTable
  private let values: [Value]

  /// Makes a record from its values in the order of the table's fields.
  package init(_ table: FieldTable, _ values: [Value]) {
    precondition(values.count == table.fields.count, "\(table.name) has another number of fields")
    self.table = table
    self.values = values
  }

  /// Makes a record with a table of its own, for names that themes may choose freely.
  package init(free fields: [(name: String, value: Value)]) {
    table = FieldTable(free: fields.map(\.name))
    values = fields.map(\.value)
  }

  func value(at position: Int) -> Value { values[position] }
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

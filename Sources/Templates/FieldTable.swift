/// The field names of one kind of record, with the type of each: rendering looks up values by it, and a theme is checked against it
/// beforehand.
///
/// Every record of a table has every field, so a template's name never accidentally finds a field of an outer record.
package final class FieldTable: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let kind: Kind
    /// Its description in the guide's table.
    package let documentation: String

    package init(_ name: String, _ kind: Kind, _ documentation: String) {
      self.name = name
      self.kind = kind
      self.documentation = documentation
    }
  }

  /// The type of a field.
  package indirect enum Kind: Sendable {
    /// Escaped when it is written; false when it is empty.
    case text
    /// Written unescaped, and only by three braces.
    case html
    case flag
    case list(of: Kind)
    /// A record, or nothing. A function returns the table, so that records can contain records of their own kind.
    case record(@Sendable () -> FieldTable)
    /// Undeclared keys, such as those that begin with `x-`.
    case any
  }

  package let name: String
  package let fields: [Field]
  /// Whether a community chose the names.
  let isFree: Bool
  /// The field's index by its name's id, or -1; empty when the names are free.
  private let positions: [Int16]
  /// The fields of free names, sorted by their names' ids.
  private let sorted: [(id: Int, position: Int)]

  package init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    isFree = false
    let ids = fields.map { Name($0.name).id }
    var positions = [Int16](repeating: -1, count: (ids.max() ?? -1) + 1)
    for (position, id) in ids.enumerated() { positions[id] = Int16(position) }
    self.positions = positions
    sorted = []
  }

  /// A table of names that a community chose, whose ids may be far apart: its size depends only on their number.
  init(free names: [String]) {
    name = ""
    isFree = true
    fields = names.map { Field($0, .any, "") }
    positions = []
    sorted = names.enumerated().map { (Name($1).id, $0) }
      .sorted { $0.id != $1.id ? $0.id < $1.id : $0.position < $1.position }
  }

  @inline(__always)
  func position(of name: Name) -> Int? {
    guard name.id < positions.count else { return sorted.isEmpty ? nil : find(name) }
    let position = positions[name.id]
    return position < 0 ? nil : Int(position)
  }

  /// The last field of a free name.
  private func find(_ name: Name) -> Int? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].id <= name.id { low = middle + 1 } else { high = middle }
    }
    return low > 0 && sorted[low - 1].id == name.id ? sorted[low - 1].position : nil
  }

  package func field(named name: String) -> Field? { position(of: Name(name)).map { fields[$0] } }

  /// The number of elements that it needs.
  var size: Int { positions.count + sorted.count }
}

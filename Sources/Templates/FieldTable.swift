/// The names of one kind of record, with what each holds: what rendering looks values up in, and what a theme is checked
/// against before it.
///
/// Every record of a table has every field, so that a template's name never finds a field of something further out by
/// accident.
package final class FieldTable: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let kind: Kind
    /// What the guide's table says of it.
    package let documentation: String

    package init(_ name: String, _ kind: Kind, _ documentation: String) {
      self.name = name
      self.kind = kind
      self.documentation = documentation
    }
  }

  /// What a field holds.
  package indirect enum Kind: Sendable {
    /// Escaped when it is written; false when it is empty.
    case text
    /// Written as it is, and only by three braces.
    case html
    case flag
    case list(of: Kind)
    /// A record, or nothing. The table is given by a function, so that records can hold records of their own kind.
    case record(@Sendable () -> FieldTable)
    /// Undeclared keys, such as those that begin with `x-`.
    case any
  }

  package let name: String
  package let fields: [Field]
  /// The field's position by its name's id, or -1; empty when the names are free.
  private let positions: [Int16]
  /// The fields of free names in order of their names' ids.
  private let sorted: [(id: Int, position: Int)]

  package init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    let ids = fields.map { Name($0.name).id }
    var positions = [Int16](repeating: -1, count: (ids.max() ?? -1) + 1)
    for (position, id) in ids.enumerated() { positions[id] = Int16(position) }
    self.positions = positions
    sorted = []
  }

  /// A table of names that a community chose, whose ids may be far apart: it takes no more than there are of them.
  init(free names: [String]) {
    name = ""
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

  /// How many places it takes to find names in.
  var size: Int { positions.count + sorted.count }
}

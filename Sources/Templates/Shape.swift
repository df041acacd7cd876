/// The declared view model of one kind of record: its fields, in order.
///
/// Every record of a shape has every field, so that a template's name never finds a field of something further out by
/// accident, and a theme can be checked before it is rendered.
package final class Shape: Sendable {
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
    /// A record, or nothing. The shape is given by a function, so that shapes can hold themselves.
    case record(@Sendable () -> Shape)
    /// Keys that nobody declares, such as those that begin with `x-`.
    case any
  }

  package let name: String
  package let fields: [Field]
  /// By a name's id: the field's position, or -1.
  private let positions: [Int16]

  package init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    let ids = fields.map { Name($0.name).id }
    var positions = [Int16](repeating: -1, count: (ids.max() ?? -1) + 1)
    for (position, id) in ids.enumerated() { positions[id] = Int16(position) }
    self.positions = positions
  }

  internal func position(of name: Name) -> Int? {
    guard name.id < positions.count else { return nil }
    let position = positions[name.id]
    return position < 0 ? nil : Int(position)
  }

  package func field(named name: String) -> Field? { position(of: Name(name)).map { fields[$0] } }
}

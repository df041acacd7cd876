/// The values of a shape's fields.
package struct Record: Sendable {
  internal let shape: Shape
  internal let values: [Value]

  /// Makes a record from its values in the order of the shape's fields.
  ///
  /// The names are there for whoever reads the code; a debug build checks each of them.
  package init(_ shape: Shape, _ fields: KeyValuePairs<StaticString, Value>) {
    assert(
      fields.map { $0.key.description } == shape.fields.map(\.name),
      "\(shape.name): \(fields.map { $0.key.description }) is not \(shape.fields.map(\.name))")
    precondition(fields.count == shape.fields.count, "\(shape.name) has another number of fields")
    self.shape = shape
    values = fields.map(\.value)
  }

  /// Makes a record whose first fields are given as they are, such as a page's frame.
  package init(_ shape: Shape, _ first: [Value], _ fields: KeyValuePairs<StaticString, Value>) {
    assert(
      fields.map { $0.key.description } == shape.fields.dropFirst(first.count).map(\.name),
      "\(shape.name): \(fields.map { $0.key.description }) is not \(shape.fields.map(\.name))")
    precondition(
      first.count + fields.count == shape.fields.count, "\(shape.name) has another number of fields"
    )
    self.shape = shape
    values = first + fields.map(\.value)
  }

  /// Makes a record of a shape of its own, for what themes may name freely.
  package init(free fields: [(name: String, value: Value)]) {
    shape = Shape("", fields.map { Shape.Field($0.name, .any, "") })
    values = fields.map(\.value)
  }

  internal func value(of name: Name) -> Value? { shape.position(of: name).map { values[$0] } }
}

extension Value {
  /// Whether a section over the value is shown.
  internal var isTruthy: Bool {
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

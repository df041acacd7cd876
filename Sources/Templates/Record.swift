/// The values of a shape's fields.
///
/// A class, because what a page shows is a tree of these, which views build and templates walk.
package final class Record: Sendable {
  internal let shape: Shape
  /// The values of the first fields.
  private let first: [Value]
  /// The rest, as the view's code lists them.
  private let rest: KeyValuePairs<StaticString, Value>

  /// Makes a record from its values in the order of the shape's fields.
  ///
  /// The names are there for whoever reads the code; a debug build checks each of them.
  package convenience init(_ shape: Shape, _ fields: KeyValuePairs<StaticString, Value>) {
    self.init(shape, [], fields)
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
    self.first = first
    rest = fields
  }

  /// Makes a record of a shape of its own, for what themes may name freely.
  package init(free fields: [(name: String, value: Value)]) {
    shape = Shape("", fields.map { Shape.Field($0.name, .any, "") })
    first = fields.map(\.value)
    rest = [:]
  }

  internal func value(at position: Int) -> Value {
    position < first.count ? first[position] : rest[position - first.count].value
  }
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

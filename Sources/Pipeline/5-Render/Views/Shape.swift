import StoaTemplates

/// Describes the records of a kind of model: for each field its name, its type, its documentation for the guide, and the source of
/// its value.
struct Shape<Model>: Sendable {
  /// The source of a field's value.
  ///
  /// The most frequent kinds store the field's closure directly, so that no other closure wraps it.
  enum Getter: Sendable {
    case text(@Sendable (Model) -> String)
    case flag(@Sendable (Model) -> Bool)
    case value(@Sendable (Model) -> Value)
    /// Whether the list before it has elements.
    case isFilled
  }

  let table: FieldTable
  let getters: [Getter]

  init(_ name: String, _ fields: [Field<Model>]) {
    var declared: [FieldTable.Field] = []
    var getters: [Getter] = []
    for field in fields {
      declared.append(field.declared)
      getters.append(field.getter)
      guard let flag = field.flag else { continue }
      declared.append(
        FieldTable.Field(flag, .flag, "whether `\(field.declared.name)` holds anything"))
      getters.append(.isFilled)
    }
    table = FieldTable(name, declared)
    self.getters = getters
  }

  /// A shape that begins with fields that others have too.
  init(_ name: String, _ common: [Field<Model>], _ fields: [Field<Model>]) {
    self.init(name, common + fields)
  }
}

/// A model with the same shape wherever it is shown.
protocol Shaped: Sendable {
  static var shape: Shape<Self> { get }
}

extension Record {
  /// Reads all fields of the shape from a model.
  convenience init<Model>(_ shape: Shape<Model>, of model: Model) {
    // The compiler specialises appending; writing into uninitialised memory is slower.
    var values: [Value] = []
    values.reserveCapacity(shape.getters.count)
    for getter in shape.getters {
      switch getter {
      case .text(let text): values.append(.text(text(model)))
      case .flag(let flag): values.append(.flag(flag(model)))
      case .value(let value): values.append(value(model))
      case .isFilled: values.append(.flag(values[values.count - 1].isTruthy))
      }
    }
    self.init(shape.table, values)
  }
}

/// A record with the shape of a known model.
struct Part<Model: Shaped>: Sendable {
  let record: Record

  init(_ model: Model) { record = Record(Model.shape, of: model) }

  /// An existing record.
  init(record: Record) { self.record = record }

  /// The same part for many pages.
  func shared() -> Part { Part(record: record.shared()) }
}

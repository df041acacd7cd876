import StoaTemplates

/// How records are made of one kind of model: each field once, with its name, what it holds, what the guide says of it, and
/// where its value comes from.
struct Shape<Model>: Sendable {
  /// Where a field's value comes from.
  ///
  /// The most frequent kinds hold the function that the field was declared with as it is, so that no other is around it.
  enum Getter: Sendable {
    case text(@Sendable (Model) -> String)
    case flag(@Sendable (Model) -> Bool)
    case value(@Sendable (Model) -> Value)
    /// Whether there is anything in the list before it.
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

/// A model that has one shape wherever it is shown.
protocol Shaped: Sendable {
  static var shape: Shape<Self> { get }
}

extension Record {
  /// Asks a model for all that its shape has.
  convenience init<Model>(_ shape: Shape<Model>, of model: Model) {
    // Appending is what the compiler specialises; to fill memory that is not set up yet takes it longer.
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

/// A record that is known to be of a model's shape.
struct Part<Model: Shaped>: Sendable {
  let record: Record

  init(_ model: Model) { record = Record(Model.shape, of: model) }

  /// A record that was made before.
  init(record: Record) { self.record = record }
}

import StoaTemplates

/// A field of a shape.
struct Field<Model>: Sendable {
  let declared: FieldTable.Field
  let getter: Shape<Model>.Getter
  /// The name of the flag that belongs to a list.
  let flag: String?

  private init(
    _ name: String, _ kind: FieldTable.Kind, _ documentation: String, flag: String? = nil,
    _ getter: Shape<Model>.Getter
  ) {
    declared = FieldTable.Field(name, kind, documentation)
    self.flag = flag
    self.getter = getter
  }

  static func text(
    _ name: String, _ documentation: String, _ value: @escaping @Sendable (Model) -> String
  ) -> Field {
    Field(name, .text, documentation, .text(value))
  }

  static func html(
    _ name: String, _ documentation: String, _ value: @escaping @Sendable (Model) -> Markup?
  ) -> Field {
    Field(name, .html, documentation, .value { .html(value($0)) })
  }

  static func flag(
    _ name: String, _ documentation: String, _ value: @escaping @Sendable (Model) -> Bool
  ) -> Field {
    Field(name, .flag, documentation, .flag(value))
  }

  static func texts(
    _ name: String, _ documentation: String, _ value: @escaping @Sendable (Model) -> [String]
  ) -> Field {
    Field(
      name, .list(of: .text), documentation, .value { .list(value($0).map { .text($0) }) })
  }

  /// A record, or nothing.
  static func record<Content: Shaped>(
    _ name: String, of content: Content.Type, _ documentation: String,
    _ value: @escaping @Sendable (Model) -> Part<Content>?
  ) -> Field {
    Field(
      name, .record { Content.shape.table }, documentation,
      .value { model in
        if let part = value(model) { .record(part.record) } else { .nothing }
      })
  }

  static func list<Content: Shaped>(
    _ name: String, of content: Content.Type, _ documentation: String,
    _ value: @escaping @Sendable (Model) -> [Part<Content>]
  ) -> Field {
    list(name, of: content, documentation, flag: nil, value)
  }

  /// A list, followed by a flag that tells whether it has elements: `topics` by `hasTopics`.
  ///
  /// - Parameter flag: the flag's name if it is another.
  static func flaggedList<Content: Shaped>(
    _ name: String, of content: Content.Type, _ documentation: String, flag: String? = nil,
    _ value: @escaping @Sendable (Model) -> [Part<Content>]
  ) -> Field {
    let derived = "has" + name.prefix(1).uppercased() + name.dropFirst()
    return list(name, of: content, documentation, flag: flag ?? derived, value)
  }

  private static func list<Content: Shaped>(
    _ name: String, of content: Content.Type, _ documentation: String, flag: String?,
    _ value: @escaping @Sendable (Model) -> [Part<Content>]
  ) -> Field {
    Field(
      name, .list(of: .record { Content.shape.table }), documentation, flag: flag,
      .value { .list(value($0).map { .record($0.record) }) })
  }

  /// A mapping with undeclared keys.
  static func open(
    _ name: String, _ documentation: String, _ value: @escaping @Sendable (Model) -> Record
  ) -> Field {
    Field(name, .any, documentation, .value { .record(value($0)) })
  }
}

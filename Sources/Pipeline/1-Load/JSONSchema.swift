import StoaHTML
import StoaModel

extension Schema {
  /// The keys as a JSON Schema (draft 2020-12), with which editors complete and check a file: indented, with a line break at its
  /// end.
  ///
  /// It covers what Load reports as a wrong value or an unknown key. Only a build can check conditions outside the file, such as
  /// whether a topic exists.
  package var jsonSchema: String {
    var members: [(String, JSONText)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string(self.name == Schema.settings.name ? name : "front matter of a \(name)")),
      ("type", .string("object")),
      ("properties", .object(keys.map { ($0.name, property($0)) })),
      // These keys are passed to the theme unchanged.
      ("patternProperties", .object([("^x-.", ValueShape.Form.list(.text(maximum: nil)).json)])),
      ("additionalProperties", .false),
    ]
    if !conditions.isEmpty { members.append(("allOf", .array(conditions.map(\.json)))) }
    return JSONText.object(members).text + "\n"
  }

  private func property(_ key: Key) -> JSONText {
    var members: [(String, JSONText)] = [("description", .string(key.meaning))]
    // An empty value counts as missing, except where that would leave it uncertain who may see the document.
    let isCertain = ["draft", "audience", "default-audience", "date"].contains(key.name)
    members += isCertain ? key.shape.form.members : key.shape.form.optionalMembers
    return .object(members)
  }
}

extension Schema.Condition {
  fileprivate var json: JSONText {
    switch self {
    case .required(let key): required(key)
    case .any(let keys): .object([("anyOf", .array(keys.map(required)))])
    case .notBoth(let key, let other):
      .object([("not", .object([("required", .array([.string(key), .string(other)]))]))])
    case .answerNeedsQuestion:
      .object([
        ("if", required("answer")),
        (
          "then",
          .object([
            ("properties", .object([("kind", .object([("const", .string("question"))]))])),
            ("required", .array([.string("kind")])),
          ])
        ),
      ])
    }
  }

  private func required(_ key: String) -> JSONText {
    .object([("required", .array([.string(key)]))])
  }
}

extension ValueShape.Form {
  fileprivate var json: JSONText { .object(members) }

  /// The constraints of a value that may be empty.
  fileprivate var optionalMembers: [(String, JSONText)] {
    members.map { name, value in
      switch (name, value) {
      case ("type", .string(let type)): (name, .array([.string(type), .string("null")]))
      case ("type", .array(let types)): (name, .array(types + [.string("null")]))
      case ("enum", .array(let words)): (name, .array(words + [.null]))
      case ("anyOf", .array(let forms)): (name, .array(forms + [.type("null")]))
      default: (name, value)
      }
    }
  }

  /// The constraints of a value.
  fileprivate var members: [(String, JSONText)] {
    switch self {
    case .text(let maximum):
      // Values that YAML reads as a number or a boolean are strings here.
      [("type", .array(["string", "number", "boolean"].map { .string($0) }))]
        + (maximum.map { [("maxLength", .number($0))] } ?? [])
    case .pattern(let pattern): [("type", .string("string")), ("pattern", .string(pattern))]
    case .choice(let words): [("enum", .array(words.map { .string($0) }))]
    case .flag:
      [
        (
          "anyOf",
          .array([
            .type("boolean"),
            .object([
              ("type", .string("string")),
              (
                "pattern",
                .string(
                  "^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy](?:[Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff])$"
                )
              ),
            ]),
          ])
        )
      ]
    case .integer(let range):
      [
        (
          "anyOf",
          .array([
            .object([
              ("type", .string("integer")), ("minimum", .number(range.lowerBound)),
              ("maximum", .number(range.upperBound)),
            ]),
            .object([("type", .string("string")), ("pattern", .string("^[+-]?[0-9]+$"))]),
          ])
        )
      ]
    case .list(let form):
      [
        (
          "anyOf",
          .array([form.json, .object([("type", .string("array")), ("items", form.json)])])
        )
      ]
    case .either(let forms): [("anyOf", .array(forms.map(\.json)))]
    case .mapping(let properties, let required):
      [
        ("type", .string("object")),
        ("properties", .object(properties.map { ($0.name, $0.form.json) })),
        ("additionalProperties", .false),
      ]
        + (required.isEmpty ? [] : [("required", .array(required.map { .string($0) }))])
    case .dictionary(let form):
      [("type", .string("object")), ("additionalProperties", form.json)]
    }
  }
}

/// A JSON value whose members keep their order.
private indirect enum JSONText {
  case string(String)
  case number(Int)
  case `false`
  case null
  case array([JSONText])
  case object([(String, JSONText)])

  static func type(_ name: String) -> JSONText { .object([("type", .string(name))]) }

  /// Indented by two spaces; arrays of strings are on one line.
  var text: String {
    var buffer = ByteBuffer()
    write(into: &buffer, indent: "\n")
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private func write(into buffer: inout ByteBuffer, indent: String) {
    switch self {
    case .string(let text): buffer.writeJSON(text)
    case .number(let number): buffer.write(String(number))
    case .false: buffer.write("false")
    case .null: buffer.write("null")
    case .array(let items):
      let isFlat = items.allSatisfy { item in
        switch item {
        case .string, .null: true
        default: false
        }
      }
      let inner = isFlat ? "" : indent + "  "
      buffer.write("[")
      for (index, item) in items.enumerated() {
        if index > 0 { buffer.write(isFlat ? ", " : ",") }
        buffer.write(inner)
        item.write(into: &buffer, indent: indent + "  ")
      }
      buffer.write(isFlat ? "]" : indent + "]")
    case .object(let members):
      buffer.write("{")
      for (index, member) in members.enumerated() {
        if index > 0 { buffer.write(",") }
        buffer.write(indent + "  ")
        buffer.writeJSON(member.0)
        buffer.write(": ")
        member.1.write(into: &buffer, indent: indent + "  ")
      }
      buffer.write(members.isEmpty ? "}" : indent + "}")
    }
  }
}

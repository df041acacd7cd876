package import StoaHTML
import StoaModel

/// A set of templates that include and inherit each other by name.
package struct Theme: Sendable {
  /// Sorted.
  let names: [String]
  private let templates: [Name: Template]
  /// By a name's id.
  private let programs: [Program?]

  /// - Parameter templates: by name, which is the file's name without `.mustache`.
  package init(_ templates: [String: Template]) {
    names = templates.keys.sorted { $0.precedes($1) }
    self.templates = Dictionary(uniqueKeysWithValues: templates.map { (Name($0.key), $0.value) })
    let last = self.templates.keys.map(\.id).max() ?? -1
    var programs = [Program?](repeating: nil, count: last + 1)
    for (name, template) in self.templates { programs[name.id] = template.program }
    self.programs = programs
  }

  func template(_ name: Name) -> Template? { templates[name] }

  func program(_ name: Name) -> Program? {
    name.id < programs.count ? programs[name.id] : nil
  }

  /// Renders a template for a record, appending to `buffer`.
  package func render(_ name: String, _ record: Record, into buffer: inout ByteBuffer) throws {
    guard let program = program(Name(name)) else { return }
    try withExtendedLifetime(record) {
      var renderer = Renderer(theme: self, context: .record(record))
      try renderer.render(program, into: &buffer)
    }
  }
}

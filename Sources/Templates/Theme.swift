package import StoaHTML

/// A set of templates that include and inherit each other by name.
package struct Theme: Sendable {
  /// Sorted.
  internal let names: [String]
  /// By a name's id.
  private let templates: [Template?]

  /// - Parameter templates: by name, which is the file's without `.mustache`.
  package init(_ templates: [String: Template]) {
    names = templates.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let known = templates.map { (id: Name($0.key).id, template: $0.value) }
    var byID = [Template?](repeating: nil, count: (known.map(\.id).max() ?? -1) + 1)
    for (id, template) in known { byID[id] = template }
    self.templates = byID
  }

  internal func template(_ name: Name) -> Template? {
    name.id < templates.count ? templates[name.id] : nil
  }

  /// Renders a template for a record, appending to `buffer`.
  package func render(_ name: String, _ record: Record, into buffer: inout ByteBuffer) throws {
    guard let template = template(Name(name)) else { return }
    var renderer = Renderer(theme: self, context: .record(record))
    try renderer.render(template.body, into: &buffer)
  }
}

import StoaAddresses
package import StoaModel

/// Checks a theme's templates against the tables of their data, before anything is rendered.
///
/// It determines the result of each tag: a name that no visible table has, a missing partial, or three braces around a value that
/// is not HTML. Each mistake is reported once, at its place, however many pages it affects.
package struct ThemeChecker {
  /// What a name in a template refers to at its place.
  enum Finding {
    case kind(FieldTable.Kind)
    /// No visible table has the name; with the names that they have.
    case unknown(name: String, known: [String])
  }

  private let theme: Theme
  private let declared: [String: FieldTable]
  private var reported: Set<Diagnostic> = []
  /// What was checked already: templates and blocks, each with everything that its names could find.
  private var walked = InclusionGraph()

  /// The templates that some page uses.
  package private(set) var reached: Set<String> = []

  /// The fields of `strings` that some page shows.
  package private(set) var words: Set<String> = []

  /// - Parameter declared: the tables of fields whose keys only this build knows, such as the texts of `strings`.
  package init(_ theme: Theme, declared: [String: FieldTable] = [:]) {
    self.theme = theme
    self.declared = declared
  }

  /// In order of place.
  package var diagnostics: [Diagnostic] {
    let endless = walked.cycles.map { inclusion in
      diagnostic(
        .partialCycle, inclusion.file, inclusion.position,
        "\(inclusion.what) includes itself through this tag, without end",
        "put the tag into a section over the list of each level, such as {{#responses}}")
    }
    return reported.union(endless).sorted()
  }

  /// Checks a template and everything that it includes or inherits.
  ///
  /// - Parameter table: the table of the template's record.
  package mutating func check(_ name: String, for table: FieldTable) {
    walk(template: name, Scope(table, declared: declared), overrides: [], from: nil)
  }

  private struct Overrides {
    let id: String
    let blocks: [Name: Template.Block]

    init(_ id: String, _ blocks: [Name: Template.Block]) {
      self.id = id
      self.blocks = blocks
    }
  }

  /// Checks a template that is included by a tag, or that is a page.
  private mutating func walk(
    template name: String, _ scope: Scope, overrides: [Overrides],
    from inclusion: InclusionGraph.Inclusion?
  ) {
    guard let template = theme.template(Name(name)) else { return }
    reached.insert(name)
    visit("“\(name)”", template.body, scope, overrides, from: inclusion)
  }

  /// Checks a body, unless it was checked with the same visible names.
  private mutating func visit(
    _ what: String, _ body: Template.Body, _ scope: Scope, _ overrides: [Overrides],
    from inclusion: InclusionGraph.Inclusion?
  ) {
    let key = "\(what) \(scope.identity) \(overrides.map(\.id).joined(separator: " "))"
    let (node, isNew) = walked.add(key, from: inclusion)
    guard isNew else { return }
    walk(body, scope, overrides, InclusionGraph.Place(node: node))
  }

  private mutating func walk(
    _ body: Template.Body, _ scope: Scope, _ overrides: [Overrides], _ place: InclusionGraph.Place
  ) {
    let file = body.file
    for instruction in body.instructions {
      switch instruction {
      case .text, .lineStart: break
      case .variable(let path, let escapes, let position):
        checkVariable(path, escapes: escapes, scope, file, position)
      case .section(let section):
        var inner = scope
        note(section.path)
        var place = place
        switch scope.find(section.path) {
        case .unknown(let name, let known):
          reportUnknown(name, among: known, file, section.position)
        case .kind(let kind):
          if !section.isInverted {
            place.goesDeeper = place.goesDeeper || scope.descends(by: section.path, to: kind)
            inner.enter(kind)
          }
        }
        walk(section.body, inner, overrides, place)
      case .partial(let partial):
        let name = partial.name.text
        if theme.template(partial.name) == nil {
          reportMissing(name, file, partial.position)
        } else {
          walk(
            template: name, scope, overrides: overrides,
            from: place.inclusion("“\(name)”", file, partial.position))
        }
      case .parent(let parent):
        let position = parent.partial.position
        let name = parent.partial.name
        if theme.template(name) == nil {
          reportMissing(name.text, file, position)
        } else {
          // A parent that includes itself overrides its blocks with nothing new.
          let id = "\(file):\(position.line):\(position.column)"
          let own = overrides.contains { $0.id == id } ? [] : [Overrides(id, parent.overrides)]
          walk(
            template: name.text, scope, overrides: overrides + own,
            from: place.inclusion("“\(name.text)”", file, position))
        }
      case .block(let block):
        guard let given = overrides.first(where: { $0.blocks[block.name] != nil }),
          let content = given.blocks[block.name]
        else {
          walk(block.body, scope, overrides, place)
          continue
        }
        let what = "the block “\(block.name.text)”"
        visit(
          "\(what) \(given.id)", content.body, scope, overrides,
          from: place.inclusion(what, file, block.position))
      }
    }
  }

  private mutating func note(_ path: Template.Path) {
    if path.count == 2, path[0].text == "strings" { words.insert(path[1].text) }
  }

  private mutating func checkVariable(
    _ path: Template.Path, escapes: Bool, _ scope: Scope, _ file: String,
    _ position: Template.Position
  ) {
    let name = path.isEmpty ? "." : path.map(\.text).joined(separator: ".")
    note(path)
    switch (scope.find(path), escapes) {
    case (.unknown(let name, let known), _): reportUnknown(name, among: known, file, position)
    case (.kind(.html), false), (.kind(.text), true), (.kind(.any), true): break
    case (.kind(.html), true):
      report(
        .rawText, file, position, "“\(name)” is HTML, and two braces would show its tags",
        "write {{{\(name)}}}")
    case (.kind(.text), false), (.kind(.any), false):
      report(
        .rawText, file, position, "“\(name)” is text and must not be written as HTML",
        "write {{\(name)}}")
    case (.kind(.flag), _):
      report(
        .unknownName, file, position, "“\(name)” is true or false, and has no text",
        "write {{#\(name)}}…{{/\(name)}}")
    case (.kind(.list), _), (.kind(.record), _):
      report(
        .unknownName, file, position, "“\(name)” is a record, and has no text of its own",
        "write {{#\(name)}}…{{/\(name)}}")
    }
  }

  // MARK: Diagnostics

  private mutating func reportUnknown(
    _ name: String, among known: [String], _ file: String, _ position: Template.Position
  ) {
    report(
      .unknownName, file, position, "nothing is called “\(name)” here",
      Nearest.match(for: name, among: known).map { "did you mean “\($0)”?" } ?? "")
  }

  private mutating func reportMissing(
    _ name: String, _ file: String, _ position: Template.Position
  ) {
    report(
      .unknownPartial, file, position, "there is no template “\(name)”",
      Nearest.match(for: name, among: theme.names).map { "did you mean “\($0)”?" }
        ?? "put a file \(name).mustache into templates/")
  }

  private mutating func report(
    _ code: DiagnosticCode, _ file: String, _ position: Template.Position, _ message: String,
    _ suggestion: String
  ) {
    reported.insert(diagnostic(code, file, position, message, suggestion))
  }

  private func diagnostic(
    _ code: DiagnosticCode, _ file: String, _ position: Template.Position, _ message: String,
    _ suggestion: String
  ) -> Diagnostic {
    let location = SourceLocation(
      file: file, line: Int(position.line), column: Int(position.column))
    return Diagnostic(code, at: location, message, suggestion: suggestion)
  }
}

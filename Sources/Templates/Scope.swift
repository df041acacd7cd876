/// The names that are visible at one place of a template: the tables of the enclosing records, the innermost last.
struct Scope {
  private var frames: [FieldTable.Kind]
  /// The tables of fields whose keys only this build knows, by the field's name.
  private let declared: [String: FieldTable]

  init(_ table: FieldTable, declared: [String: FieldTable]) {
    frames = [.record { table }]
    self.declared = declared
  }

  /// Enters a section.
  ///
  /// Every record of a table has every field, so an inner record completely hides outer ones of the same table; an outer text
  /// is never visible. So a recursive thread has finitely many scopes.
  mutating func enter(_ kind: FieldTable.Kind) {
    let inner: FieldTable.Kind
    switch kind {
    case .list(of: let item): inner = item
    case .flag, .html: return
    case .text, .any, .record: inner = kind
    }
    frames.removeAll { frame in
      switch (frame, inner) {
      case (.text, _), (.any, .any): true
      default: frame.table.map { $0 === inner.table } ?? false
      }
    }
    frames.append(inner)
  }

  /// The result of a path, by the same rules as rendering.
  func find(_ path: Template.Path) -> ThemeChecker.Finding {
    guard let first = path.first else { return .kind(frames.last ?? .any) }
    var isOpen = false
    for frame in frames.reversed() {
      if case .any = frame { isOpen = true }
      guard let field = frame.table?.field(named: first.text) else { continue }
      var kind = field.kind
      if case .any = kind, let table = declared[field.name] { kind = .record { table } }
      return Self.follow(path.dropFirst(), from: kind)
    }
    // A value below a community's own keys may have an undeclared name.
    if isOpen { return .kind(.any) }
    return .unknown(
      name: first.text, known: frames.flatMap { $0.table?.fields.map(\.name) ?? [] })
  }

  private static func follow(
    _ rest: ArraySlice<Name>, from kind: FieldTable.Kind
  ) -> ThemeChecker.Finding {
    var kind = kind
    for name in rest {
      if case .any = kind { return .kind(.any) }
      guard let field = kind.table?.field(named: name.text) else {
        return .unknown(name: name.text, known: kind.table?.fields.map(\.name) ?? [])
      }
      kind = field.kind
    }
    return .kind(kind)
  }

  /// Whether a section leads to records within the innermost record, so that it cannot be entered endlessly.
  func descends(by path: Template.Path, to kind: FieldTable.Kind) -> Bool {
    guard let first = path.first, kind.holdsRecords else { return false }
    return frames.last { $0.table != nil }?.table?.field(named: first.text) != nil
  }

  /// A key that is equal for scopes with the same names.
  var identity: String { frames.map(\.identity).joined(separator: "/") }
}

extension FieldTable.Kind {
  /// The table of a record; nil for everything else.
  fileprivate var table: FieldTable? {
    if case .record(let table) = self { table() } else { nil }
  }

  /// Whether a section over it makes a record the innermost one.
  fileprivate var holdsRecords: Bool {
    switch self {
    case .record: true
    case .list(of: let item): item.holdsRecords
    case .text, .html, .flag, .any: false
    }
  }

  fileprivate var identity: String {
    switch self {
    case .text: "text"
    case .html: "html"
    case .flag: "flag"
    case .any: "any"
    case .list(of: let item): "list of \(item.identity)"
    case .record(let table): "\(table().name) \(Int(bitPattern: ObjectIdentifier(table())))"
    }
  }
}

/// What a template's names can find at one place: the shapes of the records around it, the innermost last.
internal struct Scope {
  private var frames: [Shape.Kind]
  /// What fields of undeclared keys hold in this build, by the field's name.
  private let declared: [String: Shape]

  internal init(_ shape: Shape, declared: [String: Shape]) {
    frames = [.record { shape }]
    self.declared = declared
  }

  /// Goes into a section.
  ///
  /// Every record of a shape has every field, so an outer record of the same shape can never be seen through an inner one,
  /// and neither can a text through anything. Without them a thread that holds itself has finitely many scopes.
  internal mutating func enter(_ kind: Shape.Kind) {
    let inner: Shape.Kind
    switch kind {
    case .list(of: let item): inner = item
    case .flag, .html: return
    case .text, .any, .record: inner = kind
    }
    frames.removeAll { frame in
      switch (frame, inner) {
      case (.text, _), (.any, .any): true
      default: frame.shape.map { $0 === inner.shape } ?? false
      }
    }
    frames.append(inner)
  }

  /// What a path stands for, by the rules that rendering follows.
  internal func find(_ path: Template.Path) -> ThemeChecker.Finding {
    guard let first = path.first else { return .kind(frames.last ?? .any) }
    var isOpen = false
    for frame in frames.reversed() {
      if case .any = frame { isOpen = true }
      guard let field = frame.shape?.field(named: first.text) else { continue }
      var kind = field.kind
      if case .any = kind, let shape = declared[field.name] { kind = .record { shape } }
      return Self.follow(path.dropFirst(), from: kind)
    }
    // Something inside a community's own keys may have a name that nobody declared.
    if isOpen { return .kind(.any) }
    return .unknown(
      name: first.text, known: frames.flatMap { $0.shape?.fields.map(\.name) ?? [] })
  }

  private static func follow(
    _ rest: ArraySlice<Name>, from kind: Shape.Kind
  ) -> ThemeChecker.Finding {
    var kind = kind
    for name in rest {
      if case .any = kind { return .kind(.any) }
      guard let field = kind.shape?.field(named: name.text) else {
        return .unknown(name: name.text, known: kind.shape?.fields.map(\.name) ?? [])
      }
      kind = field.kind
    }
    return .kind(kind)
  }

  /// Whether a section leads to records that the innermost record holds, so that it cannot be entered again and again.
  internal func descends(by path: Template.Path, to kind: Shape.Kind) -> Bool {
    guard let first = path.first, kind.holdsRecords else { return false }
    return frames.last { $0.shape != nil }?.shape?.field(named: first.text) != nil
  }

  /// The same for scopes in which every name finds the same.
  internal var identity: String { frames.map(\.identity).joined(separator: "/") }
}

extension Shape.Kind {
  /// The shape of a record; nil for everything else.
  fileprivate var shape: Shape? {
    if case .record(let shape) = self { shape() } else { nil }
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
    case .record(let shape): "\(shape().name) \(Int(bitPattern: ObjectIdentifier(shape())))"
    }
  }
}

/// An element that a body may hold.
struct Element: Sendable {
  /// Where an element may stand, and what it closes by standing there: what a browser would do with it.
  enum Role: UInt8, Sendable {
    /// Words within a line.
    case phrase
    case link
    case image
    case checkbox
    /// `br` and `wbr`, which hold nothing.
    case breakpoint
    /// `hr`, which holds nothing and ends a paragraph.
    case rule
    case block
    case division
    case paragraph
    case heading
    /// `ul` and `ol`.
    case list
    case item
    /// `dl`.
    case definitions
    /// `dt` and `dd`.
    case definition
    case ruby
    /// `rt` and `rp`.
    case annotation
    case table
    case caption
    /// `thead`, `tbody` and `tfoot`.
    case rowGroup
    case row
    case cell
  }

  /// The name that is written; `tt` and `strike` are obsolete and become what replaced them.
  let name: StaticString
  /// The first letters of the name as a number: what tells elements apart.
  let key: UInt64
  let role: Role
  let attributes: AttributeSet
  /// Whether only Parse may write it.
  let isOurs: Bool

  init(
    _ name: StaticString, _ role: Role, _ attributes: AttributeSet = [], isOurs: Bool = false
  ) {
    self.name = name
    key = NameTable<Element>.key(
      of: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)[...])
    self.role = role
    self.attributes = attributes.union([.dir, .lang])
    self.isOurs = isOurs
  }

  /// Whether it has no end tag.
  var isVoid: Bool {
    switch role {
    case .image, .checkbox, .breakpoint, .rule: true
    default: false
    }
  }
}

extension Element.Role {
  /// Whether only parts of a table may stand directly in it.
  var holdsTableParts: Bool { self == .table || self == .rowGroup || self == .row }

  /// Whether what is open outside of it cannot be ended from inside.
  var isScope: Bool { self == .cell || self == .caption || self == .table }

  /// Whether its end tag may be left out.
  var mayLackEnd: Bool {
    switch self {
    case .paragraph, .item, .definition, .annotation, .caption, .rowGroup, .row, .cell: true
    default: false
    }
  }

  /// What it may not stand outside of.
  var outer: Element.Role? {
    switch self {
    case .caption, .rowGroup, .row, .cell: .table
    case .item: .list
    default: nil
    }
  }

  /// Whether a browser that looks for the list or definition around it looks past it.
  var isPassedOver: Bool {
    switch self {
    case .phrase, .link, .ruby, .annotation, .paragraph, .division: true
    default: false
    }
  }
}

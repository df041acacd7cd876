/// An element that is allowed in a body.
struct Element: Sendable {
  /// Where an element is allowed, and what its start tag closes, as in a browser.
  enum Role: UInt8, Sendable {
    /// Inline text.
    case phrase
    case link
    case image
    case checkbox
    /// `br` and `wbr`, which are empty.
    case breakpoint
    /// `hr`, which is empty and ends a paragraph.
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

  /// The name in the output; the obsolete `tt` and `strike` become their replacements.
  let name: StaticString
  /// The first letters of the name as a number, which identifies the element.
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
  /// Whether only parts of a table may be its direct children.
  var holdsTableParts: Bool { self == .table || self == .rowGroup || self == .row }

  /// Whether an end tag inside it cannot close an element outside it.
  var isScope: Bool { self == .cell || self == .caption || self == .table }

  /// Whether its end tag may be left out.
  var mayLackEnd: Bool {
    switch self {
    case .paragraph, .item, .definition, .annotation, .caption, .rowGroup, .row, .cell: true
    default: false
    }
  }

  /// The element that it must be inside of.
  var outer: Element.Role? {
    switch self {
    case .caption, .rowGroup, .row, .cell: .table
    case .item: .list
    default: nil
    }
  }

  /// Whether a browser skips it when it looks for the enclosing list or definition.
  var isPassedOver: Bool {
    switch self {
    case .phrase, .link, .ruby, .annotation, .paragraph, .division: true
    default: false
    }
  }
}

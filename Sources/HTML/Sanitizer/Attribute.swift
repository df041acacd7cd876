/// An attribute that the sanitiser may write.
enum Attribute: UInt8, Sendable {
  case align, alt, checked, cite, colspan, datetime, dir, disabled, height, href, lang, open,
    reversed, rowspan, src, start, title, type, width
  /// Only Parse may write these, except the class for a cell's alignment.
  case `class`, id

  private static let names = NameTable<Attribute>([
    ("align", .align), ("alt", .alt), ("checked", .checked), ("cite", .cite), ("class", .class),
    ("colspan", .colspan), ("datetime", .datetime), ("dir", .dir), ("disabled", .disabled),
    ("height", .height), ("href", .href), ("id", .id), ("lang", .lang), ("open", .open),
    ("reversed", .reversed), ("rowspan", .rowspan), ("src", .src), ("start", .start),
    ("title", .title), ("type", .type), ("width", .width),
  ])

  /// The allowed attribute with this name, case-insensitive.
  static func named(_ name: UnsafeBufferPointer<UInt8>.SubSequence) -> Attribute? {
    names.value(of: name)
  }
}

/// The attributes that an element may have, or has.
struct AttributeSet: OptionSet, Sendable {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ attribute: Attribute) { rawValue = 1 << attribute.rawValue }

  static let align = AttributeSet(.align)
  static let alt = AttributeSet(.alt)
  static let checked = AttributeSet(.checked)
  static let cite = AttributeSet(.cite)
  static let `class` = AttributeSet(.class)
  static let colspan = AttributeSet(.colspan)
  static let datetime = AttributeSet(.datetime)
  static let dir = AttributeSet(.dir)
  static let disabled = AttributeSet(.disabled)
  static let height = AttributeSet(.height)
  static let href = AttributeSet(.href)
  static let lang = AttributeSet(.lang)
  static let open = AttributeSet(.open)
  static let reversed = AttributeSet(.reversed)
  static let rowspan = AttributeSet(.rowspan)
  static let src = AttributeSet(.src)
  static let start = AttributeSet(.start)
  static let title = AttributeSet(.title)
  static let type = AttributeSet(.type)
  static let width = AttributeSet(.width)

  /// Adds an attribute; false when it was there already.
  mutating func add(_ attribute: Attribute) -> Bool { insert(AttributeSet(attribute)).inserted }

  func contains(_ attribute: Attribute) -> Bool { contains(AttributeSet(attribute)) }
}

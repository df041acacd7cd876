import StoaModel

/// The form of a key's value, with its name in the guide and its JSON Schema.
package struct ValueShape: Sendable {
  /// The possible forms in YAML.
  indirect enum Form: Sendable {
    /// Text or a name, with a maximum number of bytes.
    case text(maximum: Int?)
    /// A string with a grammar of its own, as a regular expression of ECMA 262.
    case pattern(String)
    case choice([String])
    case flag
    case integer(ClosedRange<Int>)
    /// A list of one form, or a single value of it.
    case list(Form)
    case either([Form])
    /// Fixed keys, each with its form; some are required.
    case mapping([(name: String, form: Form)], required: [String] = [])
    /// Any keys, all with values of one form.
    case dictionary(Form)
  }

  /// Its name in the reference, such as `text`, `list of names`, `date` or `true or false`.
  package let name: String
  let form: Form

  init(_ name: String, _ form: Form) {
    self.name = name
    self.form = form
  }

  /// Whether it is text or names, alone or in a list.
  var takesText: Bool { Self.takesText(form) }

  /// Whether it may be several strings.
  var takesList: Bool { Self.takesList(form) }

  private static func takesText(_ form: Form) -> Bool {
    switch form {
    case .text, .list: true
    case .either(let forms): forms.contains(where: takesText)
    case .pattern, .choice, .flag, .integer, .mapping, .dictionary: false
    }
  }

  private static func takesList(_ form: Form) -> Bool {
    switch form {
    case .list: true
    case .either(let forms): forms.contains(where: takesList)
    case .text, .pattern, .choice, .flag, .integer, .mapping, .dictionary: false
    }
  }
}

extension ValueShape {
  static let text = ValueShape("text", .text(maximum: nil))
  /// A heading or a name, which has to be short.
  static let title = ValueShape("text", .text(maximum: 500))
  static let person = ValueShape("name", .text(maximum: 500))
  static let people = ValueShape("name or list of names", .list(.text(maximum: 500)))
  static let flag = ValueShape("true or false", .flag)
  static let date = ValueShape("date", .pattern("^\(day)(?:[Tt ]\(time)(?: ?\(offset))?)?$"))
  static let audience = ValueShape("audience", audienceName)
  static let url = ValueShape("url", webAddress)
  static let siteURL = ValueShape("url", siteAddress)
  static let citation = ValueShape(
    "url, or url and title",
    .either([
      webAddress,
      .mapping([("url", webAddress), ("title", .text(maximum: nil))], required: ["url"]),
    ]))
  static let language = ValueShape(
    "language", .pattern("^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"))
  static let file = ValueShape("file", .text(maximum: nil))
  static let slug = ValueShape("slug", .text(maximum: nil))
  static let responseID = ValueShape("response id", .text(maximum: nil))
  static let openness = ValueShape(
    "open, closed, or closed and a date", .pattern("^(?:open|closed(?: +\(day))?)$"))
  static let changes = ValueShape(
    "all, none or months", .pattern("^(?:all|none|0*[1-9][0-9]{0,3} +months?)$"))
  static let anchors = ValueShape("anchors by old anchor", .dictionary(.text(maximum: nil)))
  static let feedID = ValueShape("text", .pattern("^[^\\s\"<>\\\\^`{|}]+$"))
  static let agreements = ValueShape(
    "list of names, or lists by audience",
    .either([.list(.text(maximum: 500)), .dictionary(.list(.text(maximum: 500)))]))
  static let menuPlace = ValueShape("true, false or text", .either([.flag, .text(maximum: 500)]))
  static let readingPath = ValueShape(
    "list of slugs, or of headings with slugs",
    .list(.either([.text(maximum: nil), .dictionary(.list(.text(maximum: nil)))])))

  /// A list of items that the reference calls by this name.
  static func list(of items: String, _ form: Form = .text(maximum: nil)) -> ValueShape {
    ValueShape("list of \(items)", .list(form))
  }

  /// One of a few words.
  static func choice(_ words: String...) -> ValueShape {
    let name = [words.dropLast().joined(separator: ", "), words.last ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " or ")
    return ValueShape(name, .choice(words))
  }

  static let audienceName = Form.pattern("^[a-z0-9][a-z0-9._-]*$")
  private static let day = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
  private static let time = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?"
  private static let offset = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
  static let webAddress = Form.pattern("^[Hh][Tt][Tt][Pp][Ss]?://[^\\s]+$")
  static let siteAddress = Form.pattern(
    "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#@]+(?:/[^\\s?#]*)?$")
}

// Forms that only the settings use.
extension ValueShape {
  static let zone = ValueShape("zone", .pattern("^[A-Za-z0-9_+/-]+$"))
  static let hue = ValueShape("0 to 359", .integer(0...359))
  static let pageSize = ValueShape("1 to 1000", .integer(1...1_000))
  static let order = ValueShape("number", .integer(-10_000...10_000))
  static let permalinks = ValueShape("pattern", .pattern("^/(?:[^/\\s?#]+/)+$"))
  static let menu = ValueShape(
    "list of titles and addresses",
    .list(
      .either([
        .text(maximum: nil),
        .mapping(
          [("title", .text(maximum: 500)), ("address", .text(maximum: nil))], required: ["address"]),
      ])))
  static let forge = ValueShape(
    "kind, url and branch",
    .mapping(
      [
        ("kind", .choice(Settings.Forge.Kind.allCases.map(\.rawValue))), ("url", siteAddress),
        ("branch", .text(maximum: nil)),
      ], required: ["kind", "url"]))
  static let reply = ValueShape(
    "forge, mail, command and service",
    .mapping([
      ("forge", .either([.flag, .choice(["issue", "file"])])),
      ("mail", .pattern("^[^\\s@]+@[^\\s@]+$")), ("command", .flag), ("service", siteAddress),
    ]))
  static let rules = ValueShape(
    "levels by code",
    .mapping(
      DiagnosticCode.allCases.map { code in
        let isFixed = code.severity == .error
        return (
          code.rawValue, .choice(isFixed ? ["error"] : Settings.Level.allCases.map(\.rawValue))
        )
      }))
  static let feedAuthority = ValueShape(
    "name and date",
    .pattern(
      "^[a-z0-9][a-z0-9-]*(?:\\.[a-z0-9][a-z0-9-]*)*,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"))
  static let gone = ValueShape("reasons by address", .dictionary(.text(maximum: nil)))
}

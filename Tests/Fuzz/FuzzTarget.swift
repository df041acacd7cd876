import StoaHTML
import StoaModel
import StoaParse
import StoaTemplates
import StoaTestSupport

@testable import StoaLoad

/// A parser of untrusted bytes: each target accepts any bytes, and returns the problem with its result.
///
/// Targets need not report traps, wrong accesses to memory and hangs, because the fuzzer and the address sanitizer detect them.
enum FuzzTarget: String, CaseIterable {
  case frontMatter = "front-matter"
  case markdown
  case sanitizer
  case templates
  case importers

  /// Nil when there is no problem.
  func problem(with bytes: [UInt8]) -> String? {
    switch self {
    case .frontMatter: Self.frontMatterProblem(bytes)
    case .markdown: Self.markdownProblem(bytes)
    case .sanitizer: Self.sanitizerProblem(bytes)
    case .templates: Self.templateProblem(bytes)
    case .importers: ImportReaders.problem(with: bytes)
    }
  }

  /// The front matter of every kind of file, and stoa.yml.
  private static func frontMatterProblem(_ bytes: [UInt8]) -> String? {
    let context = ReadingContext(
      audiences: ["team", "public"], dates: DateReader(zone: TimeZoneRules.utc))
    // A file that cannot be read otherwise may contain any bytes.
    _ = VisibilityScan.flawed(bytes, context)
    let hidden = VisibilityScan.flawed(Array("---\naudience: team\n".utf8) + bytes, context)
    if hidden.audience != Audience(rank: 0) { return "a readable audience was not found" }
    guard SourceBytes.problem(in: bytes, file: file, maximumLineLength: 65_536) == nil else {
      return nil
    }
    let matter = FrontMatter(bytes, file: file)
    guard matter.bodyStart <= bytes.count, matter.bodyLine >= 1 else {
      return "the text begins outside the file"
    }
    var diagnostics = matter.diagnostics
    func read(_ schema: Schema, _ make: (inout Fields) -> Void) {
      var fields = Fields(matter.entries, of: schema, in: file)
      make(&fields)
      diagnostics += fields.diagnostics
    }
    read(.post) { _ = Post(slug: "a", &$0, context, file: file) }
    read(.response) { _ = Response(postSlug: "a", id: "b", &$0, context, file: file) }
    read(.contributor) { _ = Contributor(handle: "a", &$0, context, file: file) }
    read(.topic) { _ = Topic(slug: "a", &$0, context, file: file) }
    read(.page) { _ = Page(slug: "a", &$0, context, file: file) }
    diagnostics += Settings.read(bytes, file: file).diagnostics
    let lines = bytes.count { $0 == 0x0A } + 1
    return diagnostics.first { $0.location.line > lines }.map { "\($0) is behind the end" }
  }

  /// Parses a document completely, including the sanitiser.
  private static func markdownProblem(_ bytes: [UInt8]) -> String? {
    guard SourceBytes.textProblem(in: bytes, file: file) == nil else { return nil }
    for kind in [MarkdownText.Kind.post, .response] {
      let parsed = MarkdownParser.parse(
        MarkdownText(
          kind, bytes: bytes, footnotePrefix: kind == .response ? "r" : "",
          takesTitle: kind == .post, smartPunctuation: true,
          mailAddresses: kind == .response ? .mask : .report, math: true, diagrams: true))
      guard case .memory(let body) = parsed.document.body else { return "no body" }
      // A link without a target is shown as it was typed.
      let holdsMark = parsed.document.slots.contains { slot in
        guard case .wikilink(let target, _) = slot.content else { return false }
        return target.utf8.contains { $0 < 0x20 }
      }
      if holdsMark { return "\(kind): a control byte in a wikilink" }
      let problem =
        TextOutput.problem(in: body, forXML: true)
        ?? ListedHTML.problem(in: body, isOfParse: true)
      if let problem { return "\(kind): \(problem)" }
    }
    return nil
  }

  /// The result must be balanced, contain only listed elements, and stay the same when it is sanitised again.
  private static func sanitizerProblem(_ bytes: [UInt8]) -> String? {
    // Parse passes only UTF-8 with control bytes replaced to the sanitiser.
    let input = Array(
      String(decoding: bytes, as: UTF8.self).utf8
        .filter { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A })
    let once = sanitised(bytes: input)
    if let problem = TextOutput.problem(in: once) ?? ListedHTML.problem(in: once) { return problem }
    return sanitised(bytes: once) == once ? nil : "its own result is sanitised to something else"
  }

  /// A template is parsed, checked and rendered.
  private static func templateProblem(_ bytes: [UInt8]) -> String? {
    let template: Template
    do throws(TemplateProblem) {
      template = try Template(bytes, file: file)
    } catch {
      return error.diagnostic.location.line > bytes.count { $0 == 0x0A } + 1
        ? "\(error.diagnostic) is behind the end" : nil
    }
    // Under a name that the template cannot include.
    var templates = [unspeakable: template]
    templates["partial"] = try? Template(Array("[{{title}}]\n".utf8), file: "partial")
    let theme = Theme(templates)
    var checker = ThemeChecker(theme)
    checker.check(unspeakable, for: FieldTable("page", fields))
    _ = checker.diagnostics
    var buffer = ByteBuffer()
    try? theme.render(unspeakable, record, into: &buffer)
    // Text that is not in the template must be escaped.
    let isRaw = [UInt8](hostile).allSatisfy { !bytes.contains($0) }
    let written = buffer.bytes
    if let problem = TextOutput.problem(in: written),
      String(validating: bytes, as: UTF8.self) != nil
    {
      return problem
    }
    return isRaw && written.contains(UInt8(ascii: "<")) ? "a raw < came out" : nil
  }

  private static let file = "content/posts/a.md"
  private static let unspeakable = " {{=}} \n"
  private static let hostile = "<{&".utf8
  private static let fields: [FieldTable.Field] = [
    .init("title", .text, ""), .init("body", .html, ""), .init("on", .flag, ""),
    .init("items", .list(of: .text), ""),
  ]
  private static let record = Record(free: [
    ("title", .text("<b>&\"'")), ("body", .html(Markup(Array("<p>".utf8)))), ("on", .flag(true)),
    ("items", .list([.text("<i>")])),
  ])
}

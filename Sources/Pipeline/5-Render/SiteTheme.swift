import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates
import StoaTheme

/// The theme of one build: the default theme, with the community's own files instead of some of its files.
struct SiteTheme {
  let files: [String: [UInt8]]
  private(set) var templates = Theme([:])
  /// Nil when the strings cannot be read.
  private(set) var strings: Strings?
  private(set) var diagnostics: [Diagnostic] = []

  var isUsable: Bool { !diagnostics.contains { $0.severity == .error } }

  init(_ community: Community) {
    files = DefaultTheme.files.merging(community.theme) { $1 }
    parseTemplates()
    readWords(community)
    if isUsable { checkTemplates(community) }
  }

  private mutating func parseTemplates() {
    var parsed: [String: Template] = [:]
    for (name, bytes) in files.sorted(by: { $0.key.precedes($1.key) })
    where name.hasSuffix(".mustache") {
      do throws(TemplateProblem) {
        parsed[String(name.dropLast(".mustache".utf8.count))] = try Template(
          bytes, file: "templates/\(name)")
      } catch {
        diagnostics.append(error.diagnostic)
      }
    }
    templates = Theme(parsed)
  }

  /// Checks all templates against the data of pages, and reports the community's files that are not used.
  private mutating func checkTemplates(_ community: Community) {
    var checker = ThemeChecker(templates, declared: strings.map { ["strings": $0.table] } ?? [:])
    for kind in PageKind.allCases { checker.check(kind.row.template, for: kind.view.table) }
    diagnostics += checker.diagnostics
    if community.theme.keys.contains(where: { $0.hasPrefix("strings/") }) {
      diagnostics += StringsCheck(used: checker.words).diagnostics(of: community.theme)
    }
    for name in community.theme.keys.sorted(by: { $0.precedes($1) }) {
      let template = String(name.dropLast(".mustache".utf8.count))
      let isUsed =
        name.hasSuffix(".mustache")
        ? checker.reached.contains(template)
        : DefaultTheme.files[name] != nil || name.hasPrefix("strings/")
      guard !isUsed else { continue }
      diagnostics.append(
        Diagnostic(
          .strayFile, at: SourceLocation(file: "templates/\(name)"),
          "a build does not use this file",
          suggestion: Nearest.match(for: name, among: DefaultTheme.files.keys).map {
            "did you mean “\($0)”?"
          } ?? "no page includes it"))
    }
  }

  /// The translations: those of the language override its primary language's, which override English; the community's override the
  /// program's.
  private mutating func readWords(_ community: Community) {
    let language = community.settings.language
    let primary = String(language.prefix { $0 != "-" })
    var sources: [(name: String, bytes: [UInt8])] = []
    for name in ["en", primary, language] {
      let file = "strings/\(name).yml"
      for bytes in [DefaultTheme.files[file], community.theme[file]].compactMap({ $0 }) {
        sources.append(("templates/\(file)", bytes))
      }
    }
    if files["strings/\(primary).yml"] == nil, files["strings/\(language).yml"] == nil {
      diagnostics.append(
        Diagnostic(
          .missingStrings,
          at: community.settings.languageLocation ?? SourceLocation(file: "stoa.yml"),
          "the theme has no translation for “\(language)”, so its own texts are in English",
          suggestion: "write one in templates/strings/\(primary).yml"))
    }
    do throws(StringsProblem) {
      strings = try Strings(language: language, files: sources)
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }
}

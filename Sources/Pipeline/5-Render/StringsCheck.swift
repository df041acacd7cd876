import StoaAddresses
import StoaModel
import StoaTheme
import StoaYAML

/// Finds entries of a community's strings files, in all languages, that no page shows.
struct StringsCheck {
  /// For each key of the theme, whether it has plural forms.
  private let hasForms: [String: Bool]
  /// The community's own keys that its own templates show.
  private let used: Set<String>

  private static let forms = PluralRules.Category.allCases.map(\.rawValue) + ["none"]

  init(used: Set<String>) {
    self.used = used
    var hasForms: [String: Bool] = [:]
    for (name, bytes) in DefaultTheme.files where name.hasPrefix("strings/") {
      for entry in Self.entries(bytes) { hasForms[entry.key] = entry.value.mapping != nil }
    }
    self.hasForms = hasForms
  }

  func diagnostics(of theme: [String: [UInt8]]) -> [Diagnostic] {
    theme.sorted { $0.key.precedes($1.key) }.flatMap { name, bytes in
      name.hasPrefix("strings/")
        ? Self.entries(bytes).flatMap { diagnostics(of: $0, in: "templates/\(name)") } : []
    }
  }

  /// A file that cannot be read is reported where it is used.
  private static func entries(_ bytes: [UInt8]) -> [YAMLEntry] {
    (try? YAMLReader.read(bytes[...], maximumSize: 1 << 18)) ?? []
  }

  private func diagnostics(of entry: YAMLEntry, in file: String) -> [Diagnostic] {
    guard let hasForms = hasForms[entry.key] else {
      if used.contains(entry.key) { return [] }
      let nearest = Nearest.match(for: entry.key, among: hasForms.keys)
      return [
        unknown(
          entry, in: file, "the theme has no text “\(entry.key)”, and no template shows it",
          nearest.map { "did you mean “\($0)”?" } ?? "show it with {{strings.\(entry.key)}}")
      ]
    }
    switch entry.value.content {
    case .scalar where hasForms, .sequence:
      return [
        unknown(
          entry, in: file, "“\(entry.key)” has the wrong shape, and is not read",
          hasForms ? "write its plural forms below it, such as one and other" : "write text")
      ]
    case .mapping where !hasForms:
      return [unknown(entry, in: file, "“\(entry.key)” has no forms", "write one text")]
    case .scalar: return []
    case .mapping(let forms):
      return forms.filter { !Self.forms.contains($0.key) }.map { form in
        unknown(
          form, in: file, "“\(entry.key)” has no form “\(form.key)”",
          Nearest.match(for: form.key, among: Self.forms).map { "did you mean “\($0)”?" }
            ?? "use \(Self.forms.joined(separator: ", "))")
      }
    }
  }

  private func unknown(
    _ entry: YAMLEntry, in file: String, _ message: String, _ suggestion: String
  ) -> Diagnostic {
    Diagnostic(
      .unknownKey,
      at: SourceLocation(file: file, line: entry.keyLine, column: entry.keyColumn), message,
      suggestion: suggestion)
  }
}

package import StoaModel

/// Sets the severity of each diagnostic for this community, and sorts them.
package func leveled(
  _ diagnostics: [Diagnostic], _ settings: Settings, isStrict: Bool
) -> [Diagnostic] {
  var leveled: [Diagnostic] = []
  for var diagnostic in diagnostics {
    switch settings.rules[diagnostic.code] {
    case .off?: continue
    case .warning?: diagnostic.severity = .warning
    case .error?: diagnostic.severity = .error
    case nil: break
    }
    if isStrict, diagnostic.severity == .warning { diagnostic.severity = .error }
    leveled.append(diagnostic)
  }
  return leveled.sorted()
}

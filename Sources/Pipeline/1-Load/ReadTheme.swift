package import StoaModel

/// A community's own theme files, by their name below `templates`.
package struct ThemeFiles: Sendable {
  package fileprivate(set) var files: [String: [UInt8]] = [:]
  package fileprivate(set) var diagnostics: [Diagnostic] = []
}

/// Reads a community's own theme files again, for a preview.
package func readTheme(of root: String) throws -> ThemeFiles {
  var sources = Sources(root: root)
  try sources.readTheme()
  return ThemeFiles(files: sources.theme, diagnostics: sources.diagnostics)
}

extension Sources {
  private static var maximumThemeFileSize: Int { 1 << 20 }

  /// Reads the community's own theme files: templates, style sheet, script, strings.
  internal mutating func readTheme() throws(InputError) {
    for place in ["templates", "templates/strings"] {
      if let obstacle = FolderReader.obstacle(at: "\(root)/\(place)") {
        diagnostics.append(Diagnostic(obstacle: obstacle, at: place))
        return
      }
      for entry in try FolderReader.list(place, in: folder) ?? [] {
        guard let name = entry.name, Self.isThemeFile(name) else { continue }
        let file = "\(place)/\(name)"
        let limit = Self.maximumThemeFileSize
        do throws(FileReader.Refusal) {
          let bytes = try FileReader.read(file, in: folder, maximumSize: limit)
          theme[String(file.dropFirst("templates/".utf8.count))] = bytes
        } catch {
          let shown = file.printable
          diagnostics.append(Diagnostic(refusal: error, file: shown, limit: limit))
        }
      }
    }
  }

  private static func isThemeFile(_ name: String) -> Bool {
    [".mustache", ".css", ".js", ".yml"].contains { name.hasSuffix($0) }
  }
}

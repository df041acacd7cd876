package import StoaModel
import StoaSystem

/// A community's own theme files, by their path below `templates`.
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
  mutating func readTheme() throws(InputError) {
    for place in ["templates", "templates/strings"] {
      if let obstacle = FolderReader.obstacle(at: "\(root)/\(place)") {
        diagnostics.append(Diagnostic(obstacle: obstacle, at: place))
        return
      }
      for entry in try FolderReader.list(place, in: folder) ?? [] {
        guard let name = entry.name, !name.hasPrefix(".") else { continue }
        let file = "\(place)/\(name)"
        if file == "templates/strings", entry.kind == .folder { continue }
        guard Self.isThemeFile(name, in: place), entry.kind != .folder else {
          if !Self.isNote(name) { reportStray(file, entry) }
          continue
        }
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

  private static func isThemeFile(_ name: String, in folder: String) -> Bool {
    folder == "templates"
      ? [".mustache", ".css", ".js"].contains { name.hasSuffix($0) } : name.hasSuffix(".yml")
  }

  /// Files that people keep beside a theme and that are no part of it; the default theme has its Swift file there.
  private static func isNote(_ name: String) -> Bool {
    let lower = name.lowercased()
    return [".md", ".txt", ".swift", "license", "readme", "~"].contains { lower.hasSuffix($0) }
  }

  /// Reports a file where no theme file is expected.
  private mutating func reportStray(_ file: String, _ entry: FolderReader.Entry) {
    let suggestion =
      entry.kind == .folder || file.hasSuffix(".mustache")
      ? "put templates into templates itself"
      : file.hasPrefix("templates/strings/")
        ? "put translations into templates/strings, in files such as en.yml"
        : file.hasSuffix(".yml") || file.hasSuffix(".yaml")
          ? "put translations into templates/strings"
          : "a theme has .mustache, .css and .js files, and files to copy belong in content/static"
    diagnostics.append(
      Diagnostic(
        .strayFile, at: SourceLocation(file: file.printable),
        "a build does not use this \(entry.kind == .folder ? "folder" : "file")",
        suggestion: suggestion))
  }
}

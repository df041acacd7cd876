internal import StoaModel

extension Sources {
  private static var maximumThemeFileSize: Int { 1 << 20 }

  /// Reads the community's own theme files: templates, style sheet, script, strings.
  internal mutating func readTheme() throws(InputError) {
    for folder in ["templates", "templates/strings"] {
      if let obstacle = FolderReader.obstacle(at: "\(root)/\(folder)") {
        diagnostics.append(Diagnostic(obstacle: obstacle, at: folder))
        return
      }
      for entry in try FolderReader.list("\(root)/\(folder)") ?? [] {
        guard let name = entry.name, Self.isThemeFile(name) else { continue }
        let file = "\(folder)/\(name)"
        let limit = Self.maximumThemeFileSize
        do throws(FileReader.Refusal) {
          let bytes = try FileReader.read("\(root)/\(file)", maximumSize: limit)
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

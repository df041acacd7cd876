import StoaLoad
import StoaModel
import StoaSystem

/// The saved files, if they are only bodies and templates.
struct SavedFiles {
  let texts: [TextChange]
  /// All files of the theme; nil when none was saved.
  let theme: [String: [UInt8]]?

  /// Reads the files that changed.
  ///
  /// - Returns: Nil when anything except bodies and templates has changed, so that a full update is needed.
  init?(
    _ changes: Changes, below root: String, _ readings: LoadCache, isThemeSound: Bool
  ) throws {
    guard !changes.isEverything, !changes.isInRepository, changes.subtrees.isEmpty else {
      return nil
    }
    let templates = "\(root)/templates"
    let isOfTheme = { (path: String) in path == templates || path.hasPrefix("\(templates)/") }
    if changes.files.contains(where: isOfTheme) {
      let theme = try readTheme(of: root)
      guard isThemeSound, theme.diagnostics.isEmpty else { return nil }
      self.theme = theme.files
    } else {
      theme = nil
    }
    // An editor may first save a file under another name.
    let folders = changes.folders.filter { !isOfTheme($0) }
    guard folders.allSatisfy({ readings.isAsListed($0) }) else { return nil }
    var texts: [TextChange] = []
    for file in changes.files where !isOfTheme(file) {
      switch readings.read(again: file) {
      case .same: continue
      case .words(let change): texts.append(change)
      // A file that was created and removed in the meantime does not matter.
      case .unknown: guard Self.isAbsent(file) else { return nil }
      case .other: return nil
      }
    }
    self.texts = texts
  }

  private static func isAbsent(_ path: String) -> Bool {
    do throws(FileReader.Refusal) {
      _ = try FileReader.read(path, maximumSize: 0)
      return false
    } catch {
      return error.isAbsence
    }
  }
}

package import StoaModel
import StoaSystem

/// A text of which nothing but the words has changed.
package struct TextChange: Sendable {
  /// Relative to the folder of stoa.yml.
  package let file: String
  package let text: SourceText
}

/// What reading a file again has shown.
enum Reread {
  /// The file is not one of these.
  case unknown
  case same
  case words(TextChange)
  /// Front matter, or its diagnostics.
  case other
}

extension LoadCache {
  /// The words of files that were read before, read again, when nothing else has changed.
  ///
  /// - Parameters:
  ///   - files: what was written, or came or went.
  ///   - folders: those whose entries may be others, as when an editor saves a file under another name first.
  /// - Returns: Nil when anything but words has changed, so that everything has to be looked at.
  package func textChanges(in files: Set<String>, _ folders: Set<String>) -> [TextChange]? {
    guard folders.allSatisfy(isAsListed) else { return nil }
    var changes: [TextChange] = []
    for file in files {
      var isKnown = false
      for cache in readings {
        switch cache.read(again: file) {
        case .unknown: continue
        case .same: isKnown = true
        case .words(let change):
          changes.append(change)
          isKnown = true
        case .other: return nil
        }
      }
      // A file that came and went again is nobody's.
      guard isKnown || Self.isAbsent(file) else { return nil }
    }
    return changes
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

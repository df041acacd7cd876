internal import StoaHistory
package import StoaModel
internal import Synchronization

/// What a preview keeps of what it read, so that it reads again only what changed.
///
/// Nothing here finds out what changed: whoever watches the folders says so, and everything that was not named is taken to be
/// as it was. A folder must be watched before it is read for the first time.
package final class LoadCache: Sendable {
  private let folders = Mutex<[String: [FolderReader.Entry]?]>([:])
  internal let posts = ReadingCache<Post>()
  internal let responses = ReadingCache<Response>()
  internal let contributors = ReadingCache<Contributor>()
  internal let topics = ReadingCache<Topic>()
  internal let pages = ReadingCache<Page>()
  internal let history = HistoryCache()
  /// The settings that readings depend on.
  private let context = Mutex<[UInt8]>([])

  package init() {}

  /// Forgets everything.
  package func forgetAll() {
    folders.withLock { $0.removeAll() }
    for cache in readings { cache.forget { _ in true } }
  }

  /// Forgets which entries a folder has.
  ///
  /// - Parameter path: absolute, as all paths here.
  package func forget(entriesOf path: String) {
    folders.withLock { $0[path] = nil }
  }

  /// Forgets what a file holds.
  package func forget(file path: String) {
    for cache in readings { cache.forget(path) }
  }

  /// Forgets a folder with all that is below it.
  package func forget(below path: String) {
    let prefix = Array("\(path)/".utf8)
    folders.withLock { folders in
      for folder in folders.keys where folder == path || folder.utf8.starts(with: prefix) {
        folders[folder] = nil
      }
    }
    for cache in readings { cache.forget { $0.utf8.starts(with: prefix) } }
  }

  /// A folder's entries, read once.
  internal func list(_ path: String) throws(InputError) -> [FolderReader.Entry]? {
    if let known = folders.withLock({ $0[path] }) { return known }
    let entries = try FolderReader.list(path)
    folders.withLock { $0[path] = entries }
    return entries
  }

  /// Forgets every reading when stoa.yml, on which they depend, is not the one they were made with.
  internal func use(settings bytes: [UInt8]) {
    let isSame = context.withLock { known in
      defer { known = bytes }
      return known == bytes
    }
    if !isSame { for cache in readings { cache.forget { _ in true } } }
  }

  /// The words of files that were read before, read again, when nothing else has changed.
  ///
  /// - Parameters:
  ///   - files: what was written, or came or went.
  ///   - folders: those whose entries may be others, as when an editor saves a file under another name first.
  /// - Returns: Nil when anything but words has changed, so that everything has to be looked at.
  package func textChanges(in files: Set<String>, _ folders: Set<String>) -> [TextChange]? {
    for folder in folders {
      guard let known = self.folders.withLock({ $0[folder] }),
        let entries = try? FolderReader.list(folder), entries == known
      else { return nil }
    }
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

  private var readings: [any ForgetfulCache] { [posts, responses, contributors, topics, pages] }
}

/// A text of which nothing but the words has changed.
package struct TextChange: Sendable {
  /// Relative to the folder of stoa.yml.
  package let file: String
  package let text: SourceText
}

/// What reading a file again has shown.
private enum Reread {
  /// The file is not one of these.
  case unknown
  case same
  case words(TextChange)
  /// Front matter, or what is to be said about it.
  case other
}

private protocol ForgetfulCache {
  func read(again path: String) -> Reread
  func forget(_ path: String)
  func forget(where isForgotten: (String) -> Bool)
}

/// The readings of one kind of file, by absolute path.
internal final class ReadingCache<Item: Sendable & Equatable>: Sendable, ForgetfulCache {
  private struct Known {
    let source: ContentFiles.Item
    let reading: Reading<Item>
    let read: @Sendable () -> Reading<Item>
  }

  private let known = Mutex<[String: Known]>([:])

  /// The reading of a file, made again only when it was forgotten or when what is known of the file by its place has changed.
  internal func reading(
    of source: ContentFiles.Item, at path: String, _ read: @escaping @Sendable () -> Reading<Item>
  ) -> Reading<Item> {
    if let entry = known.withLock({ $0[path] }), entry.source == source { return entry.reading }
    let reading = read()
    known.withLock { $0[path] = Known(source: source, reading: reading, read: read) }
    return reading
  }

  fileprivate func read(again path: String) -> Reread {
    guard let entry = known.withLock({ $0[path] }) else { return .unknown }
    let reading = entry.read()
    guard let old = entry.reading.item, let new = reading.item, old.item == new.item,
      old.diagnostics == new.diagnostics
    else { return .other }
    guard old.text.fileDigest != new.text.fileDigest else { return .same }
    known.withLock { $0[path] = Known(source: entry.source, reading: reading, read: entry.read) }
    return .words(TextChange(file: entry.source.file, text: new.text))
  }

  fileprivate func forget(_ path: String) {
    _ = known.withLock { $0.removeValue(forKey: path) }
  }

  fileprivate func forget(where isForgotten: (String) -> Bool) {
    known.withLock { known in
      for path in known.keys.filter(isForgotten) { known[path] = nil }
    }
  }
}

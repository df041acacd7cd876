import StoaHistory
package import StoaModel
import StoaSystem
import Synchronization

/// What a preview keeps of what it read, so that it reads again only what changed.
///
/// Nothing here finds out what changed: the caller, which watches the folders, says so, and everything that was not named is taken to be
/// as it was. A folder must be watched before it is read for the first time.
package final class LoadCache: Sendable {
  private let folders = Mutex<[String: [FolderReader.Entry]?]>([:])
  let posts = ReadingCache<Post>()
  let responses = ReadingCache<Response>()
  let contributors = ReadingCache<Contributor>()
  let topics = ReadingCache<Topic>()
  let pages = ReadingCache<Page>()
  let history = HistoryCache()
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
  func list(
    _ folder: String, in root: RootFolder
  ) throws(InputError) -> [FolderReader.Entry]? {
    let path = "\(root.path)/\(folder)"
    if let known = folders.withLock({ $0[path] }) { return known }
    let entries = try FolderReader.list(folder, in: root)
    folders.withLock { $0[path] = entries }
    return entries
  }

  /// Whether a folder has the entries that it had when it was listed.
  package func isAsListed(_ path: String) -> Bool {
    guard let known = folders.withLock({ $0[path] }),
      let entries = try? FolderReader.list(path)
    else { return false }
    return entries == known
  }

  /// Forgets every reading when stoa.yml, on which they depend, is not the one they were made with.
  func use(settings bytes: [UInt8]) {
    let isSame = context.withLock { known in
      defer { known = bytes }
      return known == bytes
    }
    if !isSame { for cache in readings { cache.forget { _ in true } } }
  }

  /// Reads a file again that was read before.
  package func read(again path: String) -> Reread {
    for cache in readings {
      let reread = cache.read(again: path)
      if case .unknown = reread { continue }
      return reread
    }
    return .unknown
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
package enum Reread: Sendable {
  /// The file was not read before.
  case unknown
  case same
  case words(TextChange)
  /// Front matter, or its diagnostics.
  case other
}

protocol ForgetfulCache {
  func read(again path: String) -> Reread
  func forget(_ path: String)
  func forget(where isForgotten: (String) -> Bool)
}

/// The readings of one kind of file, by absolute path.
final class ReadingCache<Item: Sendable & Equatable>: Sendable, ForgetfulCache {
  private struct Known {
    let source: ContentFiles.Item
    let reading: Reading<Item>
    let read: @Sendable () -> Reading<Item>
  }

  private let known = Mutex<[String: Known]>([:])

  /// The reading of a file, made again only when it was forgotten or when what is known of the file by its place has changed.
  func reading(
    of source: ContentFiles.Item, at path: String, _ read: @escaping @Sendable () -> Reading<Item>
  ) -> Reading<Item> {
    if let entry = known.withLock({ $0[path] }), entry.source == source { return entry.reading }
    let reading = read()
    known.withLock { $0[path] = Known(source: source, reading: reading, read: read) }
    return reading
  }

  func read(again path: String) -> Reread {
    guard let entry = known.withLock({ $0[path] }) else { return .unknown }
    let reading = entry.read()
    guard let old = entry.reading.item, let new = reading.item, old.item == new.item,
      old.diagnostics == new.diagnostics, old.isHeldBack == new.isHeldBack
    else { return .other }
    guard old.text.fileDigest != new.text.fileDigest else { return .same }
    known.withLock { $0[path] = Known(source: entry.source, reading: reading, read: entry.read) }
    return .words(TextChange(file: entry.source.file, text: new.text))
  }

  func forget(_ path: String) {
    _ = known.withLock { $0.removeValue(forKey: path) }
  }

  func forget(where isForgotten: (String) -> Bool) {
    known.withLock { known in
      for path in known.keys.filter(isForgotten) { known[path] = nil }
    }
  }
}

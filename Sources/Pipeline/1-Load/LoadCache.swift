import StoaHistory
package import StoaModel
import StoaSystem
import Synchronization

/// The files that a preview has read, so that only changed files are read again.
///
/// The cache does not detect changes: the caller, which watches the folders, reports them, and all other files count as unchanged.
/// A folder must be watched before it is read for the first time.
package final class LoadCache: Sendable {
  private let folders = Mutex<[String: [FolderReader.Entry]?]>([:])
  let posts = ReadingCache<Post>()
  let responses = ReadingCache<Response>()
  let contributors = ReadingCache<Contributor>()
  let topics = ReadingCache<Topic>()
  let pages = ReadingCache<Page>()
  let history = HistoryCache()
  /// The settings that the cached results depend on.
  private let context = Mutex<[UInt8]>([])

  package init() {}

  /// Forgets everything.
  package func forgetAll() {
    folders.withLock { $0.removeAll() }
    for cache in readings { cache.forget { _ in true } }
  }

  /// Forgets the entries of a folder.
  ///
  /// - Parameter path: absolute, like all paths here.
  package func forget(entriesOf path: String) {
    folders.withLock { $0[path] = nil }
  }

  /// Forgets the content of a file.
  package func forget(file path: String) {
    for cache in readings { cache.forget(path) }
  }

  /// Forgets a folder with everything below it.
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

  /// Whether a folder still has the entries that were listed.
  package func isAsListed(_ path: String) -> Bool {
    guard let known = folders.withLock({ $0[path] }),
      let entries = try? FolderReader.list(path)
    else { return false }
    return entries == known
  }

  /// Forgets all results when stoa.yml, which they depend on, has changed.
  func use(settings bytes: [UInt8]) {
    let isSame = context.withLock { known in
      defer { known = bytes }
      return known == bytes
    }
    if !isSame { for cache in readings { cache.forget { _ in true } } }
  }

  /// Reads a file again.
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

/// A document of which only the body has changed.
package struct TextChange: Sendable {
  /// Relative to the folder of stoa.yml.
  package let file: String
  package let text: SourceText
}

/// The result of reading a file again.
package enum Reread: Sendable {
  /// The file was not read before.
  case unknown
  case same
  case words(TextChange)
  /// The front matter or its diagnostics have changed.
  case other
}

protocol ForgetfulCache {
  func read(again path: String) -> Reread
  func forget(_ path: String)
  func forget(where isForgotten: (String) -> Bool)
}

/// The results for one kind of file, by absolute path.
final class ReadingCache<Item: Sendable & Equatable>: Sendable, ForgetfulCache {
  private struct Known {
    let source: ContentFiles.Item
    let reading: Reading<Item>
    let read: @Sendable () -> Reading<Item>
  }

  private let known = Mutex<[String: Known]>([:])

  /// The result for a file, which is read again only when it was forgotten or when the facts from its path have changed.
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

import StoaLoad

/// The watched folders of a community: that of stoa.yml, content and templates with everything below them, and git's.
struct WatchedTree {
  private let inotify: Inotify
  private let root: String
  /// Git's own folder, if there is one.
  private let repository: String?
  private var paths: [Int32: String] = [:]
  private var watches: [String: Int32] = [:]
  /// How many folders could not be watched because the system's limit of watches is reached.
  private(set) var unwatched = 0

  init(_ inotify: Inotify, root: String, repository: String?) {
    self.inotify = inotify
    self.root = root
    self.repository = repository
    watchAll()
  }

  private mutating func watchAll() {
    watch(root)
    if let repository { watch(repository) }
    for folder in Self.folders { watch(below: "\(root)/\(folder)") }
  }

  private static let folders = ["content", "templates"]

  /// Adds an event to `changes`, and watches new folders.
  mutating func take(_ event: Inotify.Event, into changes: inout Changes) {
    if event.isOverflow {
      changes.isEverything = true
      watchAll()
      return
    }
    guard let folder = paths[event.watch] else { return }
    if event.isEnd {
      paths[event.watch] = nil
      if watches[folder] == event.watch { watches[folder] = nil }
      return
    }
    guard concerns(event.name, in: folder) else { return }
    if folder == repository {
      changes.isInRepository = true
      if folder != root { return }
    }
    let path = "\(folder)/\(event.name)"
    if event.isEntry { changes.folders.insert(folder) }
    guard event.isFolder else {
      changes.files.insert(path)
      return
    }
    guard event.isEntry else { return }
    changes.subtrees.insert(path)
    if event.isArrival { watch(below: path) } else { end(below: path) }
  }

  /// Whether an entry is relevant.
  ///
  /// Editors write hidden files beside the edited file; git creates `.lock` files while it works.
  private func concerns(_ name: String, in folder: String) -> Bool {
    if name.isEmpty { return false }
    if folder == repository { return !name.hasSuffix(".lock") }
    if folder == root { return name == "stoa.yml" || Self.folders.contains(name) }
    return Self.isVisible(name)
  }

  private static func isVisible(_ name: String) -> Bool {
    !name.hasPrefix(".") || name == ".well-known" || name == ".nojekyll"
  }

  // MARK: Watches

  /// Watches a folder and those below it.
  ///
  /// A folder is watched before it is listed, so that no new entry is missed.
  private mutating func watch(below top: String) {
    var open = [top]
    while let folder = open.popLast() {
      guard watch(folder), let entries = try? FolderReader.list(folder) else { continue }
      for entry in entries where entry.kind == .folder {
        guard let name = entry.name, Self.isVisible(name) else { continue }
        open.append("\(folder)/\(name)")
      }
    }
  }

  @discardableResult
  private mutating func watch(_ folder: String) -> Bool {
    do throws(Inotify.Refusal) {
      let watch = try inotify.watch(folder)
      paths[watch] = folder
      watches[folder] = watch
      return true
    } catch {
      if case .limit = error { unwatched += 1 }
      return false
    }
  }

  private mutating func end(below top: String) {
    let prefix = Array("\(top)/".utf8)
    for (folder, watch) in watches where folder == top || folder.utf8.starts(with: prefix) {
      inotify.end(watch)
      paths[watch] = nil
      watches[folder] = nil
    }
  }
}

/// The changes below the watched folders since the last call, by absolute paths.
package struct Changes: Sendable, Equatable {
  /// Files that were written, created or removed.
  package var files: Set<String> = []
  /// Folders in which an entry was created or removed.
  package var folders: Set<String> = []
  /// Folders that were created or removed with everything in them.
  package var subtrees: Set<String> = []
  /// Whether git changed its own files, such as its last commit.
  package var isInRepository = false
  /// Whether the system lost events, so that anything may have changed.
  package var isEverything = false

  package init() {}

  package var isEmpty: Bool { self == Changes() }

  /// Whether git changed its own files and nothing else changed.
  var isOnlyInRepository: Bool { count == 0 && isInRepository && !isEverything }

  /// The number of changes, which distinguishes a save from a checkout.
  var count: Int { files.count + folders.count + subtrees.count }

  mutating func formUnion(_ other: Changes) {
    files.formUnion(other.files)
    folders.formUnion(other.folders)
    subtrees.formUnion(other.subtrees)
    isInRepository = isInRepository || other.isInRepository
    isEverything = isEverything || other.isEverything
  }
}

/// What happened below the watched folders since the last call, by absolute paths.
package struct Changes: Sendable, Equatable {
  /// Files that were written, or that came or went.
  package var files: Set<String> = []
  /// Folders to which an entry was added or from which one was taken.
  package var folders: Set<String> = []
  /// Folders that came or went with all that is in them.
  package var subtrees: Set<String> = []
  /// Whether git changed something of its own, such as its last commit.
  package var isInRepository = false
  /// Whether more happened than the system could tell.
  package var isEverything = false

  package init() {}

  package var isEmpty: Bool { self == Changes() }

  /// Whether git changed something and nothing else did.
  var isOnlyInRepository: Bool { count == 0 && isInRepository && !isEverything }

  /// How many things happened, to tell a save from a checkout.
  var count: Int { files.count + folders.count + subtrees.count }

  mutating func formUnion(_ other: Changes) {
    files.formUnion(other.files)
    folders.formUnion(other.folders)
    subtrees.formUnion(other.subtrees)
    isInRepository = isInRepository || other.isInRepository
    isEverything = isEverything || other.isEverything
  }
}

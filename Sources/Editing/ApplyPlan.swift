import StoaModel
import StoaSystem

extension EditPlan {
  /// Applies the plan in the folder of a community, through no link in the place of a folder.
  ///
  /// New files are written before old ones are removed, so that an interruption loses nothing; if a new file cannot be written,
  /// those written before it are removed again.
  package func apply(in path: String) throws {
    let root = RootFolder(path)
    try writeNew(in: root)
    for file in files {
      guard let from = file.from, let to = file.to else { continue }
      if from == to, let bytes = file.bytes {
        try root.replace(to, with: bytes, temporary: ".stoa-edit-tmp")
      } else if from != to, file.bytes == nil {
        try root.move(from, to: to)
      }
    }
    for file in files {
      guard let from = file.from, file.to != from, file.to == nil || file.bytes != nil
      else { continue }
      try root.remove(from)
    }
    for file in files where file.from != nil && file.to != file.from {
      Self.removeEmptyFolders(above: file.from ?? "", in: root)
    }
  }

  /// Writes the new files.
  private func writeNew(in root: RootFolder) throws {
    var written: [String] = []
    do {
      for file in files {
        guard let to = file.to, to != file.from, let bytes = file.bytes else { continue }
        guard try root.create(to, bytes) else { throw UsageError("\(to) exists already") }
        written.append(to)
      }
    } catch {
      for file in written { try? root.remove(file) }
      throw error
    }
  }

  private static func removeEmptyFolders(above file: String, in root: RootFolder) {
    var folder = file.pathFolder
    while folder.pathParts().count > 2, root.removeFolderIfEmpty(folder) {
      folder = folder.pathFolder
    }
  }
}

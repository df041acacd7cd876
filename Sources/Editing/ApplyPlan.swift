import StoaModel
import StoaPlatform
import StoaSystem
import StoaWrite

extension EditPlan {
  /// Applies the plan in the folder of a community.
  ///
  /// New files are written before old ones are removed, so that an interruption loses nothing; if a new file cannot be written,
  /// those written before it are removed again.
  package func apply(in root: String) throws {
    try writeNew(in: root)
    for file in files {
      guard let from = file.from, let to = file.to else { continue }
      if from == to, let bytes = file.bytes {
        try FileSystem.replace("\(root)/\(to)", with: bytes, temporary: Self.temporary(root, to))
      } else if from != to, file.bytes == nil {
        try Self.makeFolder(of: to, in: root)
        guard rename("\(root)/\(from)", "\(root)/\(to)") == 0 else {
          throw InputError(path: "\(root)/\(to)", code: errno)
        }
      }
    }
    for file in files {
      guard let from = file.from, file.to != from, file.to == nil || file.bytes != nil
      else { continue }
      try FileSystem.remove("\(root)/\(from)")
    }
    for file in files where file.from != nil && file.to != file.from {
      Self.removeEmptyFolders(above: file.from ?? "", in: root)
    }
  }

  /// Writes the new files.
  private func writeNew(in root: String) throws {
    var written: [String] = []
    do {
      for file in files {
        guard let to = file.to, to != file.from, let bytes = file.bytes else { continue }
        try Self.makeFolder(of: to, in: root)
        let path = "\(root)/\(to)"
        guard try FileSystem.kind(of: path) == .missing else {
          throw UsageError("\(to) exists already")
        }
        try FileSystem.replace(path, with: bytes, temporary: Self.temporary(root, to))
        written.append(path)
      }
    } catch {
      for path in written { unlink(path) }
      throw error
    }
  }

  private static func temporary(_ root: String, _ file: String) -> String {
    "\(root)/\(file.pathFolder.isEmpty ? "" : file.pathFolder + "/").stoa-edit-tmp"
  }

  private static func makeFolder(of file: String, in root: String) throws {
    try FileSystem.makeFolders(to: "\(root)/\(file.pathFolder)")
  }

  private static func removeEmptyFolders(above file: String, in root: String) {
    var folder = file.pathFolder
    while folder.pathParts().count > 2, FileSystem.removeFolderIfEmpty("\(root)/\(folder)") {
      folder = folder.pathFolder
    }
  }
}

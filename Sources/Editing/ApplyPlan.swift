import StoaModel
import StoaPlatform
import StoaSystem
import StoaWrite

extension EditPlan {
  /// Does what the plan says in the folder of a community.
  ///
  /// What is new is written before anything old goes, so that an end in between loses nothing; if the new cannot be written, it is
  /// taken away again.
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

  /// Writes the files that were not there.
  private func writeNew(in root: String) throws {
    var written: [String] = []
    do {
      for file in files {
        guard let to = file.to, to != file.from, let bytes = file.bytes else { continue }
        try Self.makeFolder(of: to, in: root)
        let path = "\(root)/\(to)"
        guard try FileSystem.kind(of: path) == .missing else {
          throw UsageError("\(to) is there already")
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

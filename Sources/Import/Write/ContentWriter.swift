import StoaModel
import StoaSystem
import StoaWrite

/// Writes imported files into a community without ever overwriting what a person wrote.
struct ContentWriter {
  private var root: RootFolder
  private var isMade = false
  private let isDryRun: Bool
  private(set) var record: ImportRecord
  private let loaded: [UInt8]

  /// - Parameter root: the absolute path of the community's folder.
  init(root: String, isDryRun: Bool) throws {
    self.root = RootFolder(root)
    self.isDryRun = isDryRun
    let path = "\(root)/\(ImportRecord.fileName)"
    guard try self.root.kind(of: ImportRecord.fileName) != .missing else {
      record = ImportRecord()
      loaded = []
      return
    }
    loaded = try Self.read(ImportRecord.fileName, in: self.root)
    guard let record = ImportRecord(loaded) else {
      throw ImportFailure(path, "this is not a record of imports; move it away")
    }
    self.record = record
  }

  /// Writes a file, unless a person has changed the existing one.
  mutating func write(_ key: String, _ path: String, _ bytes: [UInt8]) throws
    -> ImportReport.Entry.FileState
  {
    let hash = SHA256.hexadecimal(of: bytes)
    let known = record.entry(key)
    let state: ImportReport.Entry.FileState
    switch try root.kind(of: path) {
    case .missing: state = known == nil ? .written : .removed
    case .file(let size):
      if let known {
        // Compare sizes first: most files of a second run are unchanged, and few edits keep the size.
        if known.hash == hash, size == bytes.count, try self.hash(of: path) == hash {
          return .unchanged
        }
        state = try self.hash(of: path) == known.hash ? .updated : .edited
      } else {
        state = try self.hash(of: path) == hash ? .unchanged : .edited
      }
    case .other: state = .edited
    }
    switch state {
    case .written, .updated:
      if !isDryRun { try put(bytes, at: path) }
      record.set(key, ImportRecord.Entry(hash: hash, path: path))
    case .unchanged:
      record.set(key, ImportRecord.Entry(hash: hash, path: path))
    case .edited, .removed: break
    }
    return state
  }

  private func hash(of path: String) throws -> String {
    SHA256.hexadecimal(of: try Self.read(path, in: root))
  }

  private static func read(_ file: String, in root: RootFolder) throws(InputError) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(file, in: root)
    } catch {
      throw InputError(path: "\(root.path)/\(file)", refusal: error)
    }
  }

  /// Writes the record, if it has changed.
  mutating func finish() throws {
    let bytes = record.bytes
    guard !isDryRun, bytes != loaded else { return }
    try put(bytes, at: ImportRecord.fileName)
  }

  /// Writes a file that is no item, such as stoa.yml.
  mutating func put(_ bytes: [UInt8], at path: String) throws {
    guard !isDryRun else { return }
    if !isMade {
      // This may be the first file of the community.
      try FileSystem.makeFolders(to: root.path)
      root = RootFolder(root.path)
      isMade = true
    }
    try root.replace(path, with: bytes, temporary: ".stoa-tmp-import")
  }
}

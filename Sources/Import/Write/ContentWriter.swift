import StoaModel
import StoaWrite

/// Puts imported files into a community without ever overwriting what a person has written.
struct ContentWriter {
  private let root: String
  private let isDryRun: Bool
  private(set) var record: ImportRecord
  private let loaded: [UInt8]
  private var folders: Set<String> = []

  /// - Parameter root: the absolute path of the community's folder.
  init(root: String, isDryRun: Bool) throws {
    self.root = root
    self.isDryRun = isDryRun
    let path = "\(root)/\(ImportRecord.fileName)"
    guard try FileSystem.kind(of: path) != .missing else {
      record = ImportRecord()
      loaded = []
      return
    }
    loaded = try FileSystem.read(path)
    guard let record = ImportRecord(loaded) else {
      throw ImportFailure(path, "this is not a record of imports; move it away")
    }
    self.record = record
  }

  /// Writes a file, unless a person has had a hand in what is there.
  mutating func write(_ key: String, _ path: String, _ bytes: [UInt8]) throws
    -> ImportReport.Entry.FileState
  {
    let absolute = "\(root)/\(path)"
    let hash = SHA256.hexadecimal(of: bytes)
    let known = record.entry(key)
    let state: ImportReport.Entry.FileState
    switch try FileSystem.kind(of: absolute) {
    case .missing: state = known == nil ? .written : .removed
    case .file(let stamp):
      if let known {
        // Equal sizes first: most files of a second run are unchanged, and few edits keep a size.
        if known.hash == hash, stamp.size == bytes.count, try self.hash(of: absolute) == hash {
          return .unchanged
        }
        state = try self.hash(of: absolute) == known.hash ? .updated : .edited
      } else {
        state = try self.hash(of: absolute) == hash ? .unchanged : .edited
      }
    case .folder, .link, .other: state = .edited
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
    SHA256.hexadecimal(of: try FileSystem.read(path))
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
    let folder = ([root[...]] + path.pathParts().dropLast()).joined(separator: "/")
    if folders.insert(folder).inserted { try FileSystem.makeFolders(to: folder) }
    let temporary = "\(folder)/.stoa-tmp-import"
    try FileSystem.remove(temporary)
    try FileSystem.replace("\(root)/\(path)", with: bytes, temporary: temporary)
  }
}

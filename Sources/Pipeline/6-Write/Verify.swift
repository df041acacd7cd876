package import StoaModel

/// Looks whether a site is still, byte for byte, what the build left whose manifest has this hash.
///
/// - Returns: The report of a build that had nothing to write; nil when anything is missing or other than it was, and a build
///   has to look for itself.
package func verify(
  _ options: WriteOptions, manifest digest: SHA256.Digest
) async throws -> WriteReport? {
  guard case .folder = try FileSystem.kind(of: options.output) else { return nil }
  let folder = try OutputFolder(options.output, contentRoot: options.contentRoot)
  defer { folder.release() }
  let path = folder.absolute(Manifest.fileName)
  guard case .file = try FileSystem.kind(of: path) else { return nil }
  let bytes = try FileSystem.read(path)
  guard SHA256.digest(of: bytes) == digest, let manifest = Manifest(bytes), !manifest.isUnfinished
  else { return nil }
  // Beside the files, not before them; nothing is written here.
  async let areFolders = folder.holds(foldersOf: manifest)
  let drain = Drain(folder: folder, listed: [:], jobs: options.jobs, step: options.step)
  let outcomes = try await drain.verify(manifest.lines)
  guard await areFolders, outcomes.allSatisfy({ $0 }) else { return nil }
  var report = WriteReport()
  report.unchanged = outcomes.count
  report.manifest = digest
  return report
}

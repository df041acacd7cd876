package import StoaModel

/// Checks whether a site is unchanged since the build whose manifest has this hash.
///
/// - Parameters:
///   - digest: the manifest's hash.
///   - known: the files' stamp at that time; if it differs now, or is nil, the files are read and compared.
///
/// - Returns: The report of a build that had nothing to write; nil when any file is missing or changed, so that a full build is
///   needed.
package func verify(
  _ options: WriteOptions, manifest digest: SHA256.Digest, stamp known: SiteStamp?
) async throws -> WriteReport? {
  guard case .folder = try FileSystem.kind(of: options.output) else { return nil }
  let folder = try OutputFolder(options.output, contentRoot: options.contentRoot)
  defer { folder.release() }
  let path = folder.absolute(Manifest.fileName)
  guard case .file = try FileSystem.kind(of: path) else { return nil }
  let bytes = try FileSystem.read(path)
  guard SHA256.digest(of: bytes) == digest, let manifest = Manifest(bytes), !manifest.isUnfinished
  else { return nil }
  // Concurrently with the files; nothing is written here.
  async let areFolders = folder.holds(foldersOf: manifest)
  let drain = WorkQueue(folder: folder, jobs: options.jobs, step: options.step)
  guard let stamps = await drain.stamps(of: manifest.lines) else { return nil }
  var stamp = known
  if SiteStamp(stamps) != known {
    guard try await drain.verify(manifest.lines).allSatisfy({ $0 }) else { return nil }
    stamp = SiteStamp(stamps, asOf: folder.now)
  }
  guard await areFolders else { return nil }
  var report = WriteReport(folder: options.output)
  report.unchanged = manifest.lines.count
  report.manifest = digest
  report.stamp = stamp
  return report
}

import StoaHTML
package import StoaModel
package import StoaRender

/// The folders of Write.
package struct WriteOptions: Sendable {
  /// The absolute path of the output folder.
  package let output: String
  /// The absolute path of the folder of stoa.yml, which is never written to; nil where there is none.
  package let contentRoot: String?
  package let jobs: Int
  /// Called before each change to the folder; a test throws from it to simulate an interruption.
  var step: @Sendable () throws -> Void = {}

  package init(output: String, contentRoot: String?, jobs: Int) {
    self.output = output
    self.contentRoot = contentRoot
    self.jobs = jobs
  }
}

/// The changes to a site's folder.
public struct WriteReport: Sendable {
  /// The absolute path of the folder.
  public let folder: String
  /// The files that are new or have other bytes, by their paths below the folder, in bytewise order.
  public internal(set) var written: [String] = []
  /// The files that the site no longer has, by their paths below the folder, in bytewise order.
  public internal(set) var removed: [String] = []
  /// How many files were already up to date.
  public internal(set) var unchanged = 0
  /// The hash of the manifest of the current files.
  package internal(set) var manifest = SHA256.Digest.none
  /// How many of the unchanged files were recognised without rendering them.
  package internal(set) var recognised = 0
  /// A stamp that detects later changes of these files; nil when it would not be reliable.
  package internal(set) var stamp: SiteStamp?
  /// For the next build; nil if it was not asked for.
  package internal(set) var record: SiteRecord?

  init(folder: String) {
    self.folder = folder
  }
}

/// Writes a site: only what changed, each file atomically, and no file that a build did not write.
///
/// The order ensures that an interrupted build leaves complete files and no broken links: first a manifest of all files that may
/// exist from now on, then new addresses (assets, pages, feeds), then changed files (home and feeds last), then deletions, and at
/// the end the manifest of the existing files.
///
/// - Parameters:
///   - plan: the files of the site.
///   - options: the folder, and how to write it.
///   - last: the record of the last build that wrote the folder, if it had the same rules; nil to write all files.
///   - isRecorded: whether the report gets a record.
/// - Returns: The changes to the folder.
/// - Throws: `WriteError` when the folder must not be written to, when it has a file at a planned path that no build wrote (then
///   nothing is written), or when the system reports an error.
package func write(
  _ plan: Plan, to options: WriteOptions, last: SiteRecord? = nil, isRecorded: Bool = false
) async throws -> WriteReport {
  let plannedPaths = plan.files.map(\.path)
  try checkPaths(plannedPaths)
  let folder = try OutputFolder(options.output, contentRoot: options.contentRoot)
  defer { folder.release() }
  let found = try folder.readManifest()
  let old = found?.manifest ?? Manifest(audience: plan.audience, baseURL: plan.baseURL)
  guard old.audience == plan.audience else {
    throw WriteError(
      options.output,
      "holds the site for “\(old.audience)”; write the one for “\(plan.audience)” elsewhere")
  }
  if old.isUnfinished {
    try folder.removeTemporaries(
      in: OutputFolder.folders(of: plannedPaths + old.lines.map(\.path)))
  }
  if !folder.isNew {
    for path in OutputFolder.folders(of: plannedPaths) { try checkFolder(folder.absolute(path)) }
  }

  let drain = WorkQueue(
    folder: folder, listed: old.byPath(),
    recorded: last?.byPath(found?.manifest, found?.digest) ?? [:],
    takesFingerprints: isRecorded, jobs: options.jobs, step: options.step)
  let states =
    folder.isNew
    ? Array(repeating: .missing, count: plan.files.count) : try await drain.compare(plan.files)
  // The files by their index in the plan, which is in order of their paths.
  var known: [WorkQueue.Known?] = []
  var fresh: [Int] = []
  var changed: [Int] = []
  for (index, state) in states.enumerated() {
    var same: WorkQueue.Known?
    switch state {
    case .same(let file): same = file
    case .missing: fresh.append(index)
    case .differs: changed.append(index)
    }
    known.append(same)
  }
  var report = WriteReport(folder: options.output)
  report.unchanged = states.count - fresh.count - changed.count
  report.recognised = known.count { $0?.isRecognised ?? false }
  let gone = old.lines(without: plannedPaths)
  if fresh.isEmpty, changed.isEmpty, gone.isEmpty {
    let new = plan.manifest(known)
    if new == old {
      report.manifest = SHA256.digest(of: new.bytes)
      report.finish(known, asOf: folder.now, isRecorded: isRecorded)
      return report
    }
  }
  try options.step()
  try folder.write(plan.manifest(known, and: gone))

  // New feeds come before the pages that link to them become reachable; a new home page comes last.
  let files = plan.files
  let home = fresh.filter { files[$0].path == "index.html" }
  let waves = [
    fresh.filter { files[$0].wave == .asset }, fresh.filter { files[$0].wave == .page },
    fresh.filter { files[$0].wave == .entrance && files[$0].path != "index.html" },
    changed.filter { files[$0].wave != .entrance },
    changed.filter { files[$0].wave == .entrance } + home,
  ]
  for wave in waves {
    let written = try await drain.write(wave.map { files[$0] })
    for (index, file) in zip(wave, written) { known[index] = file }
  }
  report.written = (fresh + changed).sorted().map { files[$0].path }
  report.removed = try folder.remove(gone, step: options.step)
  try options.step()
  report.manifest = SHA256.digest(of: try folder.write(plan.manifest(known)))
  report.finish(known, asOf: folder.now, isRecorded: isRecorded)
  return report
}

extension WriteReport {
  /// Adds what recognises the files later.
  ///
  /// - Parameters:
  ///   - files: the files of the site, in the order of the plan; nil for a file whose state is unknown.
  ///   - now: the file system's time, read after the files were verified.
  ///   - isRecorded: whether the report gets a record.
  fileprivate mutating func finish(
    _ files: [WorkQueue.Known?], asOf now: Int64?, isRecorded: Bool
  ) {
    let known = files.compactMap { $0 }
    stamp = SiteStamp(known.map(\.stamp), asOf: now)
    guard isRecorded, known.count == files.count else { return }
    record = SiteRecord(
      manifest: manifest,
      files: known.map { file in
        let isSettled = now.map { file.stamp.changed < $0 } ?? false
        return SiteRecord.File(
          fingerprint: file.fingerprint, stamp: isSettled ? file.stamp : nil)
      })
  }
}

extension Plan {
  /// The manifest of the files, of which some exist already, and of `others`.
  fileprivate func manifest(
    _ known: [WorkQueue.Known?], and others: [Manifest.Line] = []
  ) -> Manifest {
    var lines = zip(files, known).map {
      Manifest.Line(path: $0.path, entry: $1?.entry ?? .unfinished)
    }
    if !others.isEmpty { lines = (lines + others).sorted { $0.path.precedes($1.path) } }
    return Manifest(audience: audience, baseURL: baseURL, part: part, lines: lines)
  }
}

/// Removes the unchanged files that builds wrote into a folder.
///
/// - Returns: How many files were removed.
package func clean(_ output: String, contentRoot: String) throws -> Int {
  guard try FileSystem.kind(of: output) != .missing else { return 0 }
  let folder = try OutputFolder(output, contentRoot: contentRoot)
  defer { folder.release() }
  guard let manifest = try folder.readManifest()?.manifest else { return 0 }
  try folder.removeTemporaries(in: OutputFolder.folders(of: manifest.lines.map(\.path)))
  let removed = try folder.remove(manifest.lines).count
  try FileSystem.remove(folder.absolute(Manifest.fileName))
  return removed
}

/// A duplicate path, or a path that leads out of the folder, would be our bug: refuse it before anything is written.
private func checkPaths(_ paths: [String]) throws(WriteError) {
  for path in paths where !SitePath.isSound(path) {
    throw WriteError(path, "is not a path that a site can have")
  }
  // Compared by bytes: Swift considers some different file names equal. A plan is in order of its paths.
  for (path, next) in zip(paths, paths.dropFirst()) where !path.precedes(next) {
    throw WriteError(next, "would be written twice")
  }
}

/// A site's folders are real folders: a link in place of one would make Write write elsewhere.
private func checkFolder(_ path: String) throws(WriteError) {
  switch try FileSystem.kind(of: path) {
  case .missing, .folder: break
  case .link: throw WriteError(path, "is a symbolic link where the site has a folder")
  case .file, .other: throw WriteError(path, "is not a folder, where the site has one")
  }
}

internal import StoaHTML
package import StoaModel
package import StoaRender

/// Where a site goes.
package struct WriteOptions: Sendable {
  /// The absolute path of the folder.
  package let output: String
  /// The absolute path of the folder of stoa.yml, which is never written to.
  package let contentRoot: String
  package let jobs: Int
  /// Called before each change to the folder; a test throws from it to see what a killed build leaves.
  internal var step: @Sendable () throws -> Void = {}

  package init(output: String, contentRoot: String, jobs: Int) {
    self.output = output
    self.contentRoot = contentRoot
    self.jobs = jobs
  }
}

/// How many files a build changed.
package struct WriteReport: Sendable {
  package internal(set) var written = 0
  package internal(set) var unchanged = 0
  package internal(set) var removed = 0
  /// The hash of the manifest that lists what is there now.
  package internal(set) var manifest = SHA256.Digest.none
}

/// Writes a site: only what changed, each file in one step, and nothing of anybody else's.
///
/// The order is such that a build which is killed leaves whole files and no link that leads nowhere: first the manifest of
/// what may be there from now on, then new addresses (assets, pages, feeds), then changed files (home and feeds last), then
/// deletions, and at the end the manifest of what is there.
///
/// - Throws: `WriteError` when the folder must not be written to, holds somebody else's file where one of ours belongs
///   (then nothing is written), or the system refuses.
package func write(_ plan: Plan, to options: WriteOptions) async throws -> WriteReport {
  let plannedPaths = plan.files.map(\.path)
  try checkPaths(plannedPaths)
  let folder = try OutputFolder(options.output, contentRoot: options.contentRoot)
  defer { folder.release() }
  let old =
    try folder.readManifest() ?? Manifest(audience: plan.audience, baseURL: plan.baseURL)
  guard old.audience == plan.audience else {
    throw WriteError(
      options.output,
      "holds the site for “\(old.audience)”; write the one for “\(plan.audience)” elsewhere")
  }
  if old.isUnfinished {
    try folder.removeTemporaries(
      in: OutputFolder.folders(of: plannedPaths + Array(old.entries.keys)))
  }
  if !folder.isNew {
    for path in OutputFolder.folders(of: plannedPaths) { try checkFolder(folder.absolute(path)) }
  }

  let drain = Drain(folder: folder, old: old, jobs: options.jobs, step: options.step)
  let states =
    folder.isNew
    ? Array(repeating: .missing, count: plan.files.count) : try await drain.compare(plan.files)
  var report = WriteReport()
  var new = Manifest(audience: plan.audience, baseURL: plan.baseURL)
  new.reserveCapacity(plan.files.count)
  var fresh: [PlannedFile] = []
  var changed: [PlannedFile] = []
  for (file, state) in zip(plan.files, states) {
    switch state {
    case .same(let entry):
      new.add(file.path, entry)
      report.unchanged += 1
    case .missing: fresh.append(file)
    case .differs: changed.append(file)
    }
  }
  let gone = Set(old.entries.keys).subtracting(plannedPaths)
  let needsWork = !fresh.isEmpty || !changed.isEmpty || !gone.isEmpty || old != new
  guard needsWork else {
    report.manifest = SHA256.digest(of: new.bytes)
    return report
  }

  var union = old
  union.baseURL = plan.baseURL
  union.reserveCapacity(old.entries.count + plan.files.count)
  for file in plan.files {
    union.add(file.path, new.entries[file.path] ?? Manifest.Entry(size: 0, hash: ""))
  }
  try options.step()
  try folder.write(union)

  // New feeds before the pages that link to them can be come to; the home, if it is new, when all else is there.
  let home = fresh.filter { $0.path == "index.html" }
  let waves = [
    fresh.filter { $0.wave == .asset }, fresh.filter { $0.wave == .page },
    fresh.filter { $0.wave == .entrance && $0.path != "index.html" },
    changed.filter { $0.wave != .entrance }, changed.filter { $0.wave == .entrance } + home,
  ]
  for wave in waves {
    for (path, entry) in try await drain.write(wave) { new.add(path, entry) }
  }
  report.written = fresh.count + changed.count
  report.removed = try folder.remove(Array(gone), listedIn: old, step: options.step)
  try options.step()
  report.manifest = SHA256.digest(of: try folder.write(new))
  return report
}

/// Removes from a folder what builds wrote into it and nobody changed.
///
/// - Returns: How many files were removed.
package func clean(_ output: String, contentRoot: String) throws -> Int {
  guard try FileSystem.kind(of: output) != .missing else { return 0 }
  let folder = try OutputFolder(output, contentRoot: contentRoot)
  defer { folder.release() }
  guard let manifest = try folder.readManifest() else { return 0 }
  try folder.removeTemporaries(in: OutputFolder.folders(of: manifest.entries.keys))
  let removed = try folder.remove(Array(manifest.entries.keys), listedIn: manifest)
  try FileSystem.remove(folder.absolute(Manifest.fileName))
  return removed
}

/// Two files of one path, or a path that leads out of the folder, would be a bug of ours: refuse before anything happens.
private func checkPaths(_ paths: [String]) throws(WriteError) {
  for path in paths where !SitePath.isSound(path) {
    throw WriteError(path, "is not a path that a site can have")
  }
  // By bytes: to Swift, texts are equal that name two files. A plan is in order of its paths.
  for (path, next) in zip(paths, paths.dropFirst()) where !path.precedes(next) {
    throw WriteError(next, "would be written twice")
  }
}

/// A site's folders are real folders: a link in their place would lead the writer elsewhere.
private func checkFolder(_ path: String) throws(WriteError) {
  switch try FileSystem.kind(of: path) {
  case .missing, .folder: break
  case .link: throw WriteError(path, "is a symbolic link where the site has a folder")
  case .file, .other: throw WriteError(path, "is not a folder, where the site has one")
  }
}

import StoaExternalTools
import StoaHighlight
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaRender
import StoaSearch
import StoaSelect
import StoaWrite

/// Builds the site of a community: the six stages, in the order that data flows.
///
/// Only files that differ are written, each in one step. When the content has errors, nothing is written unless
/// ``BuildOptions/keepsGoing`` is set. A cancelled task ends before its next stage.
///
/// - Parameter options: Which site to build, and how.
/// - Returns: The problems of the content, and what was written.
/// - Throws: `UsageError` for a wrong option, `InputOutputFailure` for a file, a folder or a worker that the system refuses, and
///   `CancellationError` when the task was cancelled. Problems of the content are diagnostics.
public func build(_ options: BuildOptions) async throws -> BuildReport {
  var report = BuildReport(onStage: options.onStage)
  // For as long as a stage leaves a core free; in no stage's time.
  async let program = BuildDigest.hashes(ofPrograms: options)
  let sources = try await report.time("Load") {
    try await load(from: options.root, options: options.loading)
  }
  guard sources.hasSettings else {
    report.refuse(sources, options)
    return report
  }
  let selected = try report.time("Select") {
    select(sources, options: try options.selection(for: sources))
  }
  let cache = CacheFolder(root: options.root, isTrusted: sources.trustsCache)
  deallocateInBackground(sources)
  // The texts are released after Parse: nothing below uses what was selected.
  let destination = options.destination(for: selected)
  let audience = selected.audienceName
  let hashes = await program
  let digest = try await report.time("Digest") {
    await BuildDigest(selected, program: hashes, options)
  }
  if let record = BuildRecord(of: digest, in: cache, audience: audience) {
    report.written = try await report.time("Verify") {
      try await verify(destination, manifest: record.manifest, stamp: record.stamp)
    }
    if let written = report.written {
      report.describe(selected, record)
      if written.stamp != record.stamp {
        report.record(digest)?.store(in: cache, audience: audience)
      }
      deallocateInBackground(selected)
      return report
    }
  }
  let documents = try await report.time("Parse") {
    try await parse(selected, workers: options.workers)
  }
  deallocateInBackground(selected)
  let community = try await report.time("Link") {
    await link(documents, jobs: options.jobs)
  }
  deallocateInBackground(documents)
  let highlights = try report.time("Highlight") {
    highlight(community, tools: options.tools, cache: cache)
  }
  let plan = try report.time("Render") {
    render(
      community,
      options: RenderOptions(
        baseURL: options.baseURL(for: community.settings), highlights: highlights))
  }
  report.describe(community, plan, highlights.diagnostics, options)
  guard report.allowsWriting(options) else { return report }
  let search = try await report.time("Search") {
    try await indexForSearch(
      plan, settings: community.settings, tools: options.tools, cache: cache, jobs: options.jobs)
  }
  report.add(search.diagnostics, community, options)
  guard report.allowsWriting(options) else { return report }
  report.written = try await report.time("Write") {
    try await write(plan.adding(search.files), to: destination)
  }
  report.record(digest)?.store(in: cache, audience: audience)
  deallocateInBackground(plan)
  return report
}

import StoaExternalTools
import StoaHighlight
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaRender
import StoaSearch
import StoaSelect
import StoaTypeset

/// Builds the site of a community: the six stages, in the order that data flows.
///
/// Only files that differ are written, each atomically. When the content has errors, nothing is written unless
/// ``BuildOptions/keepsGoing`` is set. A cancelled task ends before its next stage.
///
/// - Parameter options: Which site to build, and how.
/// - Returns: The problems of the content, and what was written.
/// - Throws: `UsageError` for a wrong option, `InputOutputFailure` for a file, a folder or a worker process that failed, and
///   `CancellationError` when the task was cancelled. Problems of the content are diagnostics.
public func build(_ options: BuildOptions) async throws -> BuildReport {
  var report = BuildReport(options)
  var lastBuild = LastBuild(options)

  let sources = try await report.stage("Load") {
    try await load(from: options.root, options: options.loading)
  }
  guard sources.hasSettings else { return report.refusing(sources) }
  let cache = CacheFolder(root: options.root, isTrusted: sources.trustsCache)

  let selected = try await report.stage("Select", of: sources) {
    select($0, options: try options.selection(for: $0))
  }
  report.leftOut = selected.leftOut
  let destination = options.destination(for: selected)
  if try await lastBuild.made(selected, in: destination, cache, &report) {
    deallocateInBackground(selected)
    return report
  }

  let known = await lastBuild.documents(for: selected, in: cache)
  let documents = try await report.stage("Parse", of: selected) {
    try await parse($0, workers: options.workers, cache: known)
  }

  let community = try await report.stage("Link", of: documents) {
    await link($0, jobs: options.jobs)
  }
  let highlights = try await report.stage("Highlight") {
    highlight(community, tools: options.tools, cache: cache)
  }
  let typesetting = try await report.stage("Typeset") {
    typeset(community, tools: options.tools, cache: cache)
  }

  let plan = try await report.stage("Render") {
    render(community, options: options.rendering(community, highlights, typesetting))
  }
  report.describe(
    community, plan.diagnostics + highlights.diagnostics + typesetting.diagnostics)
  guard report.allowsWriting else {
    await known?.finish()
    return report
  }
  let index = try await report.stage("Search") {
    await community.settings.search == .none
      ? [] : SearchIndex(community, jobs: options.jobs).plannedFiles
  }

  report.written = try await report.stage("Write", of: plan) {
    try await lastBuild.write($0.adding(index), to: destination, cache)
  }
  lastBuild.record(report, in: cache)
  await known?.finish()
  return report
}

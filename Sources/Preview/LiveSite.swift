package import Stoa
import StoaCheck
import StoaExternalTools
import StoaHighlight
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
package import StoaRender
import StoaSelect
import StoaSystem

/// A community's site that is kept up to date with its files.
///
/// What was read and parsed is kept, and only what changed is read and parsed again. After a save of words or templates alone,
/// `Rerun` puts them into the last snapshot; after any other change the rest of the pipeline runs over everything.
package actor LiveSite {
  private let options: BuildOptions
  /// The day up to which items are due, which is another one after midnight.
  private let asOf: @Sendable () throws -> String
  private let cache = LoadCache()
  private let parses = ParseCache()
  private let pool: WorkerPool
  /// Names snapshots apart from those of other runs.
  private let run = String(UInt64.random(in: .min ... .max), radix: 36)
  private var count = 0
  /// What git's folder said when the last snapshot was made.
  private var repository: [[UInt8]] = []
  /// The last files that a theme could make.
  private var files: [String: PlannedFile] = [:]
  private var renderContext: RenderContext?
  /// Nil where replies go where the settings say.
  private let replyForm: ReplyForm?
  private var search: PreviewSearch?
  /// What a save of words or templates is put into; nil when the last snapshot could not be made whole.
  private var rerun: Rerun?

  /// - Parameter options: those of the build whose site is shown; they name the address at which it is served.
  package init(
    _ options: BuildOptions, replyForm: ReplyForm? = nil,
    asOf: @escaping @Sendable () throws -> String
  ) {
    self.options = options
    self.replyForm = replyForm
    self.asOf = asOf
    pool = WorkerPool(options.workers)
  }

  /// The site with everything read.
  ///
  /// - Throws: `UsageError` for an audience that the community does not have.
  package func first() async throws -> SiteSnapshot {
    repository = GitFolder.state(of: options.root)
    do {
      return try await snapshot()
    } catch let error as UsageError {
      throw error
    } catch {
      return failed(error)
    }
  }

  /// The site after changes; nil when they are none to the site.
  package func next(after changes: Changes) async -> SiteSnapshot? {
    let state = GitFolder.state(of: options.root)
    defer { repository = state }
    // Git also writes when it is only asked for its status.
    if changes.isOnlyInRepository, state == repository { return nil }
    // What fails in the short way fails in the whole pipeline as well, and then it is reported.
    if let snapshot = try? await rerun(after: changes) { return snapshot }
    forget(changes)
    do {
      return try await snapshot()
    } catch {
      return failed(error)
    }
  }

  /// A snapshot that says what failed, such as the listing of a folder; what is served stays what it was.
  private func failed(_ error: any Error) -> SiteSnapshot {
    let problem = Problem(message: "\(error)", place: "", code: "", excerpt: nil)
    return SiteSnapshot(
      name: name, files: files, renderContext: renderContext, search: search, problems: [problem],
      diagnostics: [])
  }

  private var name: String { "\(run)-\(count)" }

  private func forget(_ changes: Changes) {
    if changes.isEverything { cache.forgetAll() }
    for folder in changes.folders { cache.forget(entriesOf: folder) }
    for file in changes.files { cache.forget(file: file) }
    for folder in changes.subtrees { cache.forget(below: folder) }
  }

  private func snapshot() async throws -> SiteSnapshot {
    rerun = nil
    count += 1
    var options = options
    options.asOf = try asOf()
    var clock = StageClock()
    let sources = try await load(
      from: options.root, options: options.loading, cache: cache)
    clock.end("Load")
    let selected = select(sources, options: try options.selection(for: sources))
    clock.end("Select")
    let documents = try await parse(selected, pool: pool, cache: parses)
    clock.end("Parse")
    let linking = await Linking(documents, jobs: options.jobs)
    let community = linking.community
    clock.end("Link")
    let cacheFolder = CacheFolder(root: options.root, isTrusted: sources.trustsCache)
    let highlights = highlight(
      community, tools: options.tools, cache: cacheFolder)
    clock.end("Highlight")
    var rendering = options.rendering(community, highlights)
    rendering.replyForm = replyForm
    let plan = render(community, options: rendering)
    let isWhole =
      sources.hasSettings && !selected.diagnostics.contains { $0.code == .missingContent }
    // Without settings, without content, and with a mistake in the theme there is no site: readers keep the last one, with the
    // mistake over it.
    if !plan.files.isEmpty, isWhole || files.isEmpty {
      files = plan.filesByPath
      renderContext = plan.renderContext
      search = PreviewSearch(community)
    }
    if !plan.files.isEmpty, isWhole {
      rerun = Rerun(
        tools: Rerun.Tools(
          options: options, readings: cache, parses: parses, pool: pool, cacheFolder: cacheFolder),
        isThemeSound: !sources.diagnostics.contains { $0.location.file.hasPrefix("templates") },
        dates: sources.dates, selected: selected, documents: documents, linking: linking,
        highlights: highlights, plan: plan)
    }
    return snapshot(community, plan, highlights, &clock)
  }

  /// The last snapshot with other words in it or in other templates; nil when more has changed.
  private func rerun(after changes: Changes) async throws -> SiteSnapshot? {
    guard var rerun else { return nil }
    var clock = StageClock()
    guard let files = try await rerun.run(after: changes, asOf: try asOf(), &clock) else {
      return nil
    }
    self.files = files
    search = PreviewSearch(rerun.community)
    self.rerun = rerun
    renderContext = rerun.plan.renderContext
    count += 1
    var snapshot = snapshot(rerun.community, rerun.plan, rerun.highlights, &clock)
    snapshot.isRerendered = true
    return snapshot
  }

  private func snapshot(
    _ community: Community, _ plan: Plan, _ highlights: Highlights, _ clock: inout StageClock
  ) -> SiteSnapshot {
    let diagnostics = leveled(
      community.diagnostics + plan.diagnostics + highlights.diagnostics, community.settings,
      isStrict: options.isStrict)
    clock.end("Render")
    return SiteSnapshot(
      name: name, files: files, renderContext: renderContext, search: search,
      problems: problems(in: diagnostics),
      diagnostics: diagnostics,
      stages: clock.stages)
  }

  // MARK: Problems

  private static let problemsShown = 20

  private func problems(in diagnostics: [Diagnostic]) -> [Problem] {
    let root = RootFolder(options.root)
    return diagnostics.filter { $0.severity == .error }.prefix(Self.problemsShown).map {
      diagnostic in
      let location = diagnostic.location
      let bytes = try? FileReader.read(location.file, in: root, maximumSize: 1 << 20)
      let message =
        diagnostic.suggestion.isEmpty
        ? diagnostic.message : "\(diagnostic.message); \(diagnostic.suggestion)"
      return Problem(
        message: message, place: location.shown, code: diagnostic.code.rawValue,
        excerpt: bytes.flatMap { SourceExcerpt(location, in: $0) })
    }
  }
}

extension SourceLocation {
  fileprivate var shown: String {
    line > 0 ? "\(file):\(line):\(max(column, 1))" : file
  }
}

package import Stoa
import StoaCheck
import StoaExternalTools
import StoaHighlight
package import StoaLink
import StoaLoad
import StoaModel
import StoaParse
package import StoaRender
import StoaSelect
import StoaSystem
import StoaTypeset

/// A community's site that is updated when its files change.
///
/// Files and parsed documents are cached, and only changed ones are read and parsed again. After a save of bodies or templates
/// alone, `Rerun` updates the last snapshot; after any other change, the later stages process everything again.
package actor LiveSite {
  private let options: BuildOptions
  /// The date up to which items are published; it changes at midnight.
  private let asOf: @Sendable () throws -> String
  private let cache = LoadCache()
  private let parses = ParseCache()
  private let pool: WorkerPool
  private let textCheck: ReplyTextCheck
  /// Distinguishes snapshots from those of other runs.
  private let run = String(UInt64.random(in: .min ... .max), radix: 36)
  private var count = 0
  /// The state of git's folder at the last snapshot.
  private var repository: [[UInt8]] = []
  /// The last files of a site without errors.
  private var files: [String: PlannedFile] = [:]
  private var renderContext: RenderContext?
  /// Nil when replies go where the settings say.
  private let replyForm: ReplyForm?
  private var search: PreviewSearch?
  /// The state that a save of bodies or templates updates; nil when the last snapshot was incomplete.
  private var rerun: Rerun?

  /// - Parameter options: the options of the build to show, with the URL at which it is served.
  package init(
    _ options: BuildOptions, replyForm: ReplyForm? = nil,
    asOf: @escaping @Sendable () throws -> String
  ) {
    self.options = options
    self.replyForm = replyForm
    self.asOf = asOf
    pool = WorkerPool(options.workers)
    textCheck = ReplyTextCheck(pool)
  }

  /// The first snapshot, for which everything is read.
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

  /// The next snapshot; nil when the changes do not affect the site.
  package func next(after changes: Changes) async -> SiteSnapshot? {
    let state = GitFolder.state(of: options.root)
    defer { repository = state }
    // Git also writes files when it only reports its status.
    if changes.isOnlyInRepository, state == repository { return nil }
    // An error in the incremental update occurs in the full pipeline as well, and is reported then.
    if let snapshot = try? await rerun(after: changes) { return snapshot }
    forget(changes)
    do {
      return try await snapshot()
    } catch {
      return failed(error)
    }
  }

  /// A snapshot that reports a failure, such as a folder that cannot be listed; the served site does not change.
  private func failed(_ error: any Error) -> SiteSnapshot {
    let problem = Problem(message: "\(error)", place: "", code: "", excerpt: nil)
    return SiteSnapshot(
      name: name, files: files, renderContext: renderContext, search: search, problems: [problem],
      diagnostics: [])
  }

  /// The maximum number of reply previews at one time, because each needs a process.
  private static let previewsAtOnce = 4
  private var previews = 0

  /// A text rendered as a response; nil when it cannot be parsed, or when too many others are being parsed.
  package func body(of text: String, answering post: String) async -> LinkedBody? {
    guard let linking = rerun?.linking, previews < Self.previewsAtOnce,
      let index = linking.community.conversations.places.first(where: {
        linking.community.conversations[$0].post.slug.utf8.elementsEqual(post.utf8)
      })
    else { return nil }
    previews += 1
    defer { previews -= 1 }
    let markdown = MarkdownText(reply: text, settings: linking.community.settings)
    guard let parsed = try? await pool.parse(markdown), parsed.problem == nil else { return nil }
    return linking.body(of: parsed.document, answering: index)
  }

  /// Whether a build could show a text.
  package func canShow(_ text: String) async -> Bool {
    guard let settings = renderContext?.community.settings else { return true }
    return await textCheck.canShow(text, settings: settings)
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
    let typesetting = typeset(community, tools: options.tools, cache: cacheFolder)
    clock.end("Typeset")
    var rendering = options.rendering(community, highlights, typesetting)
    rendering.replyForm = replyForm
    let plan = render(community, options: rendering)
    let isWhole =
      sources.hasSettings && !selected.diagnostics.contains { $0.code == .missingContent }
    // Without settings or content, or with an error in the theme, there is no new site: the last one is served, with the errors
    // over it.
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
        highlights: highlights, typesetting: typesetting, plan: plan)
    }
    return snapshot(
      community, plan, highlights.diagnostics + typesetting.diagnostics, &clock)
  }

  /// The last snapshot with changed bodies or templates; nil when more has changed.
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
    var snapshot = snapshot(
      rerun.community, rerun.plan,
      rerun.highlights.diagnostics + rerun.typesetting.diagnostics, &clock)
    snapshot.isRerendered = true
    return snapshot
  }

  private func snapshot(
    _ community: Community, _ plan: Plan, _ ofTools: [Diagnostic], _ clock: inout StageClock
  ) -> SiteSnapshot {
    let diagnostics = leveled(
      community.diagnostics + plan.diagnostics + ofTools, community.settings,
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

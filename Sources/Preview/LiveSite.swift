package import Stoa
import StoaCheck
import StoaExternalTools
import StoaHighlight
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaRender
import StoaSelect
import StoaSystem

/// A community's site that is kept up to date with its files.
///
/// What was read and parsed is kept, and only what changed is read and parsed again. When nothing but words or templates have
/// changed, each stage puts them into what it made before; after any other change the rest of the pipeline runs over everything.
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
  /// What the last snapshot was made from, stage by stage; nil when it could not be made whole.
  private var stages: Stages?

  private struct Stages {
    /// Reads the day on which this is asked for: the hour is another each time.
    let dates: DateReader
    /// Whether the theme's folder had no diagnostics.
    let isThemeSound: Bool
    let cacheFolder: CacheFolder
    var selected: Selected
    var documents: Documents
    var linking: Linking
    var highlights: Highlights
    var plan: Plan
  }

  /// - Parameter options: those of the build whose site is shown; they name the address at which it is served.
  package init(_ options: BuildOptions, asOf: @escaping @Sendable () throws -> String) {
    self.options = options
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
    // What keeps the rerendering from being made keeps the whole from being made as well, and is reported there.
    if let snapshot = try? await rerender(after: changes) { return snapshot }
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
    return SiteSnapshot(name: name, files: files, problems: [problem], diagnostics: [])
  }

  private var name: String { "\(run)-\(count)" }

  private func forget(_ changes: Changes) {
    if changes.isEverything { cache.forgetAll() }
    for folder in changes.folders { cache.forget(entriesOf: folder) }
    for file in changes.files { cache.forget(file: file) }
    for folder in changes.subtrees { cache.forget(below: folder) }
  }

  private func snapshot() async throws -> SiteSnapshot {
    stages = nil
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
    let cacheFolder = CacheFolder(root: options.root, isTrusted: sources.trustsCache)
    clock.end("Link")
    let highlights = highlight(
      community, tools: options.tools, cache: cacheFolder)
    clock.end("Highlight")
    let plan = render(
      community,
      options: RenderOptions(
        baseURL: options.baseURL(for: community.settings), highlights: highlights))
    let isWhole =
      sources.hasSettings && !sources.diagnostics.contains { $0.code == .missingContent }
    stages =
      plan.files.isEmpty || !isWhole
      ? nil
      : Stages(
        dates: sources.dates,
        isThemeSound: !sources.diagnostics.contains { $0.location.file.hasPrefix("templates") },
        cacheFolder: cacheFolder, selected: selected, documents: documents, linking: linking,
        highlights: highlights, plan: plan)
    return snapshot(community, plan, highlights, &clock, isWhole: isWhole)
  }

  /// - Parameter isWhole: whether what was read is the community at all.
  private func snapshot(
    _ community: Community, _ plan: Plan, _ highlights: Highlights, _ clock: inout StageClock,
    isWhole: Bool = true
  ) -> SiteSnapshot {
    let diagnostics = leveled(
      community.diagnostics + plan.diagnostics + highlights.diagnostics, community.settings,
      isStrict: options.isStrict)
    // Without settings, without content, and with a mistake in the theme there is no site: readers keep the last one, with the
    // mistake over it.
    if !plan.files.isEmpty, isWhole || files.isEmpty {
      files = Dictionary(plan.files.map { ($0.path, $0) }) { first, _ in first }
    }
    clock.end("Render")
    return SiteSnapshot(
      name: name, files: files, problems: problems(in: diagnostics), diagnostics: diagnostics,
      stages: clock.stages)
  }

  // MARK: Other words and templates

  /// The last snapshot with other words in it or in other templates; nil when more has changed.
  private func rerender(after changes: Changes) async throws -> SiteSnapshot? {
    guard var stages, !changes.isEverything, !changes.isInRepository, changes.subtrees.isEmpty,
      stages.dates.readAsOf(try asOf()) == stages.selected.asOf
    else { return nil }
    var clock = StageClock()
    let templates = "\(options.root)/templates"
    let isOfTheme = { (path: String) in path == templates || path.hasPrefix("\(templates)/") }
    if changes.files.contains(where: isOfTheme) {
      let theme = try readTheme(of: options.root)
      guard stages.isThemeSound, theme.diagnostics.isEmpty else { return nil }
      stages.linking = stages.linking.withTheme(theme.files)
    }
    let words = cache.textChanges(
      in: changes.files.filter { !isOfTheme($0) }, changes.folders.filter { !isOfTheme($0) })
    guard let words else { return nil }
    clock.end("Load")
    stages.selected = stages.selected.replacing(words)
    clock.end("Select")
    let reparsed = try await stages.documents.reparsed(
      stages.selected, files: Set(words.map(\.file)), pool: pool, cache: parses)
    guard let (documents, changed) = reparsed else { return nil }
    clock.end("Parse")
    guard
      let linking = await stages.linking.relinked(
        documents, changed: changed, before: stages.documents, jobs: options.jobs)
    else { return nil }
    (stages.documents, stages.linking) = (documents, linking)
    clock.end("Link")
    let community = linking.community
    stages.highlights = highlight(
      community, tools: options.tools, cache: stages.cacheFolder)
    clock.end("Highlight")
    guard let plan = stages.plan.rerendered(community, highlights: stages.highlights) else {
      return nil
    }
    stages.plan = plan
    self.stages = stages
    count += 1
    var snapshot = snapshot(community, stages.plan, stages.highlights, &clock)
    snapshot.isRerendered = true
    return snapshot
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

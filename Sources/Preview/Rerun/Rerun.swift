import Stoa
import StoaExternalTools
import StoaHighlight
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaRender
import StoaSelect

/// The short way from a save to the browser: the six stages for words and templates alone.
///
/// Each stage puts what has changed into what it made before. A stage that finds that more has changed gives up, and the whole
/// pipeline runs instead; that is why this is a value, which is kept only when all six have come to their end.
struct Rerun {
  /// What the stages keep for each other and from one save to the next.
  struct Tools {
    let options: BuildOptions
    let readings: LoadCache
    let parses: ParseCache
    let pool: WorkerPool
    let cacheFolder: CacheFolder
  }

  let tools: Tools
  /// Whether the theme's folder had no diagnostics.
  let isThemeSound: Bool
  /// Reads the day on which this is asked for: the hour is another each time.
  let dates: DateReader
  var selected: Selected
  var documents: Documents
  var linking: Linking
  var highlights: Highlights
  var plan: Plan

  var community: Community { linking.community }

  /// Runs the stages.
  ///
  /// - Returns: The site's files by their path; nil when more than words and templates has changed.
  mutating func run(
    after changes: Changes, asOf: String, _ clock: inout StageClock
  ) async throws -> [String: PlannedFile]? {
    guard dates.readAsOf(asOf) == selected.asOf, let changed = try load(changes) else {
      return nil
    }
    clock.end("Load")
    let items = select(changed.texts)
    clock.end("Select")
    guard let parsed = try await parse(items) else { return nil }
    clock.end("Parse")
    guard await link(parsed, items, changed.theme) else { return nil }
    clock.end("Link")
    highlights = highlight(
      community, tools: tools.options.tools, cache: tools.cacheFolder)
    clock.end("Highlight")
    guard render() else { return nil }
    return write()
  }

  // MARK: The six stages

  /// Reads what was saved; nil when it is more than words and templates.
  private func load(_ changes: Changes) throws -> SavedFiles? {
    try SavedFiles(
      changes, below: tools.options.root, tools.readings, isThemeSound: isThemeSound)
  }

  /// Puts words in the place of those that were selected; what a build does not show changes nothing.
  private mutating func select(_ texts: [TextChange]) -> [ItemIndex] {
    texts.compactMap { selected.replace(textOf: $0.file, with: $0.text) }
  }

  /// Parses texts; nil when one has a diagnostic.
  private func parse(_ items: [ItemIndex]) async throws -> [Document]? {
    try await StoaParse.parse(items, of: selected, pool: tools.pool, cache: tools.parses)
  }

  /// Links documents; false when other documents link to what has changed in them.
  private mutating func link(
    _ parsed: [Document], _ items: [ItemIndex], _ theme: [String: [UInt8]]?
  ) async -> Bool {
    for (item, document) in zip(items, parsed) {
      guard document.isFound(like: documents[item]) else { return false }
      documents[item] = document
    }
    if let theme { linking.use(theme: theme) }
    return await linking.resolve(items, in: documents, jobs: tools.options.jobs)
  }

  /// Shows the community in the files that are planned; false when others would be.
  private mutating func render() -> Bool {
    guard let plan = plan.rerendered(community, highlights: highlights) else { return false }
    self.plan = plan
    return true
  }

  /// Makes the files ready to be asked for, of which none is made yet.
  private func write() -> [String: PlannedFile] { plan.filesByPath }
}

extension Plan {
  var filesByPath: [String: PlannedFile] {
    Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
  }
}

extension Document {
  /// Whether links lead to the same places in both.
  fileprivate func isFound(like other: Document) -> Bool {
    leadingTitle == other.leadingTitle && isUnread == other.isUnread
      && headings.elementsEqual(other.headings) { $0.id == $1.id && $0.text == $1.text }
  }
}

import Stoa
import StoaExternalTools
import StoaHighlight
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaRender
import StoaSelect
import StoaTypeset

/// Updates a preview after a save of bodies and templates alone, with incremental versions of the six stages.
///
/// Each stage updates its earlier result. A stage that finds other changes gives up, and the full pipeline runs instead; so this is
/// a value, which is kept only if all six stages succeed.
struct Rerun {
  /// The caches and processes that the stages use from one save to the next.
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
  /// Reads the date of each run, since its hour changes.
  let dates: DateReader
  var selected: Selected
  var documents: Documents
  var linking: Linking
  var highlights: Highlights
  var typesetting: Typesetting
  var plan: Plan

  var community: Community { linking.community }

  /// Runs the stages.
  ///
  /// - Returns: The site's files by their path; nil when more than bodies and templates has changed.
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
    typesetting = typeset(community, tools: tools.options.tools, cache: tools.cacheFolder)
    clock.end("Typeset")
    guard render() else { return nil }
    return write()
  }

  // MARK: The six stages

  /// Reads the saved files; nil when more than bodies and templates has changed.
  private func load(_ changes: Changes) throws -> SavedFiles? {
    try SavedFiles(
      changes, below: tools.options.root, tools.readings, isThemeSound: isThemeSound)
  }

  /// Replaces the bodies of selected items; a file that the build does not show changes nothing.
  private mutating func select(_ texts: [TextChange]) -> [ItemIndex] {
    texts.compactMap { selected.replace(textOf: $0.file, with: $0.text) }
  }

  /// Parses documents; nil when one has a diagnostic.
  private func parse(_ items: [ItemIndex]) async throws -> [Document]? {
    try await StoaParse.parse(items, of: selected, pool: tools.pool, cache: tools.parses)
  }

  /// Links documents; false when other documents link to something that has changed in them.
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

  /// Updates the planned files; false when a change would need other files.
  private mutating func render() -> Bool {
    guard
      let plan = plan.rerendered(
        community, highlights: highlights, typesetting: typesetting)
    else { return false }
    self.plan = plan
    return true
  }

  /// Makes the files available; they are rendered on request.
  private func write() -> [String: PlannedFile] { plan.filesByPath }
}

extension Plan {
  var filesByPath: [String: PlannedFile] {
    Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
  }
}

extension Document {
  /// Whether both have the same anchors and titles for links.
  fileprivate func isFound(like other: Document) -> Bool {
    leadingTitle == other.leadingTitle && isUnread == other.isUnread
      && headings.elementsEqual(other.headings) { $0.id == $1.id && $0.text == $1.text }
  }
}

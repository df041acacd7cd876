import StoaAddresses
import StoaCheck
import StoaExternalTools
import StoaLink
import StoaLoad
public import StoaModel
import StoaParse
import StoaRender
import StoaSelect
import StoaTypeset

/// The URLs of the published site: its `addresses.txt`.
public struct PublishedList: Sendable {
  /// The content of the file.
  public let bytes: [UInt8]
  /// The file's name in diagnostics.
  public let file: String

  /// Makes a list from the content of an `addresses.txt`.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: The file's name in diagnostics.
  public init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }
}

/// Finds problems in everything that a build would show, and writes nothing.
///
/// A cancelled task ends before its next stage.
///
/// - Parameters:
///   - options: Which site to check, and how. Without an audience it is the site of the narrowest, which sees the most.
///   - published: The URLs that the site must keep or redirect. They are compared with the site of the widest audience, unless
///     the options name an audience.
/// - Returns: The problems that builds report and those that only checks find, in order of file and line.
/// - Throws: `UsageError` for a wrong option, `InputOutputFailure` for a file, a folder or a worker process that failed, and
///   `CancellationError` when the task was cancelled.
public func check(
  _ options: BuildOptions, published: PublishedList? = nil
) async throws -> [Diagnostic] {
  let sources = try await load(from: options.root, options: options.loading)
  guard sources.hasSettings else {
    return leveled(sources.diagnostics, sources.settings, isStrict: options.isStrict)
  }
  let widest = try options.selection(for: sources)
  var narrowest = widest
  if options.audience == nil { narrowest.audience = Audience(rank: 0) }

  let view = try await View(sources, narrowest, options)
  let community = view.community
  var diagnostics =
    community.diagnostics + view.plan.diagnostics + Rule.diagnostics(for: community)
  // A check writes nothing, and reads what builds have stored.
  let cache = CacheFolder(root: options.root, isTrusted: sources.trustsCache, isReadOnly: true)
  diagnostics += typeset(community, tools: options.tools, cache: cache).diagnostics
  if let published {
    let isSame = community.audience == widest.audience ?? community.settings.widestAudience
    let site = isSame ? view : try await View(sources, widest, options)
    diagnostics += vanished(published, from: site)
  }
  return leveled(diagnostics, community.settings, isStrict: options.isStrict)
}

/// The results of the stages between Load and Write.
private struct View {
  let community: Community
  let plan: Plan
  /// Items that are not shown because they cannot be read.
  let unread: UnreadNames

  init(_ sources: Sources, _ selection: SelectOptions, _ options: BuildOptions) async throws {
    try Task.checkCancellation()
    let documents = try await parse(
      select(sources, options: selection), workers: options.workers)
    try Task.checkCancellation()
    unread = documents.unread
    community = await link(documents, jobs: options.jobs)
    // Only the publishing build may know its URL, so a check assumes every file that a site can have.
    let known = options.baseURL(for: community.settings)
    let baseURL = known.isEmpty ? "https://stoa.invalid" : known
    plan = render(community, options: RenderOptions(baseURL: baseURL))
  }
}

/// Published addresses that the new site lacks.
private func vanished(
  _ published: PublishedList, from site: View
) -> [Diagnostic] {
  let addresses = site.plan.addresses
  // A theme with errors leaves no addresses at all; its own diagnostics report that.
  guard !addresses.isEmpty else { return [] }
  return PublishedAddresses(published.bytes, file: published.file).diagnostics(
    for: PublishedAddresses.Site(
      addresses: addresses,
      redirects: site.plan.redirects.map { ($0.from.path, $0.to.path) },
      gone: site.community.settings.gone, unread: site.unread))
}

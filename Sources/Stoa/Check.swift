internal import StoaAddresses
internal import StoaCheck
internal import StoaLink
internal import StoaLoad
package import StoaModel
internal import StoaParse
internal import StoaRender
internal import StoaSelect

/// The addresses of a site as readers know it: an `addresses.txt`.
package struct PublishedList: Sendable {
  package let bytes: [UInt8]
  /// How diagnostics name it.
  package let file: String

  package init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }
}

/// Looks at everything that a build would show, and writes nothing.
///
/// - Parameters:
///   - options: as for a build, but without an audience it is the narrowest that is looked at, which sees the most.
///   - published: what the site must not lose, compared with the widest audience's site unless `options` name another.
/// - Returns: All diagnostics of a build and those of the rules, with the severities that hold, in order of place.
package func check(
  _ options: BuildOptions, published: PublishedList? = nil
) async throws -> [Diagnostic] {
  let sources = try await load(from: options.root, options: options.loading)
  guard sources.hasSettings else {
    return leveled(sources.diagnostics, sources.settings, isStrict: options.isStrict)
  }
  let widest = try options.selection(for: sources)
  var narrowest = widest
  if options.audience == nil { narrowest.audience = Audience(rank: 0) }

  let (community, plan) = try await view(sources, narrowest, options)
  var diagnostics = community.diagnostics + plan.diagnostics + Rule.diagnostics(for: community)
  if let published {
    let isSame = community.audience == widest.audience ?? community.settings.widestAudience
    let site = isSame ? (community, plan) : try await view(sources, widest, options)
    diagnostics += vanished(published, from: site.0, site.1)
  }
  return leveled(diagnostics, community.settings, isStrict: options.isStrict)
}

/// The stages between Load and Write.
private func view(
  _ sources: Sources, _ selection: SelectOptions, _ options: BuildOptions
) async throws -> (Community, Plan) {
  let documents = try await parse(
    select(sources, options: selection), workers: options.workers)
  let community = await link(documents, jobs: options.jobs)
  let baseURL = options.baseURL ?? community.settings.url
  return (community, render(community, options: RenderOptions(baseURL: baseURL)))
}

private func vanished(
  _ published: PublishedList, from community: Community, _ plan: Plan
) -> [Diagnostic] {
  let addresses = Set(plan.addresses)
  // A theme that cannot be used leaves no addresses at all; its own diagnostics say so.
  guard !addresses.isEmpty else { return [] }
  let redirects = Dictionary(
    community.redirects.map { ($0.from.encoded(), $0.to.encoded()) }
  ) { first, _ in first }
  return PublishedAddresses(published.bytes, file: published.file)
    .vanished(from: addresses, redirects: redirects)
}

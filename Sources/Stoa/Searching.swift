import StoaLink
import StoaLoad
import StoaModel
import StoaParse
package import StoaSearch
import StoaSelect

/// The search over what an audience sees; nothing is written.
package func searching(_ options: BuildOptions) async throws -> CommunitySearch {
  let sources = try await load(from: options.root, options: options.loading)
  var selection = try options.selection(for: sources)
  if options.audience == nil { selection.audience = Audience(rank: 0) }
  let documents = try await parse(select(sources, options: selection), workers: options.workers)
  return await CommunitySearch(await link(documents, jobs: options.jobs), jobs: options.jobs)
}

import StoaLink
import StoaLoad
package import StoaModel
import StoaParse
import StoaRender
import StoaSelect

/// Writes the digest of a month for an audience, to be sent by other means.
///
/// - Parameter month: nil for the last one that is over.
package func digest(
  of wanted: CalendarMonth?, as format: DigestFormat, _ options: BuildOptions
) async throws -> [UInt8] {
  let sources = try await load(from: options.root, options: options.loading)
  let documents = try await parse(
    select(sources, options: try options.selection(for: sources)), workers: options.workers)
  let month = wanted ?? CalendarMonth(documents.asOf.day).before
  guard month.isOver(on: documents.asOf.day) else {
    throw UsageError(
      "\(month) has not ended on \(documents.asOf.day): write a month that has ended")
  }
  let baseURL = options.baseURL(for: sources.settings)
  guard !baseURL.isEmpty else {
    throw UsageError(
      "a digest needs absolute URLs: write url in stoa.yml, or give --base-url")
  }
  let community = await link(documents, jobs: options.jobs)
  guard
    let text = digest(
      of: month, as: format, community, options: RenderOptions(baseURL: baseURL))
  else { throw UsageError("nothing that this audience sees happened in \(month)") }
  return text
}

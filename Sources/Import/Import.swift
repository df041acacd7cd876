/// Brings what another tool holds into a community: read, plan, convert, write, account.
///
/// Conversations go through one batch at a time, so memory is bounded by the largest of them; what is remembered of all is
/// names and the lines of the report.
///
/// - Returns: What became of every item. Throws `ImportFailure` when the source cannot be read.
package func importConversations(_ options: ImportOptions) async throws -> ImportReport {
  let community = try await CommunityFacts(loading: options.into, exists: options.hasSettings)
  var writer = try ContentWriter(root: options.into, isDryRun: options.isDryRun)
  var reader = try options.makeReader(for: community)
  var journey = Journey(options, community, writer.record, reader)
  if !options.hasSettings {
    try writer.put(NewSettings.text(for: reader.site, options), at: "stoa.yml")
  }
  while let conversation = try reader.next() {
    try journey.take(conversation, &writer)
  }
  let rest = try reader.rest()
  try journey.takeRest(rest, people: reader.people, &writer)
  try writer.finish()
  return try ImportReport(
    kind: options.kind.rawValue, site: reader.site.name, isDryRun: options.isDryRun,
    entries: journey.entries, counts: reader.counts, notes: journey.notes)
}

import StoaWrite

/// Imports the posts and conversations of another tool into a community.
///
/// An import can be run again: files that a person has edited or removed since the last one stay as they are.
///
/// Conversations are read, planned, converted and written in batches, so the largest batch bounds memory; only names and the lines
/// of the report are kept to the end.
///
/// - Parameter options: What to import, and how.
/// - Returns: The result for every item of the source.
/// - Throws: `ImportFailure` when the source is invalid, `InputOutputFailure` when a file cannot be read or written.
public func importConversations(_ options: ImportOptions) async throws -> ImportReport {
  let hasSettings = try FileSystem.kind(of: "\(options.community)/stoa.yml") != .missing
  let community = try await CommunityFacts(loading: options.community, exists: hasSettings)
  var writer = try ContentWriter(root: options.community, isDryRun: options.isDryRun)
  var reader = try options.makeReader(for: community)
  var run = ImportRun(options, community, writer.record, reader)
  try run.survey(try reader.again())
  if !hasSettings {
    try writer.put(NewSettings.text(for: reader.site, options), at: "stoa.yml")
  }
  while let conversation = try reader.next() {
    try await run.take(conversation, &writer)
  }
  let rest = try reader.rest()
  try await run.takeRest(rest, people: reader.people, &writer)
  try writer.finish()
  return try ImportReport(
    kind: options.kind.rawValue, site: reader.site.name, isDryRun: options.isDryRun,
    entries: run.entries, counts: reader.counts, notes: reader.notes + run.notes)
}

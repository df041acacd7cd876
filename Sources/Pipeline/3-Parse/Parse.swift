package import StoaSelect

/// Parses the documents that a build shows, in worker processes that end with the call.
///
/// Errors in a document become diagnostics; throws when documents cannot be read or workers cannot run.
package func parse(_ selected: Selected, workers: WorkerOptions) async throws -> Documents {
  try await parse(selected, pool: WorkerPool(workers))
}

/// Parses the documents that a build shows, with workers that are kept.
///
/// - Parameter cache: the documents that a preview parsed before; only changed ones are parsed.
package func parse(
  _ selected: Selected, pool: WorkerPool, cache: ParseCache? = nil
) async throws -> Documents {
  let texts = SelectedTexts(selected)
  let parsed = try await parse(texts, pool: pool, cache: cache)
  var documents = Documents(selected: selected)
  for (index, text) in parsed.enumerated() where text.isReported {
    documents.diagnostics += text.diagnostics(in: texts[index].file)
  }
  // The documents were numbered in this order.
  var rest = parsed[...]
  documents.posts = take(&rest, for: selected.posts)
  documents.responses = take(&rest, for: selected.responses)
  documents.contributors = take(&rest, for: selected.contributors)
  documents.topics = take(&rest, for: selected.topics)
  documents.pages = take(&rest, for: selected.pages)
  return documents
}

private func parse(
  _ texts: SelectedTexts, pool: WorkerPool, cache: ParseCache?
) async throws -> [ParsedText] {
  guard let cache else {
    return try await pool.parse(TextQueue(count: texts.count) { try texts.markdown(at: $0) })
  }
  var parsed = cache.known(texts)
  let missing = parsed.indices.filter { parsed[$0] == nil }
  // Workers append to their files: bodies of a few documents that change again and again stay in memory instead.
  let fresh = try await pool.parse(
    TextQueue(count: missing.count) { try texts.markdown(at: missing[$0]) },
    bodies: missing.count < parsed.count / 2 ? .frame : .file)
  for (index, text) in zip(missing, fresh) { parsed[index] = text }
  let all = parsed.compactMap { $0 }
  cache.keep(all, for: texts, new: missing)
  return all
}

private func take<Item>(
  _ parsed: inout ArraySlice<ParsedText>, for items: [SelectedItem<Item>]
) -> [Parsed<Item>] {
  defer { parsed = parsed.dropFirst(items.count) }
  return zip(items, parsed).map { Parsed($0, document: $1.document) }
}

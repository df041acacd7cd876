package import StoaSelect

/// Parses the documents that a build shows, in worker processes that end with the call.
///
/// Errors in a document become diagnostics; throws when documents cannot be read or workers cannot run.
///
/// - Parameter cache: the documents of earlier builds; only the others are parsed.
package func parse(
  _ selected: Selected, workers: WorkerOptions, cache: DocumentCache? = nil
) async throws -> Documents {
  let pool = WorkerPool(workers)
  guard let cache else { return try await parse(selected, pool: pool) }
  let texts = SelectedTexts(selected)
  let parsed = try await cache.documents(of: texts, jobs: workers.jobs) { missing in
    try await pool.parse(
      TextQueue(count: missing.count) { try texts.markdown(at: missing[$0]) })
  }
  return Documents(selected, texts, parsed)
}

/// Parses the documents that a build shows, with workers that are kept.
///
/// - Parameter cache: the documents that a preview parsed before; only changed ones are parsed.
package func parse(
  _ selected: Selected, pool: WorkerPool, cache: ParseCache? = nil
) async throws -> Documents {
  let texts = SelectedTexts(selected)
  return Documents(selected, texts, try await parse(texts, pool: pool, cache: cache))
}

extension Documents {
  /// - Parameter parsed: one for each of the texts, in order.
  fileprivate init(_ selected: Selected, _ texts: SelectedTexts, _ parsed: [ParsedText]) {
    self.init(selected: selected)
    for (index, text) in parsed.enumerated() where text.isReported {
      diagnostics += text.diagnostics(in: texts[index].file)
    }
    // The documents were numbered in this order.
    var rest = parsed[...]
    posts = take(&rest, for: selected.posts)
    responses = take(&rest, for: selected.responses)
    contributors = take(&rest, for: selected.contributors)
    topics = take(&rest, for: selected.topics)
    pages = take(&rest, for: selected.pages)
  }
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

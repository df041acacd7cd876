/// How often the formulas or diagrams of each document have exceeded their limits, in the order of the site.
///
/// After two of them, no more of the document are tried, and those of others are: so a hostile document costs a build a few seconds,
/// and the others nothing. What a page shows depends on the documents alone, not on what the cache has.
struct Patience {
  private static let mostFailures = 2

  private var failures: [Int: Int] = [:]

  /// Whether one of the documents that have it may still try.
  func allows(_ source: some TypesetSource) -> Bool {
    failures.isEmpty
      || source.documents.contains { failures[$0, default: 0] < Self.mostFailures }
  }

  /// Takes the next source with its answer, if it has one.
  mutating func meet(_ source: some TypesetSource, _ answer: TypesetAnswer?) {
    guard answer == .exhausted, allows(source) else { return }
    for document in source.documents { failures[document, default: 0] += 1 }
  }
}

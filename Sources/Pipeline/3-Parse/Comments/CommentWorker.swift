package import StoaModel

extension CommentFilter {
  /// The filter that asks the parser, in a worker that it starts when a text may have comments.
  package init(_ options: WorkerOptions) {
    self.init { texts, settings in
      try WorkerPool(options).uncommented(texts, settings)
    }
  }
}

extension WorkerPool {
  /// How many texts the parser may give up on, at most two seconds each, before the rest is not sent to it.
  private static let patience = 4

  /// Texts without their comments; those that cannot be parsed are without whatever looks like one.
  fileprivate func uncommented(
    _ texts: [CommentFilter.Text], _ settings: Settings
  ) throws -> [[UInt8]] {
    var results = texts.map(\.markdown)
    var rest = texts.indices.filter { MarkdownComments.mayAppear(in: texts[$0].markdown[...]) }[...]
    var failures = 0
    while !rest.isEmpty {
      let slice = rest.prefix(Self.patience)
      rest = rest.dropFirst(Self.patience)
      let isTried = failures < Self.patience
      let parsed = isTried ? try parse(slice.map { MarkdownText(texts[$0], settings) }) : []
      for (place, index) in slice.enumerated() {
        if isTried, parsed[place].problem == nil {
          results[index] = try parsed[place].document.body.load()
        } else {
          failures += 1
          results[index] = MarkdownComments.cut(from: texts[index].markdown)
        }
      }
    }
    return results
  }
}

extension MarkdownText {
  fileprivate init(_ text: CommentFilter.Text, _ settings: Settings) {
    self.init(
      text.showsHTML ? .post : .response, bytes: text.markdown,
      smartPunctuation: settings.smartPunctuation, math: settings.math,
      diagrams: settings.diagrams, seeksComments: true)
  }
}

/// Converts the bodies of other tools into markdown, in batches.
struct MarkupConverter {
  struct Input {
    let bytes: [UInt8]
    let isHTML: Bool
    let role: ImportedFile.Role
  }

  struct Output {
    var markdown: [UInt8]
    var notes: [String] = []
  }

  /// Notes about the whole import.
  private(set) var notes: [String] = []
  private let pandoc: Pandoc?
  private var keepsHTML: Bool

  init(keepsHTML: Bool, pandoc: String?) {
    self.keepsHTML = keepsHTML
    self.pandoc = pandoc.map { Pandoc(program: $0) }
  }

  mutating func convert(_ inputs: [Input]) throws -> [Output] {
    var outputs = inputs.map { Output(markdown: $0.bytes) }
    for isComment in [false, true] {
      let indices = inputs.indices.filter {
        inputs[$0].isHTML && (inputs[$0].role == .comment) == isComment && !inputs[$0].bytes.isEmpty
      }
      try convert(inputs, indices, isComment: isComment, into: &outputs)
    }
    return outputs
  }

  private mutating func convert(
    _ inputs: [Input], _ indices: [Int], isComment: Bool, into outputs: inout [Output]
  ) throws {
    guard !keepsHTML, !indices.isEmpty else { return }
    guard let pandoc else {
      keepsHTML = true
      notes.append(
        "pandoc is not installed, so HTML was not converted: install it and import again, or use --keep-html"
      )
      return
    }
    let prepared = indices.map { HTMLPreparation.prepare(inputs[$0].bytes, isComment: isComment) }
    let results = try pandoc.convert(prepared.map(\.html), allowsHTML: !isComment)
    for (place, index) in indices.enumerated() {
      guard let markdown = results[place] else {
        outputs[index].notes.append(
          "pandoc exceeded its limit of time or memory, so the HTML was kept")
        continue
      }
      if WordCheck.holds(html: prepared[place].html, markdown: markdown) {
        outputs[index].markdown = markdown
        if prepared[place].isFlattened {
          outputs[index].notes.append("its HTML was nested too deep, and was flattened")
        }
      } else {
        outputs[index].notes.append("pandoc would lose some of its words, so the HTML was kept")
      }
    }
  }
}

import StoaModel

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
  private let jobs: Int
  private var keepsHTML: Bool

  init(keepsHTML: Bool, pandoc: String?, jobs: Int) {
    self.keepsHTML = keepsHTML
    self.jobs = jobs
    self.pandoc = pandoc.map { Pandoc(program: $0) }
  }

  mutating func convert(_ inputs: [Input]) async throws -> [Output] {
    var outputs = inputs.map { Output(markdown: $0.bytes) }
    for isComment in [false, true] {
      let indices = inputs.indices.filter {
        inputs[$0].isHTML && (inputs[$0].role == .comment) == isComment && !inputs[$0].bytes.isEmpty
      }
      try await convert(inputs, indices, isComment: isComment, into: &outputs)
    }
    return outputs
  }

  private mutating func convert(
    _ inputs: [Input], _ indices: [Int], isComment: Bool, into outputs: inout [Output]
  ) async throws {
    guard !keepsHTML, !indices.isEmpty else { return }
    guard let pandoc else {
      keepsHTML = true
      notes.append(
        "pandoc is not installed, so HTML was not converted: install it and import again, or use --keep-html"
      )
      return
    }
    let prepared = indices.map { HTMLPreparation.prepare(inputs[$0].bytes, isComment: isComment) }
    let results = try await markdown(of: prepared.map(\.html), pandoc, allowsHTML: !isComment)
    for (place, index) in indices.enumerated() {
      guard let markdown = results[place].map(Self.guarded) else {
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

  /// The markdown of each text: each core has a child at work on some of them.
  private func markdown(
    of texts: [[UInt8]], _ pandoc: Pandoc, allowsHTML: Bool
  ) async throws -> [[UInt8]?] {
    let parts = Self.parts(texts, count: jobs)
    guard parts.count > 1 else { return try pandoc.convert(texts, allowsHTML: allowsHTML) }
    return try await withThrowingTaskGroup(of: (Int, [[UInt8]?]).self) { group in
      for part in parts {
        let part = part
        group.addTask {
          (part.lowerBound, try pandoc.convert(Array(texts[part]), allowsHTML: allowsHTML))
        }
      }
      var results: [(Int, [[UInt8]?])] = []
      for try await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// Places of texts in parts of about one size, none of them so small that a start takes longer than its work.
  private static func parts(_ texts: [[UInt8]], count: Int) -> [Range<Int>] {
    let size = texts.reduce(0) { $0 + $1.count }
    let share = max(size / max(1, count) + 1, 4_096)
    var parts: [Range<Int>] = []
    var start = 0
    var sum = 0
    for (index, text) in texts.enumerated() {
      sum += text.count
      if sum >= share {
        parts.append(start..<(index + 1))
        start = index + 1
        sum = 0
      }
    }
    if start < texts.count { parts.append(start..<texts.count) }
    return parts
  }

  /// The markdown in which what would begin a block is escaped.
  private static func guarded(_ markdown: [UInt8]) -> [UInt8] {
    guard
      markdown.contains(HTMLPreparation.guardByte)
        || markdown.contains(HTMLPreparation.barByte)
    else { return markdown }
    var output: [UInt8] = []
    var isRow = false
    for (index, byte) in markdown.enumerated() {
      if index == 0 || markdown[index - 1] == 0x0A { isRow = byte == UInt8(ascii: "|") }
      if byte == HTMLPreparation.barByte {
        output += (isRow ? "\\|" : "|").utf8
        continue
      }
      guard byte == HTMLPreparation.guardByte else {
        output.append(byte)
        continue
      }
      // pandoc may have escaped it already.
      let next = index + 1 < markdown.count ? markdown[index + 1] : 0
      if "-+=.)".utf8.contains(next) { output.append(0x5C) }
    }
    return output
  }
}

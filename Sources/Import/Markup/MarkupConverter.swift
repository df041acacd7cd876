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
    let texts = indices.map { inputs[$0].bytes }
    let converted = try await converted(texts, pandoc, isComment: isComment)
    for (index, text) in zip(indices, converted) {
      if let markdown = text.markdown { outputs[index].markdown = markdown }
      outputs[index].notes += text.notes
    }
  }

  /// A text as markdown; nil when its HTML is kept.
  private struct Converted {
    var markdown: [UInt8]?
    var notes: [String] = []
  }

  /// Converts texts on all cores, each with a child process of its own.
  private func converted(
    _ texts: [[UInt8]], _ pandoc: Pandoc, isComment: Bool
  ) async throws -> [Converted] {
    let parts = Self.parts(texts, count: jobs)
    guard parts.count > 1 else {
      return try Self.convert(texts[...], pandoc, isComment: isComment)
    }
    return try await withThrowingTaskGroup(of: (Int, [Converted]).self) { group in
      for part in parts {
        group.addTask {
          (part.lowerBound, try Self.convert(texts[part], pandoc, isComment: isComment))
        }
      }
      var results: [(Int, [Converted])] = []
      for try await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  private static func convert(
    _ texts: ArraySlice<[UInt8]>, _ pandoc: Pandoc, isComment: Bool
  ) throws -> [Converted] {
    let prepared = texts.map { HTMLPreparation.prepare($0, isComment: isComment) }
    let results = try pandoc.convert(prepared.map(\.html), allowsHTML: !isComment)
    return zip(prepared, results).map { prepared, result in
      guard let markdown = result.map(guarded) else {
        return Converted(
          notes: ["pandoc exceeded its limit of time or memory, so the HTML was kept"])
      }
      guard WordCheck.holds(html: prepared.html, markdown: markdown) else {
        return Converted(notes: ["pandoc would lose some of its words, so the HTML was kept"])
      }
      return Converted(
        markdown: markdown,
        notes: prepared.isFlattened ? ["its HTML was nested too deep, and was flattened"] : [])
    }
  }

  /// Divides texts into parts of about equal size, each large enough for a child process to be worth its start.
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

  /// The markdown, with a backslash before each character that would begin a block.
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

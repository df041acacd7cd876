import Foundation
import Testing

@testable import StoaParse

/// Checks that the library follows its specification, with the extensions that Stoa uses.
@Suite("The specification's examples") struct SpecificationTests {
  struct Suite: CustomTestStringConvertible, Sendable {
    let file: String
    /// The extensions for examples that name none.
    var extensions: [String] = []
    var footnotes = false
    var smartPunctuation = false
    /// Examples that differ with every library version, because the sanitiser filters tags.
    var filtered: Set<Int> = []
    /// Examples that differ with versions below gfm.13, with the reason.
    var old: [(reason: String, examples: Set<Int>)] = []

    var testDescription: String { file }

    var differences: Set<Int> {
      guard MarkdownLibrary.lacksFixes(MarkdownLibrary.version) else { return filtered }
      return old.reduce(filtered) { $0.union($1.examples) }
    }
  }

  static let suites = [
    Suite(
      file: "spec.txt", filtered: [652],
      old: [
        ("strong inside strong is written twice", [398, 426, 434, 435, 436, 473, 474, 475, 477]),
        ("comments are those of an older HTML", [644, 645]),
      ]),
    // The specification leaves the result of example 20 open, but it must not crash.
    Suite(
      file: "extensions.txt", extensions: ["table", "strikethrough", "autolink", "tasklist"],
      footnotes: true, filtered: [20, 22],
      old: [("links back from footnotes have other labels", [23, 24, 25])]),
    Suite(
      file: "regression.txt",
      old: [("links back from footnotes have other labels", [13, 20, 21, 22])]),
    Suite(file: "smart_punct.txt", smartPunctuation: true),
  ]

  @Test("are rendered as they say", .enabled(if: sharedData != nil), arguments: suites)
  func examples(suite: Suite) throws {
    let folder = try #require(sharedData)
    let text = try String(contentsOfFile: "\(folder)/gfm/\(suite.file)", encoding: .utf8)
    var different: Set<Int> = []
    for (index, example) in examples(in: text).enumerated()
    where !example.words.contains("disabled") {
      let marked = example.words.filter { $0 != "footnotes" }
      let html = MarkdownParser.unsanitised(
        Array(example.markdown.utf8), extensions: marked.isEmpty ? suite.extensions : marked,
        smartPunctuation: suite.smartPunctuation,
        footnotes: suite.footnotes || example.words.contains("footnotes"))
      if String(decoding: html, as: UTF8.self) != example.html { different.insert(index + 1) }
    }
    #expect(different == suite.differences)
  }

  private struct Example {
    var words: [String]
    var markdown = ""
    var html = ""
  }

  private func examples(in text: String) -> [Example] {
    let fence = String(repeating: "`", count: 32)
    var examples: [Example] = []
    var current: Example?
    var isHTML = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix(fence + " example") {
        let words = line.dropFirst((fence + " example").count).split(separator: " ")
        current = Example(words: words.map(String.init))
        isHTML = false
      } else if line == fence, let example = current {
        examples.append(example)
        current = nil
      } else if line == ".", current != nil, !isHTML {
        isHTML = true
      } else {
        let shown = line.replacingOccurrences(of: "→", with: "\t") + "\n"
        if isHTML { current?.html += shown } else { current?.markdown += shown }
      }
    }
    return examples
  }
}

/// The folder of third-party data, if it exists.
let sharedData: String? = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let candidates: [String?] = [
    ProcessInfo.processInfo.environment["STOA_SHARED_DATA"],
    root.appendingPathComponent("../shared/data").standardizedFileURL.path,
  ]
  return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
}()

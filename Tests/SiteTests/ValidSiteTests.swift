import Foundation
import Stoa
import StoaModel
import Testing

/// One small community for each feature, with the outlines of the pages that show it.
@Suite("Valid sites") struct ValidSiteTests {
  @Test(
    "become their expected pages, and nothing is wrong with them", arguments: SiteCase.all("valid"))
  func pages(site: SiteCase) async throws {
    let expectations = try Expectation.all(of: site)
    #expect(!expectations.isEmpty, "\(site.name) expects nothing")
    for expectation in expectations {
      try await site.build(expectation.arguments, prepare: preparations[site.name]) {
        report, folder in
        #expect(report.diagnostics.map(\.description) == [])
        for page in expectation.pages { try check(page, in: folder) }
        let basePath = ["own-links", "under-a-path"].contains(site.name) ? "/notes" : ""
        let problems = try SiteIntegrity.problems(in: folder, under: basePath)
        #expect(problems == [])
      }
    }
  }

  private func check(_ page: Expectation.Page, in site: URL) throws {
    let recorded = try String(contentsOf: page.file, encoding: .utf8)
    let built = site.appendingPathComponent(page.path)
    guard FileManager.default.fileExists(atPath: built.path) else {
      Issue.record("\(page.path) was not written")
      return
    }
    let text = try String(contentsOf: built, encoding: .utf8)
    let now = try PageOutline.make(of: text, path: page.path, like: recorded)
    let isSame = try compare(now, with: page.file)
    #expect(isSame, "\(page.file.path) differs:\n\(difference(recorded, now))")
  }
}

/// The expected result of one build of a case: a folder `expected`, or `expected-<name>` for a build with `arguments.txt`.
struct Expectation {
  struct Page {
    /// The recorded outline.
    let file: URL
    /// The page's path below the site's folder.
    let path: String
  }

  let arguments: [String]
  let pages: [Page]

  static func all(of site: SiteCase) throws -> [Expectation] {
    let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
    return try names.filter { $0 == "expected" || $0.hasPrefix("expected-") }.sorted().map { name in
      let folder = site.folder.appendingPathComponent(name)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      let arguments = try? String(
        contentsOf: folder.appendingPathComponent("arguments.txt"), encoding: .utf8)
      return Expectation(
        arguments: (arguments ?? "").split(whereSeparator: \.isWhitespace).map(String.init),
        pages: paths.filter { $0.hasSuffix(".txt") && $0 != "arguments.txt" }.map {
          Page(file: folder.appendingPathComponent($0), path: String($0.dropLast(4)))
        })
    }
  }
}

/// The recorded form of a page: for HTML, sections that each begin with a line `== selector`.
enum PageOutline {
  /// Makes the outline of a page, with the same sections as the recorded one.
  static func make(of text: String, path: String, like recorded: String) throws -> String {
    guard path.hasSuffix(".html") else {
      guard path.hasSuffix(".xml") else { return text }
      return Outline.lines(ofXML: try Markup.read(text, isXML: true)).joined(separator: "\n") + "\n"
    }
    let selectors = recorded.split(separator: "\n").filter { $0.hasPrefix("== ") }
      .map { String($0.dropFirst(3)) }
    let page = try Markup.read(text)
    let sections = (selectors.isEmpty ? ["main"] : selectors).map { selector -> String in
      let lines = page.all(selector).flatMap { Outline.lines(of: $0) }
      return "== \(selector)\n" + lines.map { $0 + "\n" }.joined()
    }
    return sections.joined(separator: "\n")
  }
}

/// The differing lines of two texts, in the form of a diff.
func difference(_ old: String, _ new: String) -> String {
  let (before, after) = (old.split(separator: "\n"), new.split(separator: "\n"))
  return after.difference(from: before).map { change in
    switch change {
    case .remove(let line, let text, _): "- \(line + 1): \(text)"
    case .insert(let line, let text, _): "+ \(line + 1): \(text)"
    }
  }.joined(separator: "\n")
}

package import StoaExternalTools
import StoaHTML
package import StoaModel
package import StoaRender
import StoaSystem

/// What readers' browsers search in, and the diagnostics of making it.
package struct SearchIndex: Sendable {
  package fileprivate(set) var files: [PlannedFile] = []
  package fileprivate(set) var diagnostics: [Diagnostic] = []
}

/// Indexes a site's pages with Pagefind, if the settings ask for it; pages that did not change since are not indexed again.
///
/// Never fails a build for want of Pagefind: then there is no index, and one note says so.
package func indexForSearch(
  _ plan: Plan, settings: Settings, tools: ToolFinder, cache: CacheFolder, jobs: Int
) async throws -> SearchIndex {
  var index = SearchIndex()
  guard settings.search == .pagefind else { return index }
  let pages = try await SearchablePages(plan, jobs: jobs)
  // Pagefind takes no pages for a mistake; for an audience that is shown nothing they are none.
  guard !pages.isEmpty else { return index }
  let language = String(settings.language.prefix { $0 != "-" })
  let candidates = tools.pagefinds
  let digest = SHA256.hexadecimal(
    of: Array(([language, pages.digest] + candidates.map(\.identity)).joined(separator: "\n").utf8))
  let name = "search-\(plan.audience.isEmpty ? "all" : plan.audience)"
  if let file = cache.file(named: name), let bundle = SearchBundle(file, digest: digest) {
    index.files = bundle.files
    return index
  }
  let folder = try ScratchFolder()
  try pages.write(to: folder, below: "site")
  var complaint: String?
  for pagefind in candidates {
    let outcome = try? pagefind.run(
      ["--site", "site", "--output-path", "bundle", "--force-language", language, "--silent"],
      in: folder.path)
    guard let outcome, outcome.succeeded else {
      complaint = outcome.map { String(decoding: $0.complaints, as: UTF8.self) } ?? complaint
      continue
    }
    index.arrange(folder, pythons: tools.pythons)
    let bundle = try SearchBundle(folder, below: "bundle", digest: digest)
    cache.store(bundle.archive, as: name)
    index.files = bundle.files
    return index
  }
  index.diagnostics = [SearchIndex.missing(because: complaint)]
  return index
}

extension SearchIndex {
  /// Puts what Pagefind wrote in a fixed order, so that the same pages always give the same bytes.
  fileprivate mutating func arrange(_ folder: ScratchFolder, pythons: [String]) {
    let program = String(decoding: EmbeddedFiles.arrange_py, as: UTF8.self)
    let isArranged = pythons.contains { python in
      let outcome = try? ExternalTool(path: python).run(["-I", "-c", program], in: folder.path)
      return outcome?.succeeded ?? false
    }
    guard !isArranged else { return }
    diagnostics.append(
      Diagnostic(
        .missingTool, at: SourceLocation(file: "stoa.yml"),
        "the search works, but its index is not reproducible, because Python could not sort it",
        suggestion: pythons.isEmpty ? "install Python 3" : "use Pagefind 1.3 to 1.5"))
  }

  fileprivate static func missing(because complaint: String?) -> Diagnostic {
    let lines = (complaint ?? "").split(separator: "\n")
    let reason = lines.last { !$0.contains("No module named") }.map { ": \($0.prefix(200))" } ?? ""
    return Diagnostic(
      .missingTool, at: SourceLocation(file: "stoa.yml"),
      reason.isEmpty
        ? "the site has no search, because Pagefind is not installed"
        : "the site has no search, because Pagefind failed\(reason)",
      suggestion: reason.isEmpty
        ? "install it: python3 -m venv .venv && .venv/bin/pip install 'pagefind[bin]'" : "")
  }
}

package import StoaCheck
package import StoaModel
package import StoaRender

/// The site as it was after one change: every address with the function that makes its bytes.
package struct SiteSnapshot: Sendable {
  /// Different from that of every other snapshot, of this run of the program and of others.
  package let name: String
  /// By path below the site's root.
  package let files: [String: PlannedFile]
  /// What the pages are made with; nil where there is no site to show.
  package var renderContext: RenderContext?
  /// What its search page searches in.
  package var search: PreviewSearch?
  /// What keeps the site from being built: the first errors.
  package let problems: [Problem]
  /// All diagnostics of the content.
  package let diagnostics: [Diagnostic]
  /// How many errors keep the site from being built, those that are not shown among them.
  package var errorCount: Int {
    max(problems.count, diagnostics.count { $0.severity == .error })
  }
  /// Whether it is the snapshot before with other words or in other templates, and nothing else was made again.
  package var isRerendered = false
  /// How long each stage took.
  package var stages: [Stage] = []

  package struct Stage: Sendable {
    package let name: String
    package let duration: Duration
  }
}

/// An error as the overlay shows it.
package struct Problem: Sendable {
  package let message: String
  /// File, line and column; empty when it is not about a file.
  package let place: String
  package let code: String
  package let excerpt: SourceExcerpt?
}

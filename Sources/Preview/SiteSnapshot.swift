package import StoaCheck
package import StoaModel
package import StoaRender

/// The site after one change: every file, which is rendered on request.
package struct SiteSnapshot: Sendable {
  /// Unique among all snapshots, of this run of the program and of others.
  package let name: String
  /// By path below the site's root.
  package let files: [String: PlannedFile]
  /// The context that pages are rendered with; nil when there is no site to show.
  package var renderContext: RenderContext?
  /// The index for its search page.
  package var search: PreviewSearch?
  /// The first errors that prevent a build.
  package let problems: [Problem]
  /// All diagnostics of the content.
  package let diagnostics: [Diagnostic]
  /// The number of errors that prevent a build, including those that are not shown.
  package var errorCount: Int {
    max(problems.count, diagnostics.count { $0.severity == .error })
  }
  /// Whether only bodies or templates differ from the previous snapshot, and nothing else was made again.
  package var isRerendered = false
  /// How long each stage took.
  package var stages: [Stage] = []

  package struct Stage: Sendable {
    package let name: String
    package let duration: Duration
  }
}

/// An error in the overlay.
package struct Problem: Sendable {
  package let message: String
  /// File, line and column; empty when it is not about a file.
  package let place: String
  package let code: String
  package let excerpt: SourceExcerpt?
}

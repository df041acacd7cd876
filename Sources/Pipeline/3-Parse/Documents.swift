package import StoaModel
package import StoaSelect

/// Every selected item with its text parsed: the result of Parse, in the order of its input.
package struct Documents: Sendable {
  package var settings: Settings { selected.settings }
  /// What was parsed, for its front matter, assets and theme.
  package let selected: Selected
  /// One for each of `selected.posts`, and so on.
  package var posts: [Document] = []
  package var responses: [Document] = []
  package var contributors: [Document] = []
  package var topics: [Document] = []
  package var pages: [Document] = []
  /// The selected items' diagnostics and those of their texts.
  package var diagnostics: [Diagnostic] = []

  internal init(selected: Selected) {
    self.selected = selected
    diagnostics = selected.diagnostics
  }
}

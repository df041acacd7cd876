/// The default theme's files, by their path below `templates`.
package enum DefaultTheme {
  /// `extra.css` is a file with which a community extends the style sheet without replacing it.
  package static let files = EmbeddedFiles.all.merging(["extra.css": []]) { $1 }
}

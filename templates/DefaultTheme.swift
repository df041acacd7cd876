/// The default theme's files, by their name below `templates`.
package enum DefaultTheme {
  /// `extra.css` is what a community adds to the style sheet without replacing it.
  package static let files = EmbeddedFiles.all.merging(["extra.css": []]) { $1 }
}

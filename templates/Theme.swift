/// The default theme's files, by their name below `templates`.
package enum DefaultTheme {
  package static let files: [String: [UInt8]] = [
    "theme.css": PackageResources.theme_css
  ]
}

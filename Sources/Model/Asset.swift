/// A file that is copied to the site unchanged.
package struct Asset: Sendable {
  /// Its path relative to the folder of stoa.yml.
  package let file: String
  /// Its path below its owner's page (or below the site's root for `static`), with `/` between parts.
  package let name: String
  /// In pixels, for images whose header has it.
  package let width: Int?
  package let height: Int?

  package init(file: String, name: String, width: Int? = nil, height: Int? = nil) {
    self.file = file
    self.name = name
    self.width = width
    self.height = height
  }
}

/// A file that is copied to the site as it is.
package struct Asset: Sendable {
  /// Where it lies, relative to the folder of stoa.yml.
  package let file: String
  /// Its name below the owner's address (or below the site's root for `static`), with `/` between parts.
  package let name: String
  /// In pixels, for images whose header says so.
  package let width: Int?
  package let height: Int?

  package init(file: String, name: String, width: Int? = nil, height: Int? = nil) {
    self.file = file
    self.name = name
    self.width = width
    self.height = height
  }
}

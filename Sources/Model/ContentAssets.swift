/// Files of content that are not documents, and that a site may copy.
package struct ContentAssets: Sendable {
  /// Files beside posts, by the slug of the post's bundle.
  package var posts: [String: [Asset]] = [:]
  /// Files beside contributors' files.
  package var contributors: [Asset] = []
  /// The files in `content/static`.
  package var statics: [Asset] = []

  package init() {}
}

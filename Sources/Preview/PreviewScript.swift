/// The script that reloads a page when its site has another edition.
internal enum PreviewScript {
  /// Where the script is, an address that no file of a site can have.
  internal static let path = "/.stoa-preview/script.js"
  /// Where the script listens.
  internal static let eventsPath = "/.stoa-preview/events"

  /// The only thing that a preview adds to a page of a site that can be built.
  internal static func element(edition: String) -> String {
    "<script src=\"\(path)\" data-edition=\"\(edition)\"></script>"
  }

  internal static var bytes: [UInt8] { EmbeddedFiles.preview_js }
}

/// The script that reloads a page when its site has a new snapshot.
enum PreviewScript {
  /// The URL of the script, which no file of a site can have.
  static let path = "/.stoa-preview/script.js"
  /// The URL from which the script receives events.
  static let eventsPath = "/.stoa-preview/events"

  /// The only element that a preview adds to a page without errors.
  static func element(snapshot: String) -> String {
    "<script src=\"\(path)\" data-snapshot=\"\(snapshot)\"></script>"
  }

  static var bytes: [UInt8] { EmbeddedFiles.preview_js }
}

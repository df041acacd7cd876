/// The script that reloads a page when its site has another snapshot.
enum PreviewScript {
  /// Where the script is, an address that no file of a site can have.
  static let path = "/.stoa-preview/script.js"
  /// Where the script listens.
  static let eventsPath = "/.stoa-preview/events"

  /// The only thing that a preview adds to a page of a site that can be built.
  static func element(snapshot: String) -> String {
    "<script src=\"\(path)\" data-snapshot=\"\(snapshot)\"></script>"
  }

  static var bytes: [UInt8] { EmbeddedFiles.preview_js }
}

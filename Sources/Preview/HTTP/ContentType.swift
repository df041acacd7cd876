/// The media types of a site's files.
package enum ContentType {
  private static let types: [String: String] = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
    "json": "application/json", "xml": "application/xml; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "ico": "image/x-icon", "pdf": "application/pdf", "mp3": "audio/mpeg",
    "ogg": "audio/ogg", "mp4": "video/mp4", "webm": "video/webm",
    "m4a": "audio/mp4", "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav",
    "woff2": "font/woff2",
    "woff": "font/woff", "wasm": "application/wasm", "webmanifest": "application/manifest+json",
  ]

  package static func of(_ path: String) -> String {
    types[fileExtension(of: path)] ?? "application/octet-stream"
  }

  package static func isPage(_ path: String) -> Bool { fileExtension(of: path) == "html" }

  private static func fileExtension(of path: String) -> String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return path[path.utf8.index(after: dot)...].lowercased()
  }
}

/// The kind of medium that a file is, by its extension.
package enum Medium: Sendable, Hashable {
  case image
  case video
  case audio

  private static let endings: [String: Medium] = [
    "png": .image, "jpg": .image, "jpeg": .image, "webp": .image, "avif": .image, "gif": .image,
    "svg": .image, "mp4": .video, "webm": .video, "ogg": .audio, "mp3": .audio, "m4a": .audio,
    "opus": .audio, "flac": .audio, "wav": .audio,
  ]

  /// Nil for other files.
  package init?(ofFile name: String) {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let ending = name.utf8[name.utf8.index(after: dot)...]
    guard ending.count <= 4, let medium = Self.endings[String(Substring(ending)).lowercased()]
    else { return nil }
    self = medium
  }

  /// Whether it is audio or video.
  package var isPlayed: Bool { self != .image }
}

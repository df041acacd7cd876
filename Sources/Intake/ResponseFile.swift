package import StoaModel
import StoaYAML

/// The file of a new response.
package struct ResponseFile: Sendable, Hashable {
  /// The maximum size of the body in bytes: with its front matter, the file stays below a build's limit of 64 KiB.
  package static let maximumTextSize = 60_000

  package let post: String
  package let id: String
  package let bytes: [UInt8]

  /// A file whose bytes exist already.
  init(post: String, id: String, bytes: [UInt8]) {
    self.post = post
    self.id = id
    self.bytes = bytes
  }

  /// - Parameters:
  ///   - date: always written, because a community without a git history has no other.
  ///   - replyTo: the id of the response that is answered; nil for the post.
  ///   - text: empty for a file whose body is written later.
  package init(
    post: String, id: String, signature: ReplySignature, date: Timestamp, replyTo: String? = nil,
    stance: Response.Stance? = nil, text: String = ""
  ) {
    self.post = post
    self.id = id
    var matter = FrontMatterText()
    switch signature {
    case .author(let name): matter.add("author", name)
    case .guest(let name, let website):
      matter.add("guest", name)
      matter.add("url", website)
    }
    matter.add("date", Timestamp(seconds: date.seconds, offset: 0, isDay: false).iso8601)
    matter.add("reply-to", replyTo ?? "")
    matter.add("stance", stance?.rawValue ?? "")
    bytes =
      Array("---\n".utf8) + matter.bytes + Array("---\n\n".utf8)
      + (text.isEmpty ? [] : Array("\(text)\n".utf8))
  }

  /// Relative to the folder of stoa.yml.
  package var path: String { "content/responses/\(post)/\(id).md" }

  /// Creates a file under a free id, even if other processes do the same at the same time.
  ///
  /// - Parameters:
  ///   - day: the beginning of the id.
  ///   - make: makes the file for an id.
  ///   - create: writes it to its place; false when a file of that name exists.
  package static func create(
    on day: CalendarDay, _ make: (_ id: String) -> ResponseFile,
    by create: (ResponseFile) throws -> Bool
  ) rethrows -> ResponseFile {
    var generator = SystemRandomNumberGenerator()
    while true {
      let file = make(ResponseIdentifier.make(on: day, using: &generator))
      if try create(file) { return file }
    }
  }
}

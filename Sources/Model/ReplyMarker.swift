/// What makes an issue a reply: a line of its body that says what it answers.
///
/// The line is `stoa-reply: slug` or `stoa-reply: slug#response-id`, alone or in a comment of HTML.
package enum ReplyMarker {
  package static let word = "stoa-reply:"

  package static func line(post: String, response: String? = nil) -> String {
    "\(word) \(post)" + (response.map { "#response-\($0)" } ?? "")
  }

  /// The same where readers of the issue do not see it.
  package static func comment(_ line: String) -> String { "<!-- \(line) -->" }
}

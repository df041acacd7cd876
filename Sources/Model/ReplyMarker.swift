/// The marker that makes an issue a reply: a line of its body that names the post or response.
///
/// The line is `stoa-reply: slug` or `stoa-reply: slug#response-id`, perhaps with a stance behind it, alone or in an HTML comment.
package enum ReplyMarker {
  package static let word = "stoa-reply:"

  package static func line(
    post: String, response: String? = nil, stance: Response.Stance? = nil
  ) -> String {
    "\(word) \(post)" + (response.map { "#response-\($0)" } ?? "")
      + (stance.map { " \($0.rawValue)" } ?? "")
  }

  /// The marker as a comment, which readers of the issue do not see.
  package static func comment(_ line: String) -> String { "<!-- \(line) -->" }
}

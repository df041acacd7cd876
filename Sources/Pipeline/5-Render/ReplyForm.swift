import StoaAddresses
import StoaHTML
import StoaModel
import StoaTemplates

/// A program of ours that takes replies by a form of the page, in place of a forge.
package struct ReplyForm: Sendable, Hashable {
  /// Where the form goes, and where a page of its own is.
  package let action: String
  /// The token that proves that the form is from this program; empty on public pages.
  package let token: String
  /// What stands in the field for the name.
  package let name: String
  /// The key of the words that say what happens to a reply.
  package let note: String

  package init(action: String, token: String, name: String, note: String) {
    self.action = action
    self.token = token
    self.name = name
    self.note = note
  }

  /// The form of a public page, which has no token: the service shows it once more before it accepts it.
  init(service: String) {
    self.init(action: "\(service)/reply", token: "", name: "", note: "reply-note-service")
  }

  /// The address of the form's own page, for those who answer a response without a script.
  func address(answering response: String, of post: String) -> String {
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    return "\(action)?post=\(encode(post))&reply-to=\(encode(response))"
  }
}

/// What stands in the fields of a form, and what is wrong with it.
package struct ReplyDraft: Sendable, Hashable {
  package struct Problem: Sendable, Hashable {
    /// The name of the field; `post` and `reply-to` have none that people see.
    package let field: String
    /// The key of the theme's words.
    package let words: String

    package init(field: String, words: String) {
      self.field = field
      self.words = words
    }
  }

  /// How far the reply has come.
  package enum Stage: Sendable, Hashable {
    case form
    /// It came without a proof that a page of ours has sent it, and is looked at once more.
    case look
    case sent
  }

  package var stage = Stage.form
  /// A slug, which may be of no post.
  package var post = ""
  package var replyTo = ""
  package var name = ""
  package var website = ""
  package var stance = ""
  package var text = ""
  package var problems: [Problem] = []

  package init() {}
}

extension RenderContext {
  /// The page on which somebody answers a post or one of its responses, in the theme of the site.
  ///
  /// - Parameter form: where it goes; nil where it cannot be sent any more.
  package func replyPage(_ draft: ReplyDraft, form: ReplyForm) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try ReplyPageView.Subject(draft: draft, form: form).write(self, into: &buffer)
    return buffer.bytes
  }
}

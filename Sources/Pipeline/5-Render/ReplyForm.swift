import StoaAddresses
import StoaHTML
import StoaModel
import StoaTemplates

/// One of our programs that receives replies through a form on the page, instead of a forge.
package struct ReplyForm: Sendable, Hashable {
  /// The URL that the form is sent to, which also shows the form on a separate page.
  package let action: String
  /// The token that proves that the form is from this program; empty on public pages.
  package let token: String
  /// The initial value of the name field.
  package let name: String
  /// The key of the text that says what happens to a reply.
  package let note: String

  package init(action: String, token: String, name: String, note: String) {
    self.action = action
    self.token = token
    self.name = name
    self.note = note
  }

  /// The form of a public page, which has no token: the service shows it again before it accepts it.
  init(service: String) {
    self.init(action: "\(service)/reply", token: "", name: "", note: "reply-note-service")
  }

  /// The address of the separate page with the form, for replies to a response without a script.
  func address(answering response: String, of post: String) -> String {
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    return "\(action)?post=\(encode(post))&reply-to=\(encode(response))"
  }
}

/// The values of a form's fields, and their problems.
package struct ReplyDraft: Sendable, Hashable {
  package struct Problem: Sendable, Hashable {
    /// The name of the field; `post` and `reply-to` have no visible field.
    package let field: String
    /// The key of the translation.
    package let words: String

    package init(field: String, words: String) {
      self.field = field
      self.words = words
    }
  }

  /// The progress of the reply.
  package enum Stage: Sendable, Hashable {
    case form
    /// It came without proof that one of our pages sent it, so its author must confirm it.
    case look
    case sent
  }

  package var stage = Stage.form
  /// A slug; the post may not exist.
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
  /// The page with the form to answer a post or a response, in the site's theme.
  ///
  /// - Parameter form: the form; nil when the reply cannot be sent any more.
  package func replyPage(_ draft: ReplyDraft, form: ReplyForm) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try ReplyPageView.Subject(draft: draft, form: form).write(self, into: &buffer)
    return buffer.bytes
  }
}

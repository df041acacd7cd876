package import StoaAddresses
import StoaHTML
package import StoaLink
import StoaModel
import StoaTemplates

/// The form of a program that receives replies itself (a preview or a service), in place of a forge's form.
package struct ReplyForm: Sendable, Hashable {
  /// The URL to which the form is sent, which is also that of its own page.
  package let action: String
  /// The token that proves that the form is from this program; empty on published pages, which anybody can copy.
  package let token: String
  /// The initial value of the name field.
  package let name: String
  /// The translation key of the note about what happens to a reply.
  package let note: String
  /// The URL at which a script gets a token for a form without one; empty if the form needs none.
  private(set) var tokenAddress = ""
  /// Whether it belongs to a service, which shows a reply before it is sent, and may notify people of answers by mail.
  private(set) var isOfService = false

  package init(action: String, token: String, name: String, note: String) {
    self.action = action
    self.token = token
    self.name = name
    self.note = note
  }

  /// The form of a service.
  ///
  /// - Parameter token: empty on a published page, which anybody can copy: the service shows a reply from there to its author
  ///   before it accepts it.
  package init(service: String, token: String = "") {
    self.init(action: "\(service)/reply", token: token, name: "", note: "reply-note-service")
    if token.isEmpty { tokenAddress = "\(service)/token" }
    isOfService = true
  }

  /// The address of the form's own page, for people who answer a response without a script.
  func address(answering response: String, of post: String) -> String {
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    return "\(action)?post=\(encode(post))&reply-to=\(encode(response))"
  }
}

/// The values of a form's fields, and its problems.
package struct ReplyDraft: Sendable, Hashable {
  package struct Problem: Sendable, Hashable {
    /// The name of the field; `post` and `reply-to` have no visible field.
    package let field: String
    /// The key of a translation.
    package let words: String

    package init(field: String, words: String) {
      self.field = field
      self.words = words
    }
  }

  /// The current step of a reply.
  package enum Stage: Sendable, Hashable {
    case form
    /// The author checks the reply once more, on request, or because it came without the token of our pages.
    case look
    case sent
    /// There is no form: the person followed a link in a mail.
    case notice(ServiceNotice)
  }

  package var stage = Stage.form
  /// A slug; the post may not exist.
  package var post = ""
  package var replyTo = ""
  package var name = ""
  package var website = ""
  package var stance = ""
  package var text = ""
  package var mail = ""
  /// Whether the author wants to be notified of answers.
  package var tells = false
  package var problems: [Problem] = []

  package init() {}
}

/// The page behind a link in a mail: a question with one button, because opening a link must change nothing, or a result.
package struct ServiceNotice: Sendable, Hashable {
  /// The keys of translations.
  package let title: String
  package let text: String
  /// Nil when there is nothing left to do.
  package var button: String?
  /// The target of the button, and the values that it sends.
  package var action = ""
  package var fields: [Field] = []

  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(title: String, text: String) {
    self.title = title
    self.text = text
  }
}

extension RenderContext {
  /// The page on which a visitor answers a post or a response, in the theme of the site.
  ///
  /// - Parameters:
  ///   - form: the form of the program that receives the reply.
  ///   - preview: the rendered text of the reply.
  package func replyPage(
    _ draft: ReplyDraft, form: ReplyForm, preview: LinkedBody? = nil
  ) throws -> [UInt8] {
    var buffer = ByteBuffer()
    let page = Part(ReplyPageView(draft, form, preview: preview, frame, view))
    try theme.render(PageKind.reply.row.template, page.record, into: &buffer)
    return buffer.bytes
  }

  /// The HTML of a body for a mail, with absolute URLs; empty when there is none.
  package func html(of body: LinkedBody, in conversation: Conversation) -> [UInt8] {
    var buffer = ByteBuffer()
    BodyWriter(
      body, view, medium: .feed(page: view.site.absolute(conversation.address)),
      isFromVisitors: true
    ).write(into: &buffer)
    return buffer.bytes
  }

  /// A translated phrase with names filled in.
  package func phrase(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
    view.strings.phrase(key, values)
  }

  /// The author of a response.
  package func name(of response: ThreadedResponse) -> String { view.name(of: response) }

  /// A translated fixed text.
  package func words(_ key: String) -> String { view.strings.text(key) }

  /// The absolute URL of a place on the site.
  package func absolute(_ address: SiteAddress) -> String { view.site.absolute(address) }
}

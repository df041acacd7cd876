package import StoaAddresses
import StoaHTML
package import StoaLink
import StoaModel
import StoaTemplates

/// The form of a program that receives replies itself (a preview or a service), in place of a forge's form.
package struct ReplyForm: Sendable, Hashable {
  /// Where the form goes, and where a page of its own is.
  package let action: String
  /// The token that proves that the form is from this program; empty on published pages, which anybody can copy.
  package let token: String
  /// What stands in the field for the name.
  package let name: String
  /// The key of the words that say what happens to a reply.
  package let note: String
  /// Where a script gets a token for the form of a page that has none; empty where it needs none.
  private(set) var tokenAddress = ""
  /// Whether it is a service's, which shows a reply before it is sent, and may tell people of answers by mail.
  private(set) var isOfService = false

  package init(action: String, token: String, name: String, note: String) {
    self.action = action
    self.token = token
    self.name = name
    self.note = note
  }

  /// The form of a service.
  ///
  /// - Parameter token: empty on a page that anybody may copy: the service shows what comes from there before it takes it.
  package init(service: String, token: String = "") {
    self.init(action: "\(service)/reply", token: token, name: "", note: "reply-note-service")
    if token.isEmpty { tokenAddress = "\(service)/token" }
    isOfService = true
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
    /// It is looked at once more, because its author asked for that, or because it came without a proof that a page of ours has
    /// sent it.
    case look
    case sent
    /// There is no form: somebody came by a link of a mail.
    case notice(ServiceNotice)
  }

  package var stage = Stage.form
  /// A slug, which may be of no post.
  package var post = ""
  package var replyTo = ""
  package var name = ""
  package var website = ""
  package var stance = ""
  package var text = ""
  package var mail = ""
  /// Whether the writer wants to be told of answers.
  package var tells = false
  package var problems: [Problem] = []

  package init() {}
}

/// What a link of a mail leads to: a question with one button, because to follow a link changes nothing, or what has become of it.
package struct ServiceNotice: Sendable, Hashable {
  /// The keys of the theme's words.
  package let title: String
  package let text: String
  /// Nil where there is nothing to do any more.
  package var button: String?
  /// Where the button goes, and what it sends.
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
  /// The page on which somebody answers a post or one of its responses, in the theme of the site.
  ///
  /// - Parameters:
  ///   - form: where it goes.
  ///   - preview: what the text will look like.
  package func replyPage(
    _ draft: ReplyDraft, form: ReplyForm, preview: LinkedBody? = nil
  ) throws -> [UInt8] {
    var buffer = ByteBuffer()
    let page = Part(ReplyPageView(draft, form, preview: preview, frame, view))
    try theme.render(PageKind.reply.row.template, page.record, into: &buffer)
    return buffer.bytes
  }

  /// A text as a mail shows it, with whole addresses; empty when there is none.
  package func html(of body: LinkedBody, in conversation: Conversation) -> [UInt8] {
    var buffer = ByteBuffer()
    BodyWriter(
      body, view, medium: .feed(page: view.site.absolute(conversation.address)),
      isFromVisitors: true
    ).write(into: &buffer)
    return buffer.bytes
  }

  /// One of the theme's phrases, with names put in.
  package func phrase(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
    view.strings.phrase(key, values)
  }

  /// Who wrote a response.
  package func name(of response: ThreadedResponse) -> String { view.name(of: response) }

  /// One of the theme's fixed texts.
  package func words(_ key: String) -> String { view.strings.text(key) }

  /// The whole address of a place of the site.
  package func absolute(_ address: SiteAddress) -> String { view.site.absolute(address) }
}

import StoaAddresses
import StoaLink
import StoaModel

/// The URL of a forge's page for a new issue, with prefilled fields.
struct IssueLink: Sendable {
  /// The URL that a form with the fields is sent to.
  let action: String
  let fields: [(name: String, value: String)]
  /// The name of the field for the reply marker; empty if the marker is a line of the text.
  let markerField: String
  let marker: String
  /// The name of the field for the text.
  let textField: String
  fileprivate let post: String

  /// The issue form in the repository, which `stoa init` makes; GitHub identifies it by its name and Forgejo by its path.
  private static let template = "reply.yml"

  init(_ forge: Settings.Forge, _ strings: Strings, _ conversation: Conversation) {
    post = conversation.post.slug
    marker = ReplyMarker.line(post: post)
    let title = strings.phrase("reply-subject", ["title": conversation.title])
    switch forge.kind {
    case .github:
      action = "\(forge.url)/issues/new"
      fields = [("template", Self.template), ("title", title)]
      (markerField, textField) = ("conversation", "text")
    case .forgejo:
      action = "\(forge.url)/issues/new"
      fields = [("template", ".forgejo/issue_template/\(Self.template)"), ("title", title)]
      (markerField, textField) = ("field:conversation", "field:text")
    case .gitlab:
      action = "\(forge.url)/-/issues/new"
      fields = [("issue[title]", title)]
      (markerField, textField) = ("", "issue[description]")
    }
  }

  /// The page for a new issue that answers a response, for people who write it on the forge.
  func address(answering response: String) -> String {
    let marker = ReplyMarker.line(post: post, response: response)
    let last =
      markerField.isEmpty
      ? (textField, ReplyMarker.comment(marker) + "\n\n") : (markerField, marker)
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    return "\(action)?"
      + (fields + [last]).map { "\(encode($0.0))=\(encode($0.1))" }.joined(separator: "&")
  }

  /// The maximum length of a URL that forges accept, with a margin: GitHub's limit is 8,192 bytes.
  static let maximumLength = 7_000

  /// The maximum number of characters, of any script, that fit into the URL: each has up to three bytes, and each byte takes
  /// three characters.
  var room: Int {
    let rest = address(answering: String(repeating: "-", count: 32)).utf8.count
    return max(100, (Self.maximumLength - rest) / 9)
  }
}

/// A form that opens a forge's page for a new issue.
struct IssueFormView: Shaped {
  private let link: IssueLink
  private let strings: Strings

  init(_ link: IssueLink, _ strings: Strings) {
    self.link = link
    self.strings = strings
  }

  static let shape = Shape<Self>(
    "issue",
    [
      .text("action", "the URL that the form is sent to") { $0.link.action },
      .list("fields", of: ReplyView.FieldView.self, "its hidden fields") {
        $0.link.fields.map { Part(ReplyView.FieldView(name: $0.name, value: $0.value)) }
      },
      .text("textName", "the name of the field for the text") { $0.link.textField },
      .text(
        "text", "the initial text of the text area: a line that names what is answered, or nothing"
      ) {
        $0.link.markerField.isEmpty ? ReplyMarker.comment($0.link.marker) + "\n\n" : ""
      },
      .text("markerName", "the name of the field for what is answered, or empty") {
        $0.link.markerField
      },
      .text("marker", "the value of that field for the post") { $0.link.marker },
      .list(
        "stances", of: IssueStanceView.self,
        "the stances to choose from, which the field names, too"
      ) { view in
        Response.Stance.allCases.map { stance in
          Part(
            IssueStanceView(
              marker: ReplyMarker.line(post: view.link.post, stance: stance),
              label: view.strings.text("stance-\(stance.rawValue)")))
        }
      },
      .text("maximumLength", "how many characters fit into an address") { String($0.link.room) },
    ])
}

/// A stance in the form for a new issue.
struct IssueStanceView: Shaped {
  fileprivate let marker: String
  fileprivate let label: String

  static let shape = Shape<Self>(
    "stance in an issue",
    [
      .text("marker", "the value of the field for what is answered, with the stance") {
        $0.marker
      },
      .text("label", "in words") { $0.label },
    ])
}

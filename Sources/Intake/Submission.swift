/// A reply as it was received, before validation.
package struct Submission: Sendable, Hashable {
  /// The fields that a problem can be about; the raw values are the names of a form's fields.
  package enum Field: String, Sendable, CaseIterable {
    case post
    case replyTo = "reply-to"
    case name
    case website
    case stance
    case text
    case mail
  }

  /// The names of fields that do not belong to the response.
  private static let tellField = "tell"
  private static let trapField = "more"

  /// The slug of the post that is answered.
  package var post = ""
  /// The id of the response that is answered; empty for the post itself.
  package var replyTo = ""
  package var name = ""
  package var website = ""
  /// Empty, or one of the stances of the format.
  package var stance = ""
  /// Markdown as typed into a text box.
  package var text = ""
  /// The mail address for notices of answers.
  package var mail = ""
  /// Whether notices are requested: an address alone requests nothing.
  package var tells = false
  /// The content of the field that people do not see.
  package var trap = ""

  package init() {}

  /// Reads the fields of a form; the last of two with the same name counts, although browsers send each name once.
  package init(_ fields: [FormField]) {
    for field in fields {
      switch Field(rawValue: field.name) {
      case .post?: post = field.value
      case .replyTo?: replyTo = field.value
      case .name?: name = field.value
      case .website?: website = field.value
      case .stance?: stance = field.value
      case .text?: text = field.value
      case .mail?: mail = field.value
      case nil:
        if field.name == Self.tellField { tells = !field.value.isEmpty }
        if field.name == Self.trapField { trap = field.value }
      }
    }
  }
}

/// The data of the answered conversation that the rules need.
package struct ReplyTarget: Sendable {
  package let post: String
  package let isOpen: Bool
  /// The ids of its responses.
  package let responses: Set<String>

  package init(post: String, isOpen: Bool, responses: Set<String>) {
    self.post = post
    self.isOpen = isOpen
    self.responses = responses
  }
}

/// The author of a response.
package enum ReplySignature: Sendable, Hashable {
  /// A contributor, by handle or name: only if the sender's identity is proven.
  case author(String)
  case guest(name: String, website: String)
}

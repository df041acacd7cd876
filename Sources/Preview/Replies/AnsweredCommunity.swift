package import StoaIntake
package import StoaLink
import StoaModel
package import StoaRender

// Lookups that a preview and a service make in a community.

extension Community {
  /// The conversation of a post; nil when no page shows it.
  package func conversation(_ slug: String) -> Conversation? {
    conversations.first { $0.post.slug.utf8.elementsEqual(slug.utf8) }
  }

  /// The same conversation, with the data that the rules for replies need.
  package func replyTarget(_ slug: String) -> ReplyTarget? {
    conversation(slug).map { conversation in
      ReplyTarget(
        post: conversation.post.slug, isOpen: conversation.post.acceptsResponses,
        responses: Set(conversation.responses.map(\.response.id)))
    }
  }
}

extension ReplyDraft {
  /// A draft with the submitted values.
  package init(_ submission: Submission) {
    self.init()
    post = submission.post
    replyTo = submission.replyTo
    name = submission.name
    website = submission.website
    stance = submission.stance
    text = submission.text
    mail = submission.mail
    tells = submission.tells
  }

  /// A draft with the submitted values and their problems.
  ///
  /// If the answered response no longer exists, the draft answers the post.
  package init(_ submission: Submission, _ problems: [Submission.Problem]) {
    self.init(submission)
    if problems.contains(where: { $0.field == .replyTo }) { replyTo = "" }
    self.problems = problems.map {
      Problem(field: $0.field.rawValue, words: "reply-problem-\($0.reason.rawValue)")
    }
  }

  /// A draft with the submitted values and the reason why it was refused.
  package init(_ submission: Submission, words: String) {
    self.init(submission)
    problems = [Problem(field: Submission.Field.post.rawValue, words: words)]
  }
}

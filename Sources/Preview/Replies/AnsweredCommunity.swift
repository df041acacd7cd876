package import StoaIntake
package import StoaLink
import StoaModel
package import StoaRender

// What a preview and a service ask of a community that is shown.

extension Community {
  /// The conversation of a post; nil when the pages show none.
  package func conversation(_ slug: String) -> Conversation? {
    conversations.first { $0.post.slug.utf8.elementsEqual(slug.utf8) }
  }

  /// The same, as far as the rules of replies ask about it.
  package func replyTarget(_ slug: String) -> ReplyTarget? {
    conversation(slug).map { conversation in
      ReplyTarget(
        post: conversation.post.slug, isOpen: conversation.post.acceptsResponses,
        responses: Set(conversation.responses.map(\.response.id)))
    }
  }
}

extension ReplyDraft {
  /// What was typed.
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

  /// What was typed, and what is wrong with it.
  ///
  /// Where the response that it answers has gone, it answers the post from now on.
  package init(_ submission: Submission, _ problems: [Submission.Problem]) {
    self.init(submission)
    if problems.contains(where: { $0.field == .replyTo }) { replyTo = "" }
    self.problems = problems.map {
      Problem(field: $0.field.rawValue, words: "reply-problem-\($0.reason.rawValue)")
    }
  }

  /// What was typed, and what kept it from being taken.
  package init(_ submission: Submission, words: String) {
    self.init(submission)
    problems = [Problem(field: Submission.Field.post.rawValue, words: words)]
  }
}

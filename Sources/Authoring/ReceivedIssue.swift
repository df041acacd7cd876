package import StoaIntake
import StoaLoad
import StoaModel
package import StoaParse
import StoaSystem

/// The result of receiving an issue.
package enum ReceivedIssue: Sendable {
  /// It is not a reply, or not a new one.
  case ignored(reason: String)
  /// The path of the response's file; not new if the same issue was received before.
  case written(file: String, isNew: Bool)
  case refused([Submission.Problem])
}

extension AuthoringContext {
  /// Writes an issue of the community's forge into a response's file.
  ///
  /// The file's name is derived from the issue's number, so that receiving an issue again makes no second response.
  ///
  /// - Parameter workers: how a build would parse the text.
  package func receive(
    _ issue: IssueEvent, workers: WorkerOptions
  ) async throws -> ReceivedIssue {
    guard let forge = sources.settings.forge else {
      throw UsageError("stoa.yml has no forge, so no issue can be a reply")
    }
    guard issue.isNew else { return .ignored(reason: "issue \(issue.number) is not new") }
    guard let submission = Submission(issue, page: forge.page(of: issue.account.name)) else {
      return .ignored(
        reason: "issue \(issue.number) is not a reply: it has no line with stoa-reply:")
    }
    let author = Contributor.handle(
      of: issue.account.name, on: forge.kind, among: sources.contributors.map(\.item))
    let pool = WorkerPool(workers)
    let outcome = try await submission.checked(
      author: author, answering: target(submission.post)
    ) { try await pool.canShow(reply: $0, settings: sources.settings) }
    switch outcome {
    case .refused(let problems): return .refused(problems)
    case .accepted(let reply):
      let date = sources.dates.read(issue.created) ?? now
      let day = date.day.description.filter { $0 != "-" }
      let file = reply.file(id: "\(day)-issue-\(issue.number)", date: date)
      let isNew = try RootFolder(root).create(file.path, file.bytes)
      return .written(file: file.path, isNew: isNew)
    }
  }

  private func target(_ slug: String) -> ReplyTarget? {
    guard let post = sources.posts.first(where: { $0.item.slug.utf8.elementsEqual(slug.utf8) })
    else { return nil }
    return ReplyTarget(
      post: post.item.slug, isOpen: post.item.acceptsResponses,
      responses: Set(
        sources.responses.filter { $0.item.postSlug == post.item.slug }.map(\.item.id)))
  }
}

extension Settings.Forge {
  /// The page of an account, for forges that do not report it.
  fileprivate func page(of account: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 2 ? "\(parts[0])//\(parts[2])/\(account)" : ""
  }
}

import StoaModel
import StoaParse

/// The guests' responses that contributors claim.
struct ResponseClaims: Sendable {
  /// The claimant's handle, with the place of the claim, by the index in Documents.
  private var claimants: [Int: Located<String>] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ documents: Documents) {
    guard documents.contributors.contains(where: { !$0.item.claims.isEmpty }) else { return }
    var indices: [Contributor.Claim: Int] = [:]
    for (index, response) in documents.responses.enumerated() {
      indices[Contributor.Claim(post: response.item.postSlug, id: response.item.id)] = index
    }
    for person in documents.contributors.map(\.item) {
      for claim in person.claims {
        guard let name = Contributor.Claim(claim.value), let index = indices[name] else {
          reportMissing(claim, documents)
          continue
        }
        take(claim, by: person, documents.responses[index].item, index)
      }
    }
  }

  private mutating func take(
    _ claim: Located<String>, by person: Contributor, _ response: Response, _ index: Int
  ) {
    if let other = claimants[index] {
      diagnostics.append(
        Diagnostic(
          .claimedTwice, at: claim.location,
          "“\(claim.value)” is claimed in \(other.location.file), too",
          suggestion: "one person wrote it: take one of the two lines out"))
      return
    }
    guard case .guest? = response.voice, response.removed == nil else {
      diagnostics.append(
        Diagnostic(
          .unresolvedReference, at: claim.location,
          "“\(claim.value)” is not by a guest, and only guests' responses can be claimed",
          suggestion: "take the line out"))
      return
    }
    claimants[index] = Located(person.handle, at: claim.location)
  }

  private mutating func reportMissing(_ claim: Located<String>, _ documents: Documents) {
    if let name = Contributor.Claim(claim.value),
      documents.unread.has(response: name.id, to: name.post)
    {
      return
    }
    diagnostics.append(
      Diagnostic(
        .unresolvedReference, at: claim.location, "there is no response “\(claim.value)”",
        suggestion:
          "write the post's slug and the response's id, such as slack-rope#20260304-k7m2q9wd"
      ))
  }

  /// The author of a response.
  func voice(of index: Int, _ response: Response) -> Response.Voice? {
    claimants[index].map { .author($0) } ?? response.voice
  }
}

import StoaModel

extension Names {
  /// The authors who agreed to an audience, in the order of the authors.
  ///
  /// Only authors are named, because a page shows their names anyway.
  func agreed(
    _ agreements: [Agreement], to audience: Audience, among authors: [Index<ContributorEntry>]
  ) -> [Index<ContributorEntry>] {
    guard !agreements.isEmpty else { return [] }
    return authors.filter { author in
      agreements.contains { people.find($0.name.value) == author && $0.covers(audience) }
    }
  }

  func isAgreed(_ agreements: [Agreement], to audience: Audience, by speaker: Speaker?) -> Bool {
    guard case .contributor(let author)? = speaker else { return false }
    return !agreed(agreements, to: audience, among: [author]).isEmpty
  }
}

extension Community {
  /// Reports agreements by people who are not authors, and agreements to less than the document's audience.
  mutating func checkAgreements(_ names: Names) {
    guard !settings.audiences.isEmpty else { return }
    var found: [Diagnostic] = []
    for conversation in conversations {
      if !conversation.post.agreements.isEmpty, conversation.post.removed == nil {
        found += diagnostics(
          conversation.post.agreements, to: conversation.audience, by: conversation.authors, names)
      }
      for response in conversation.responses + conversation.mentions
      where !response.response.agreements.isEmpty && response.response.removed == nil {
        var authors: [Index<ContributorEntry>]?
        if case .contributor(let author)? = response.speaker { authors = [author] }
        found += diagnostics(
          response.response.agreements, to: response.audience, by: authors, names)
      }
    }
    diagnostics += found
  }

  /// - Parameter authors: nil for a guest.
  private func diagnostics(
    _ agreements: [Agreement], to audience: Audience, by authors: [Index<ContributorEntry>]?,
    _ names: Names
  ) -> [Diagnostic] {
    var seen: [(person: Index<ContributorEntry>, audience: Audience?)] = []
    return agreements.compactMap { agreement in
      let name = agreement.name.value
      guard let authors else {
        return withoutEffect(
          agreement, "a guest wrote this, and a guest cannot agree to its audience",
          "take the line out; if a member wrote it, claims in the member's own file says so")
      }
      guard let person = names.people.find(name), authors.contains(person) else {
        let handles = authors.map { contributors[$0].handle }
        return withoutEffect(
          agreement, "“\(name)” did not write this, so there is nothing for “\(name)” to agree to",
          handles.isEmpty ? "take the name out" : "name who did: \(handles.joined(separator: ", "))"
        )
      }
      guard agreement.covers(audience) else {
        let narrower = agreement.audience.map { settings.name(of: $0) } ?? ""
        let isAgreedElsewhere = agreements.contains {
          names.people.find($0.name.value) == person && $0.covers(audience)
        }
        return isAgreedElsewhere
          ? nil
          : withoutEffect(
            agreement,
            "“\(name)” agreed to “\(narrower)”, and this is for “\(settings.name(of: audience))”",
            "ask again, and write the name below the wider audience")
      }
      guard !seen.contains(where: { $0 == (person, agreement.audience) }) else {
        return withoutEffect(
          agreement, "“\(name)” has agreed already", "take one of the two names out")
      }
      seen.append((person, agreement.audience))
      return nil
    }
  }

  private func withoutEffect(
    _ agreement: Agreement, _ message: String, _ suggestion: String
  ) -> Diagnostic {
    Diagnostic(
      .agreementWithoutEffect, at: agreement.name.location, message, suggestion: suggestion)
  }
}

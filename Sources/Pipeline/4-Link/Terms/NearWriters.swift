import StoaModel

extension Community {
  private static var peopleShown: Int { 5 }
  private static var textsShown: Int { 4 }
  private static var fewestConversations: Int { 3 }

  /// Gives each open question the people who have written about similar subjects, with their documents.
  ///
  /// Beyond three conversations, the amount that a person wrote does not matter: those with the closest words are shown.
  mutating func addNearWriters(_ nearest: [[Index<Conversation>]]) {
    for index in conversations.places {
      let conversation = conversations[index]
      guard conversation.post.kind == .question, !conversation.isSolved,
        conversation.post.acceptsResponses, conversation.post.removed == nil
      else { continue }
      conversations[index].nearWriters = nearWriters(nearest[index.position], of: conversation)
    }
  }

  private func nearWriters(
    _ nearest: [Index<Conversation>], of question: Conversation
  ) -> [NearWriter] {
    // People in the order in which they are found, closest conversation first.
    var found: [Index<ContributorEntry>] = []
    var places: [Index<ContributorEntry>: [Reference]] = [:]
    for other in nearest {
      for (person, reference) in firstTexts(in: other) where contributors[person].isListed {
        if places[person] == nil { found.append(person) }
        places[person, default: []].append(reference)
      }
    }
    let here = Set(firstTexts(ofConversation: question).map(\.person))
    return
      found.filter { !here.contains($0) && (places[$0]?.count ?? 0) >= Self.fewestConversations }
      .prefix(Self.peopleShown).sorted()
      .map { NearWriter(contributor: $0, texts: Array((places[$0] ?? []).prefix(Self.textsShown))) }
  }

  /// Everyone with a page who wrote in a conversation, each with their first document there.
  private func firstTexts(
    in index: Index<Conversation>
  ) -> [(person: Index<ContributorEntry>, reference: Reference)] {
    firstTexts(ofConversation: conversations[index]).map { person, response in
      (person, Reference(conversation: index, response: response))
    }
  }

  private func firstTexts(
    ofConversation conversation: Conversation
  ) -> [(person: Index<ContributorEntry>, response: Index<ThreadedResponse>?)] {
    var seen: Set<Index<ContributorEntry>> = []
    var texts: [(person: Index<ContributorEntry>, response: Index<ThreadedResponse>?)] = []
    for author in conversation.authors where seen.insert(author).inserted {
      texts.append((author, nil))
    }
    for position in conversation.responses.places
    where conversation.responses[position].isCounted {
      guard case .contributor(let person)? = conversation.responses[position].speaker,
        seen.insert(person).inserted
      else { continue }
      texts.append((person, position))
    }
    return texts
  }
}

import StoaModel

extension Community {
  /// Gives conversations their first slugs, and reports feed ids that two documents share: feed readers would mistake one for the
  /// other.
  mutating func addFeedIDs(_ layout: SiteLayout) {
    for (number, slug) in layout.firstSlugs { conversations[number].firstSlug = slug }
    for (number, moved) in layout.moved { conversations[number].moved = moved }
    reportRepeatedFeedIDs()
  }

  private mutating func reportRepeatedFeedIDs() {
    let isChosen = conversations.contains { conversation in
      conversation.post.feedID != nil
        || conversation.responses.contains { $0.response.feedID != nil }
    }
    // Ids that follow from names are as unique as the names.
    guard isChosen else { return }
    var owners: [String: String] = [:]
    var chosen: [(id: Located<String>, file: String)] = []
    for conversation in conversations {
      let part = conversation.feedPart
      if let id = conversation.post.feedID {
        chosen.append((id, conversation.post.file))
      } else {
        owners[part] = conversation.post.file
      }
      for response in conversation.responses {
        if let id = response.response.feedID {
          chosen.append((id, response.response.file))
        } else {
          owners["\(part)/\(response.response.id)"] = response.response.file
        }
      }
    }
    chosen.sort { $0.id.location.file.precedes($1.id.location.file) }
    for (id, file) in chosen {
      guard let other = owners[id.value] else {
        owners[id.value] = file
        continue
      }
      diagnostics.append(
        Diagnostic(
          .duplicateId, at: id.location, "“\(id.value)” is also the id of \(other) in feeds",
          suggestion: "take the line out, or write another id",
          notes: [Diagnostic.Note("first used here", at: SourceLocation(file: other))]))
    }
  }
}

extension CopyOnWrite<ConversationEntry> {
  /// The post's part of ids in feeds: from its file, or its first slug.
  package var feedPart: String { self.post.feedID?.value ?? self.firstSlug }
}

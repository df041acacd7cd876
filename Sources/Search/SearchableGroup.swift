import StoaAddresses
import StoaLink
import StoaModel

/// A page of the site that can be found, with its documents, each of which can be found separately.
struct SearchableGroup: Sendable {
  /// The kind of page; the numbers are those of the filters and of the options on the theme's search page.
  enum Kind: Int {
    case post, question, practice, page, topic, contributor
  }

  /// One document: the page's own, or a response.
  struct Text: Sendable {
    let body: LinkedBody?
    /// The author's own summary, which is not in the body.
    var summary = ""
    /// The id of a response; empty for the page's own document.
    var id = ""
    /// The authors' names, as in lists.
    var names: [String] = []
    /// The names that find it, without those of people whom lists do not show.
    var soughtNames: [String] = []
    /// The contributors whose filter finds it.
    var people: [Index<ContributorEntry>] = []
    var date: Timestamp?
    /// The author of the parent response; empty for a reply to the post.
    var parent = ""
    var language: String?
  }

  let kind: Kind
  let title: String
  let address: SiteAddress
  var topics: [Index<TopicEntry>] = []
  /// The page's own document, and responses in reading order.
  let texts: [Text]
}

extension Community {
  /// All groups: pages, topics and people, then conversations from the oldest to the newest, so that a new one changes no other's
  /// number.
  var searchable: [SearchableGroup] {
    let pageGroups = pages.map { entry in
      SearchableGroup(
        kind: .page, title: entry.title, address: entry.address,
        texts: [SearchableGroup.Text(body: entry.body, language: entry.page.language)])
    }
    let topicGroups = topics.places.map { index in
      SearchableGroup(
        kind: .topic, title: topics[index].title, address: topics[index].address, topics: [index],
        texts: [SearchableGroup.Text(body: topics[index].description)])
    }
    let personGroups = listedPeople.map { index in
      SearchableGroup(
        kind: .contributor, title: contributors[index].name, address: contributors[index].address,
        texts: [
          SearchableGroup.Text(
            body: contributors[index].bio, soughtNames: [contributors[index].handle],
            people: [index])
        ])
    }
    let conversationGroups = conversations.places.reversed().filter { isListed($0) }
      .map { group(conversations[$0]) }
    return pageGroups + topicGroups + personGroups + conversationGroups
  }

  private func group(_ conversation: Conversation) -> SearchableGroup {
    let post = SearchableGroup.Text(
      body: conversation.body, summary: conversation.ownSummary,
      names: conversation.authors.map { contributors[$0].name },
      soughtNames: conversation.authors.filter { contributors[$0].isListed }
        .map { contributors[$0].name },
      people: conversation.authors.filter { contributors[$0].isListed }, date: conversation.date,
      language: conversation.post.language)
    let responses = conversation.responses.filter { $0.response.removed == nil }.map { response in
      var text = SearchableGroup.Text(
        body: response.body, id: response.response.id, date: response.date,
        parent: response.parent.map { name(conversation.responses[$0].speaker) } ?? "",
        language: response.response.language ?? conversation.post.language)
      text.names = [name(response.speaker)]
      switch response.speaker {
      case .contributor(let index)? where contributors[index].isListed:
        text.soughtNames = text.names
        text.people = [index]
      case .guest?: text.soughtNames = text.names
      case .contributor?, nil: break
      }
      return text
    }
    return SearchableGroup(
      kind: .init(conversation.post.kind), title: conversation.title,
      address: conversation.address, topics: conversation.topics, texts: [post] + responses)
  }

  private func name(_ speaker: Speaker?) -> String {
    switch speaker {
    case .contributor(let index)?: contributors[index].name
    case .guest(let name, _)?: name
    case nil: ""
    }
  }
}

extension SearchableGroup.Kind {
  fileprivate init(_ kind: Post.Kind) {
    switch kind {
    case .article: self = .post
    case .question: self = .question
    case .practice: self = .practice
    }
  }
}

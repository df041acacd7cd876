internal import StoaAddresses
internal import StoaModel
internal import StoaParse

/// Every text with its slots resolved, and the links that lead from one text to another.
internal struct Bodies: Sendable {
  /// A link between two things that have pages.
  internal struct Edge: Sendable {
    internal enum Source: Sendable {
      case post(conversation: Int)
      case response(conversation: Int, response: Int)
      case page(Int)
    }

    internal let source: Source
    internal let target: Place.Owner
    internal let sentence: String
  }

  /// One for each of the layout's conversations.
  internal private(set) var posts: [LinkedBody] = []
  internal private(set) var postImages: [LinkedBody.Target] = []
  /// By the index in Documents; nil for a response without a post.
  internal private(set) var responses: [LinkedBody?] = []
  internal private(set) var pages: [LinkedBody] = []
  /// By the index in Documents.
  internal private(set) var topics: [LinkedBody] = []
  internal private(set) var contributors: [LinkedBody] = []
  internal private(set) var contributorImages: [LinkedBody.Target] = []
  internal private(set) var edges: [Edge] = []
  internal private(set) var diagnostics: [Diagnostic] = []

  private struct Work: Sendable {
    let document: Document
    let origin: Origin
    let image: Located<String>?
    let source: Edge.Source?
  }

  private struct Outcome: Sendable {
    let body: LinkedBody
    let image: LinkedBody.Target
    let edges: [Edge]
    let diagnostics: [Diagnostic]
  }

  internal init(_ documents: Documents, names: Names, layout: SiteLayout, jobs: Int) async {
    let run = { (works: [Work]) async -> [Outcome] in
      await mapInSlices(works, jobs: jobs) { Self.resolve($0, names: names, index: layout.index) }
    }
    let postOutcomes = await run(
      layout.conversations.enumerated().map { number, entry in
        let post = documents.posts[entry.post]
        return Work(
          document: post.document,
          origin: Origin(
            owner: .conversation(number), file: post.item.file, address: entry.address),
          image: post.item.image, source: post.item.isUnlisted ? nil : .post(conversation: number))
      })
    posts = postOutcomes.map(\.body)
    postImages = postOutcomes.map(\.image)

    let (responseWorks, responseIndexes) = Self.responseWorks(documents, layout)
    let responseOutcomes = await run(responseWorks)
    responses = [LinkedBody?](repeating: nil, count: documents.responses.count)
    for (index, outcome) in zip(responseIndexes, responseOutcomes) {
      responses[index] = outcome.body
    }

    let pageOutcomes = await run(
      layout.pages.enumerated().map { number, entry in
        let page = documents.pages[entry.page]
        return Work(
          document: page.document,
          origin: Origin(owner: .page(number), file: page.item.file, address: entry.address),
          image: nil, source: .page(number))
      })
    pages = pageOutcomes.map(\.body)

    let topicOutcomes = await run(
      documents.topics.map { topic in
        let owner = layout.index.byFile[topic.item.file]?.owner ?? .generated
        let address = SiteAddress.topic(topic.item.slug)
        return Work(
          document: topic.document,
          origin: Origin(owner: owner, file: topic.item.file, address: address), image: nil,
          source: nil)
      })
    topics = topicOutcomes.map(\.body)

    let contributorOutcomes = await run(
      documents.contributors.map { person in
        let owner = layout.index.byFile[person.item.file]?.owner ?? .generated
        let address = SiteAddress.contributor(person.item.handle)
        return Work(
          document: person.document,
          origin: Origin(owner: owner, file: person.item.file, address: address),
          image: person.item.image, source: nil)
      })
    contributors = contributorOutcomes.map(\.body)
    contributorImages = contributorOutcomes.map(\.image)

    for outcome in postOutcomes + responseOutcomes + pageOutcomes + topicOutcomes
      + contributorOutcomes
    {
      edges += outcome.edges
      diagnostics += outcome.diagnostics
    }
  }

  private static func responseWorks(
    _ documents: Documents, _ layout: SiteLayout
  ) -> (works: [Work], indexes: [Int]) {
    var works: [Work] = []
    var indexes: [Int] = []
    for (number, entry) in layout.conversations.enumerated() {
      let isUnlisted = documents.posts[entry.post].item.isUnlisted
      let members =
        entry.nodes.enumerated().map { ($1.response, Int?($0)) }
        + entry.mentions.map { ($0, nil) }
      for (index, position) in members {
        let response = documents.responses[index]
        // A tombstone's text is gone, and so is what it linked to.
        let isRemoved = response.item.removed != nil
        let address = entry.address.with(fragment: "response-\(response.item.id)")
        works.append(
          Work(
            document: isRemoved ? Document() : response.document,
            origin: Origin(
              owner: .conversation(number), file: response.item.file, address: address),
            image: nil,
            source: isUnlisted
              ? nil : position.map { .response(conversation: number, response: $0) }))
        indexes.append(index)
      }
    }
    return (works, indexes)
  }

  private static func resolve(_ work: Work, names: Names, index: SiteIndex) -> Outcome {
    var resolver = SlotResolver(
      index, people: names.people, topics: names.topics, origin: work.origin)
    let body = resolver.resolve(work.document)
    let image = work.image.map { resolver.image($0) } ?? .none
    let edges = work.source.map { source in
      resolver.edges.map { Edge(source: source, target: $0.target, sentence: $0.sentence) }
    }
    return Outcome(
      body: body, image: image, edges: edges ?? [], diagnostics: resolver.diagnostics)
  }
}

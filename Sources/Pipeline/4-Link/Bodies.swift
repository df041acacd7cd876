import StoaAddresses
import StoaModel
import StoaParse

/// Every document with its slots resolved, and the links between documents.
struct Bodies: Sendable {
  /// A link between two items that have pages.
  struct Edge: Sendable, Equatable {
    enum Source: Sendable, Hashable {
      case post(conversation: Index<Conversation>)
      case response(conversation: Index<Conversation>, response: Index<ThreadedResponse>)
      case page(Index<PageEntry>)
    }

    let source: Source
    let target: Place.Owner
    let sentence: String
  }

  /// One for each of the layout's conversations.
  private(set) var posts: [Outcome] = []
  /// By the index in Documents; nil for a response without a post.
  private(set) var responses: [Outcome?] = []
  /// One for each of the layout's pages.
  private(set) var pages: [Outcome] = []
  /// By the index in Documents.
  private(set) var topics: [Outcome] = []
  private(set) var contributors: [Outcome] = []
  /// The responses that have a post, in reading order.
  private var readingOrder: [Int] = []
  /// The documents that quote others, in a fixed order.
  private(set) var quotingTexts: [Text] = []

  private let book: AddressBook

  /// A text to resolve.
  struct Work {
    let document: Document
    let origin: Origin
    fileprivate let image: Located<String>?
    let source: Edge.Source?
  }

  /// A resolved document.
  struct Outcome: Sendable {
    let body: LinkedBody
    let image: LinkedBody.Target
    /// The source of its links; nil for a document that lists do not name.
    let source: Edge.Source?
    let edges: [Edge]
    let quotes: [Quote]
    let findings: [Finding]

    static let empty = Outcome(
      body: LinkedBody(Document(), targets: []), image: .none, source: nil, edges: [],
      quotes: [], findings: [])
  }

  init(_ documents: Documents, _ book: AddressBook, layout: SiteLayout, jobs: Int) async {
    self.book = book
    let run = { (texts: [Text]) async -> [Outcome] in
      await mapInSlices(texts, jobs: jobs) { Self.resolve(Self.work($0, documents, layout), book) }
    }
    posts = await run(layout.conversationPlaces.map { .conversation($0) })

    let members = layout.conversationPlaces.flatMap { Self.members(of: $0, layout) }
    readingOrder = members.map(\.response)
    responses = [Outcome?](repeating: nil, count: documents.responses.count)
    let outcomes = await run(members.map { .response($0) })
    for (index, outcome) in zip(readingOrder, outcomes) { responses[index] = outcome }

    pages = await run(layout.pages.indices.map { .page(Index($0)) })
    topics = await run(documents.topics.indices.map { .topic($0) })
    contributors = await run(documents.contributors.indices.map { .contributor($0) })
    quotingTexts =
      ([
        layout.conversationPlaces.map { .conversation($0) }, members.map { .response($0) },
        layout.pages.indices.map { .page(Index($0)) }, documents.topics.indices.map { .topic($0) },
        documents.contributors.indices.map { .contributor($0) },
      ] as [[Text]]).flatMap { $0.filter { !self[$0].quotes.isEmpty } }
    settleQuotes(documents, layout)
  }

  /// Every link between documents, in a fixed order.
  var edges: [Edge] { collect(\.edges) }

  var findings: [Finding] { collect(\.findings) }

  /// One property of all documents, in order.
  private func collect<Thing>(_ things: (Outcome) -> [Thing]) -> [Thing] {
    var all: [Thing] = []
    for outcome in posts { all += things(outcome) }
    for index in readingOrder { all += responses[index].map(things) ?? [] }
    for outcome in pages { all += things(outcome) }
    for outcome in topics { all += things(outcome) }
    for outcome in contributors { all += things(outcome) }
    return all
  }

  // MARK: The texts

  /// The document, by its index in the layout, or in Documents for the files of topics and contributors.
  enum Text: Sendable {
    case conversation(Index<Conversation>)
    case response(Member)
    case page(Index<PageEntry>)
    case topic(Int)
    case contributor(Int)
  }

  /// A response with its place: `position` is nil for a mention outside the thread.
  struct Member: Sendable {
    let conversation: Index<Conversation>
    /// The index in Documents.
    let response: Int
    let position: Index<ThreadedResponse>?
  }

  /// The responses of a conversation in reading order, then its mentions.
  static func members(of conversation: Index<Conversation>, _ layout: SiteLayout) -> [Member] {
    let entry = layout[conversation]
    return entry.nodes.enumerated().map {
      Member(conversation: conversation, response: $1.response, position: Index($0))
    }
      + entry.mentions.map { Member(conversation: conversation, response: $0, position: nil) }
  }

  static func work(_ text: Text, _ documents: Documents, _ layout: SiteLayout) -> Work {
    switch text {
    case .conversation(let number):
      let entry = layout[number]
      let post = documents.posts[entry.post]
      return Work(
        document: post.document,
        origin: Origin(owner: .conversation(number), file: post.item.file, address: entry.address),
        image: post.item.image, source: post.item.isUnlisted ? nil : .post(conversation: number))
    case .response(let member):
      let entry = layout[member.conversation]
      let response = documents.responses[member.response]
      let isUnlisted = documents.posts[entry.post].item.isUnlisted
      let source = member.position.map {
        Edge.Source.response(conversation: member.conversation, response: $0)
      }
      return Work(
        // A tombstone has no text, and therefore no links.
        document: response.item.removed == nil ? response.document : Document(),
        origin: Origin(
          owner: .conversation(member.conversation), file: response.item.file,
          address: entry.address.with(fragment: "response-\(response.item.id)")),
        image: nil, source: isUnlisted ? nil : source)
    case .page(let number):
      let entry = layout[number]
      let page = documents.pages[entry.page]
      return Work(
        document: page.document,
        origin: Origin(owner: .page(number), file: page.item.file, address: entry.address),
        image: nil, source: .page(number))
    case .topic(let number):
      let topic = documents.topics[number]
      return Work(
        document: topic.document,
        origin: Origin(
          owner: layout.index.byFile[topic.item.file]?.owner ?? .generated, file: topic.item.file,
          address: .topic(topic.item.slug)),
        image: nil, source: nil)
    case .contributor(let number):
      let person = documents.contributors[number]
      return Work(
        document: person.document,
        origin: Origin(
          owner: layout.index.byFile[person.item.file]?.owner ?? .generated, file: person.item.file,
          address: .contributor(person.item.handle)),
        image: person.item.image, source: nil)
    }
  }

  private static func resolve(_ work: Work, _ book: AddressBook) -> Outcome {
    var resolver = SlotResolver(book, origin: work.origin)
    let body = resolver.resolve(work.document)
    let image = work.image.map { resolver.image($0) } ?? .none
    let edges = work.source.map { source in
      resolver.edges.map { Edge(source: source, target: $0.target, sentence: $0.sentence) }
    }
    return Outcome(
      body: body, image: image, source: work.source, edges: edges ?? [], quotes: resolver.quotes,
      findings: resolver.findings)
  }

  // MARK: Changed words

  /// Resolves one document again; returns the old result and the new one.
  mutating func resolve(
    _ text: Text, _ documents: Documents, _ layout: SiteLayout
  ) -> (old: Outcome, new: Outcome) {
    let new = Self.resolve(Self.work(text, documents, layout), book)
    let old = self[text]
    self[text] = new
    return (old, new)
  }

  subscript(text: Text) -> Outcome {
    get {
      switch text {
      case .conversation(let index): posts[index.position]
      case .response(let member): responses[member.response] ?? .empty
      case .page(let index): pages[index.position]
      case .topic(let index): topics[index]
      case .contributor(let index): contributors[index]
      }
    }
    set {
      switch text {
      case .conversation(let index): posts[index.position] = newValue
      case .response(let member): responses[member.response] = newValue
      case .page(let index): pages[index.position] = newValue
      case .topic(let index): topics[index] = newValue
      case .contributor(let index): contributors[index] = newValue
      }
    }
  }
}

import StoaAddresses
import StoaModel
import StoaParse

extension Community {
  /// Makes the entries of every kind, without their connections.
  mutating func assemble(
    _ documents: Documents, names: Names, layout: SiteLayout, bodies: Bodies, jobs: Int
  ) async {
    conversations = await mapInSlices(Array(layout.conversations.indices), jobs: jobs) {
      Self.conversation(
        layout.conversations[$0], number: $0, documents, names: names, anchors: layout.anchors,
        bodies: bodies)
    }
    topics = names.topics.entries.map { entry in
      let parsed = entry.file.map { documents.topics[$0] }
      return TopicEntry(
        slug: entry.slug, title: entry.title, address: .topic(entry.slug), file: parsed?.item,
        description: entry.file.map { bodies.topics[$0].body },
        audience: parsed?.audience ?? settings.widestAudience)
    }
    contributors = names.people.entries.map { entry in
      let file = entry.file.map { documents.contributors[$0].item }
      return ContributorEntry(
        handle: entry.slug, name: entry.title, address: .contributor(entry.slug), file: file,
        bio: entry.file.map { bodies.contributors[$0].body }, url: file?.url,
        image: entry.file.map { bodies.contributors[$0].image } ?? .none,
        hue: Face.hue(of: entry.slug), initials: Face.initials(of: entry.title),
        isListed: file?.isListed ?? true)
    }
    pages = layout.pages.enumerated().map { number, entry in
      let page = documents.pages[entry.page]
      return PageEntry(
        page: page.item, title: entry.title, body: bodies.pages[number].body,
        address: entry.address,
        audience: page.audience, revisions: names.revisions(page.history, by: [], documents))
    }
  }

  private static func conversation(
    _ entry: SiteLayout.Entry, number: Int, _ documents: Documents, names: Names,
    anchors: [Int: [String]], bodies: Bodies
  ) -> Conversation {
    let post = documents.posts[entry.post]
    var authors: [Index<ContributorEntry>] = []
    for author in post.item.authors {
      if let found = names.people.find(author.value), !authors.contains(found) {
        authors.append(found)
      }
    }
    var topics: [Index<TopicEntry>] = []
    for topic in post.item.topics {
      if let found = names.topics.find(topic.value), !topics.contains(found) {
        topics.append(found)
      }
    }
    var conversation = ConversationEntry(
      post: post.item, title: entry.title, body: bodies.posts[number].body,
      summary: post.item.summary?.directionBalanced ?? bodies.posts[number].body.summary,
      address: entry.address,
      date: entry.date,
      audience: post.audience, status: post.status,
      image: bodies.posts[number].image,
      readingMinutes: post.document.readingMinutes,
      revisions: names.revisions(
        post.history, by: authors.map { .contributor($0) }, documents))
    conversation.authors = authors
    conversation.agreed = names.agreed(post.item.agreements, to: post.audience, among: authors)
    conversation.topics = topics

    let threaded = { (index: Int, node: ThreadBuilder.Node?, number: Int?) in
      Self.threaded(
        documents.responses[index],
        voice: names.claims.voice(of: index, documents.responses[index].item),
        node: node, number: number, postDate: entry.date,
        authors: authors, answer: post.item.answer?.value, names: names, documents,
        anchors: anchors[index] ?? [],
        body: (bodies.responses[index] ?? .empty).body)
    }
    var topLevel = 0
    conversation.responses = entry.nodes.map { node in
      if node.depth == 0 { topLevel += 1 }
      return threaded(node.response, node, node.depth == 0 ? topLevel : nil)
    }
    conversation.mentions = entry.mentions.map { threaded($0, nil, nil) }
    conversation.responseCount = conversation.responses.count { $0.isCounted }
    let speakers =
      authors.map { Speaker.contributor($0) } + conversation.responses.compactMap(\.speaker)
    var seen: Set<Speaker> = []
    conversation.participants = speakers.filter { seen.insert($0.withoutAddress).inserted }
    for index in conversation.responses.places where conversation.responses[index].isCounted {
      let date = conversation.responses[index].date
      if let last = conversation.lastWord.map({ conversation.responses[$0].date }), date < last {
        continue
      }
      conversation.lastWord = index
      conversation.latestActivity = max(conversation.latestActivity, date)
    }
    return Conversation(conversation)
  }

  private static func threaded(
    _ parsed: Parsed<Response>, voice: Response.Voice?, node: ThreadBuilder.Node?, number: Int?,
    postDate: Timestamp,
    authors: [Index<ContributorEntry>], answer: String?, names: Names, _ documents: Documents,
    anchors: [String],
    body: LinkedBody
  ) -> ThreadedResponse {
    let speaker: Speaker? =
      switch parsed.item.removed == nil ? voice : nil {
      case .author(let name)?: names.people.find(name.value).map { .contributor($0) }
      case .guest(let name, let url)?: .guest(name: name.directionBalanced, url: url)
      case nil: nil
      }
    let isByPostAuthor =
      if case .contributor(let index)? = speaker { authors.contains(index) } else { false }
    return ThreadedResponse(
      response: parsed.item, body: body, speaker: speaker, date: parsed.item.date ?? postDate,
      audience: parsed.audience, status: parsed.status, depth: node?.depth ?? 0,
      parent: node?.parent.map { Index($0) },
      number: number, isByPostAuthor: isByPostAuthor,
      isAgreed: names.isAgreed(parsed.item.agreements, to: parsed.audience, by: speaker),
      isAnswer: parsed.item.id == answer,
      anchors: anchors,
      descendants: node?.descendants ?? 0,
      revisions: names.revisions(
        parsed.item.removed == nil ? parsed.history : nil, by: speaker.map { [$0] } ?? [], documents
      ))
  }
}

extension Document {
  /// At 220 words a minute, rounded.
  var readingMinutes: Int { max(1, (wordCount + 110) / 220) }
}

extension ThreadedResponse {
  /// Whether counts include it: neither a mention nor a tombstone.
  package var isCounted: Bool { response.isCounted }

  /// Whether it is an answer by somebody who is not one of the post's authors.
  var isFromOthers: Bool { isCounted && !isByPostAuthor }
}

extension Speaker {
  /// One icon for a guest who wrote twice, with and without a website.
  package var withoutAddress: Speaker {
    if case .guest(let name, _) = self { .guest(name: name, url: nil) } else { self }
  }
}

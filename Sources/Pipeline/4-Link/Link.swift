import StoaAddresses
import StoaModel
package import StoaParse

/// Makes all connections: threads, topics, contributors, links and backlinks.
///
/// Checks that compare items (names, replies, targets) report here, so that they only ever mention shown items.
package func link(_ documents: Documents, jobs: Int) async -> Community {
  let linking = await Linking(documents, jobs: jobs)
  deallocateInBackground(linking)
  return linking.community
}

/// A community together with the data behind its connections, so that a preview can update a few of them.
package struct Linking: Sendable {
  package internal(set) var community: Community
  let names: Names
  let layout: SiteLayout
  var bodies: Bodies
  /// Diagnostics that are not about links in documents.
  let otherDiagnostics: [Diagnostic]
  /// The state before links in documents were resolved.
  private let suggestions: Suggestions

  package init(_ documents: Documents, jobs: Int) async {
    var community = Community(documents.facts)
    async let registries = Names(documents)
    var layout = SiteLayout(documents)
    let names = await registries
    await layout.place(documents, names: names, jobs: jobs)
    self.names = names
    self.layout = layout
    let book = AddressBook(layout.index, names, documents.settings)
    bodies = await Bodies(documents, book, layout: layout, jobs: jobs)
    var suggestions = Suggestions(book)
    community.diagnostics =
      documents.diagnostics + names.people.diagnostics + names.topics.diagnostics
      + names.claims.diagnostics
      + layout.diagnostics + suggestions.answer(layout.findings)
    community.files = layout.files
    community.redirects = layout.redirects
    community.gone = layout.gone

    await community.assemble(documents, names: names, layout: layout, bodies: bodies, jobs: jobs)
    community.checkAgreements(names)
    community.addFeedIDs(layout)
    community.addHues()
    community.addAppearance(layout, &suggestions)
    let edges = bodies.edges
    community.addAnswers(layout)
    community.addTranslations(layout, &suggestions)
    community.addBacklinks(edges, quotes: bodies.quotes)
    await community.addPassages(jobs: jobs)
    community.addDistillations(layout, &suggestions)
    community.addSuccessors(layout, &suggestions)
    community.addBeginnings(layout, &suggestions)
    community.addOrder()
    await community.addTopicConnections(names, documents.unread, &suggestions, jobs: jobs)
    await community.addPeople(jobs: jobs)
    await community.addCloseness(edges, jobs: jobs)
    community.addDigests(of: layout.digestMonths(documents))
    otherDiagnostics = community.diagnostics
    self.suggestions = suggestions
    self.community = community
    sortDiagnostics()
  }

  /// Sorts the diagnostics, and adds suggestions for wrong names in documents.
  mutating func sortDiagnostics() {
    var suggestions = suggestions
    community.diagnostics = (otherDiagnostics + suggestions.answer(bodies.findings)).sorted()
  }
}

/// The names of people and topics, with their spellings grouped.
struct Names: Sendable {
  let people: NameRegistry<ContributorEntry>
  let topics: NameRegistry<TopicEntry>
  let claims: ResponseClaims

  init(_ documents: Documents) {
    claims = ResponseClaims(documents)
    var authors = documents.posts.flatMap(\.item.authors)
    for (index, response) in documents.responses.enumerated() where response.item.removed == nil {
      if case .author(let name)? = claims.voice(of: index, response.item) { authors.append(name) }
    }
    people = NameRegistry(
      noun: "contributor",
      files: documents.contributors.map { parsed in
        NamingFile(
          slug: parsed.item.handle, path: parsed.item.file, title: parsed.item.name,
          aliases: parsed.item.aliases)
      },
      uses: authors)
    topics = NameRegistry(
      noun: "topic",
      files: documents.topics.map { parsed in
        NamingFile(
          slug: parsed.item.slug, path: parsed.item.file, title: parsed.item.title,
          aliases: parsed.item.aliases)
      },
      uses: documents.posts.flatMap(\.item.topics))
  }
}

internal import StoaAddresses
internal import StoaModel
package import StoaParse

/// Makes every connection: threads, topics, contributors, links and their other ends.
///
/// Checks that compare items (names, replies, targets) report here, so that they only ever speak of what is shown.
package func link(_ documents: Documents, jobs: Int) async -> Community {
  var community = Community(
    settings: documents.settings, audience: documents.audience, asOf: documents.asOf,
    root: documents.root, theme: documents.theme)
  community.diagnostics = documents.diagnostics

  let names = Names(documents)
  let layout = SiteLayout(documents, names: names)
  community.diagnostics += names.people.diagnostics + names.topics.diagnostics + layout.diagnostics

  let bodies = await Bodies(documents, names: names, layout: layout, jobs: jobs)
  community.diagnostics += bodies.diagnostics
  community.files = layout.files
  community.redirects = layout.redirects

  community.assemble(documents, names: names, layout: layout, bodies: bodies)
  community.addAppearance(layout)
  community.addBacklinks(bodies)
  community.addAnswers(layout)
  community.addDistillations(layout)
  community.addOrder()
  community.addTopicConnections(names, documents)
  community.addPeople()
  community.addRelated(bodies)
  community.diagnostics.sort()
  return community
}

/// The names of people and topics, each brought together.
internal struct Names: Sendable {
  internal let people: NameRegistry
  internal let topics: NameRegistry

  internal init(_ documents: Documents) {
    var authors = documents.posts.flatMap(\.item.authors)
    for response in documents.responses where response.item.removed == nil {
      if case .author(let name)? = response.item.voice { authors.append(name) }
    }
    people = NameRegistry(
      noun: "contributor",
      files: documents.contributors.map { parsed in
        NameRegistry.File(
          slug: parsed.item.handle, path: parsed.item.file, title: parsed.item.name,
          aliases: parsed.item.aliases)
      },
      uses: authors)
    topics = NameRegistry(
      noun: "topic",
      files: documents.topics.map { parsed in
        NameRegistry.File(
          slug: parsed.item.slug, path: parsed.item.file, title: parsed.item.title,
          aliases: parsed.item.aliases)
      },
      uses: documents.posts.flatMap(\.item.topics))
  }
}

import StoaAddresses
import StoaLoad
import StoaModel

/// The properties of the community that an import needs.
struct CommunityFacts {
  /// Whether there is a stoa.yml.
  let exists: Bool
  let dates: DateReader
  /// Narrowest first.
  let audiences: [String]
  /// The default audience of posts; nil when the community has no audiences.
  let defaultAudience: String?
  /// Whether e-mail addresses in the bodies of responses are shown.
  private(set) var showsAddressesInText = false
  /// Slugs of posts and pages, with their files.
  private(set) var files: [(slug: String, file: String)] = []
  /// Ids of responses by the slug of their post, with their files.
  private(set) var responses: [String: [(id: String, file: String)]] = [:]
  private(set) var topics = NamePlan()
  private(set) var people = NamePlan()
  /// Folded handles that have a file.
  private(set) var handles: Set<String> = []
  /// Handles by the account that a contributor's file names, such as `github:ada`.
  private(set) var accounts: [String: String] = [:]
  /// Folded slugs of topics that have a file.
  private(set) var topicSlugs: Set<String> = []
  /// Old addresses, with the file that has each.
  private(set) var aliases: [String: String] = [:]
  /// Posts by folded title and by old address, for comments whose post is not in the source.
  private(set) var postsByName: [String: (slug: String, file: String)] = [:]

  /// The properties of a community that the import creates.
  init() {
    exists = false
    dates = DateReader(zone: .utc)
    audiences = []
    defaultAudience = nil
  }

  init(loading root: String, exists: Bool) async throws {
    guard exists else {
      self = CommunityFacts()
      return
    }
    self.exists = true
    let sources = try await load(from: root, options: LoadOptions(jobs: 2))
    dates = sources.dates
    audiences = sources.settings.audiences
    showsAddressesInText = sources.settings.showsAddressesInText
    defaultAudience =
      audiences.isEmpty ? nil : sources.settings.name(of: sources.settings.audienceByDefault)
    for post in sources.posts { take(post.item) }
    for page in sources.pages {
      files.append((page.item.slug, page.item.file))
      for alias in page.item.aliases { take(alias: alias.value, of: page.item.file) }
    }
    for response in sources.responses {
      responses[response.item.postSlug, default: []].append(
        (response.item.id, response.item.file))
      if case .author(let name)? = response.item.voice {
        people.addExisting(name.value, hasFile: false)
      }
    }
    for topic in sources.topics {
      topicSlugs.insert(Slug.foldedKey(topic.item.slug))
      topics.addExisting(topic.item.title?.value ?? topic.item.slug, hasFile: true)
    }
    for person in sources.contributors {
      handles.insert(Slug.foldedKey(person.item.handle))
      for account in person.item.accounts {
        accounts["\(account.value.forge.rawValue):\(account.value.name)"] = person.item.handle
      }
      people.addExisting(person.item.name?.value ?? person.item.handle, hasFile: true)
      people.addExisting(person.item.handle, hasFile: true)
    }
  }

  private mutating func take(alias: String, of file: String) {
    aliases[alias] = aliases[alias] ?? file
  }

  private mutating func take(_ post: Post) {
    files.append((post.slug, post.file))
    for alias in post.aliases { take(alias: alias.value, of: post.file) }
    for topic in post.topics { topics.addExisting(topic.value, hasFile: false) }
    for author in post.authors { people.addExisting(author.value, hasFile: false) }
    // A slug is the most reliable name, then an old address, then a title.
    let names = [post.title?.value ?? ""] + post.aliases.map(\.value) + [post.slug]
    for name in names { postsByName[Slug.make(from: name)] = (post.slug, post.file) }
    postsByName[""] = nil
  }
}

internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

extension Planner {
  internal mutating func addPages() {
    for kind in PageKind.allCases where kind.row.isMade(context.settings) { add(kind) }
  }

  /// Every page of a kind; a list is cut into pages.
  private mutating func add(_ kind: PageKind) {
    let community = context.community
    switch kind {
    case .home: addOne(kind) { HomeView.view($0, $1) }
    case .conversation:
      for (index, conversation) in community.conversations.enumerated() {
        add(kind, at: conversation.address) { ConversationView.view(index, $0, $1) }
      }
    case .page:
      for (index, page) in community.pages.enumerated() {
        add(kind, at: page.address) { PageView.view(index, $0, $1) }
      }
    case .posts: addList(kind, of: listed.count) { [listed] in PostsView.view(listed, $0, $1, $2) }
    case .topics: addList(kind, of: community.topics.count) { TopicsView.view($0, $1, $2) }
    case .topic:
      for (index, topic) in community.topics.enumerated() {
        addList(kind, of: topic.conversations.count, at: topic.address) {
          TopicView.view(index, $0, $1, $2)
        }
      }
    case .contributors:
      let people = community.contributors.indices.filter { community.contributors[$0].isListed }
      addList(kind, of: people.count) { ContributorsView.view(people, $0, $1, $2) }
    case .contributor:
      for (index, person) in community.contributors.enumerated() {
        addList(kind, of: person.conversations.count, person.responses.count, at: person.address) {
          ContributorView.view(index, $0, $1, $2)
        }
      }
    case .questions:
      let questions = listed.filter { community.conversations[$0].post.kind == .question }
      let open = questions.filter { community.conversations[$0].answer == nil }
      let answered = questions.filter { community.conversations[$0].answer != nil }
      addList(kind, of: open.count, answered.count) {
        QuestionsView.view(open: open, answered: answered, $0, $1, $2)
      }
    case .practices:
      let practices = listed.filter { community.conversations[$0].post.kind == .practice }
      addList(kind, of: practices.count) { PracticesView.view(practices, $0, $1, $2) }
    case .archive: addArchive(kind)
    case .notFound: addOne(kind) { NotFoundView.view($0, $1) }
    case .search: addOne(kind) { SearchView.view($0, $1) }
    // What has a place keeps it: `addRedirects` comes after the feeds.
    case .redirect: break
    }
  }

  private mutating func addOne(
    _ kind: PageKind, _ view: @escaping @Sendable (PageFrame, ViewContext) -> Record
  ) {
    guard let address = kind.row.address else { return }
    add(kind, at: address, view)
  }

  /// The pages of lists that turn together, at the kind's address or at one of its own.
  private mutating func addList(
    _ kind: PageKind, of lengths: Int..., at base: SiteAddress? = nil,
    _ view: @escaping @Sendable (ListPage, PageFrame, ViewContext) -> Record
  ) {
    guard let base = base ?? kind.row.address else { return }
    for page in ListPage.pages(of: lengths, size: context.settings.pageSize, at: base) {
      add(kind, at: page.address) { view(page, $0, $1) }
    }
  }

  private mutating func addArchive(_ kind: PageKind) {
    guard let address = kind.row.address else { return }
    var years: [Int] = []
    for index in listed {
      let year = context.community.conversations[index].date.day.year
      if years.last != year { years.append(year) }
    }
    for section in ArchiveView.sections(of: listed, at: address, context) {
      addList(kind, of: section.conversations.count, at: section.address) { [years] in
        ArchiveView.view(section, years: years, $0, $1, $2)
      }
    }
  }
}

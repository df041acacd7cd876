internal import StoaAddresses
internal import StoaLink
internal import StoaModel

extension Planner {
  /// Every list, cut into pages.
  internal mutating func addLists() {
    let community = context.community
    let listed = community.conversations.indices.filter { community.isListed($0) }
    for page in pages(of: listed.count, at: SiteAddress("/posts/")) {
      add(page: page.address, "posts") { PostsView.view(listed, page, $0, $1) }
    }
    for page in pages(of: community.topics.count, at: SiteAddress("/topics/")) {
      add(page: page.address, "topics") { TopicsView.view(page, $0, $1) }
    }
    for (index, topic) in community.topics.enumerated() {
      for page in pages(of: topic.conversations.count, at: topic.address) {
        add(page: page.address, "topic") { TopicView.view(index, page, $0, $1) }
      }
    }
    let people = community.contributors.indices.filter { community.contributors[$0].isListed }
    for page in pages(of: people.count, at: SiteAddress("/contributors/")) {
      add(page: page.address, "contributors") { ContributorsView.view(people, page, $0, $1) }
    }
    for (index, person) in community.contributors.enumerated() {
      for page in pages(
        of: person.conversations.count, person.responses.count, at: person.address)
      {
        add(page: page.address, "contributor") { ContributorView.view(index, page, $0, $1) }
      }
    }
    addKinds(listed)
    addArchive(listed)
  }

  private mutating func addKinds(_ listed: [Int]) {
    let conversations = context.community.conversations
    let questions = listed.filter { conversations[$0].post.kind == .question }
    let open = questions.filter { conversations[$0].answer == nil }
    let answered = questions.filter { conversations[$0].answer != nil }
    for page in pages(of: open.count, answered.count, at: SiteAddress("/questions/")) {
      add(page: page.address, "questions") {
        QuestionsView.view(open: open, answered: answered, page, $0, $1)
      }
    }
    let practices = listed.filter { conversations[$0].post.kind == .practice }
    for page in pages(of: practices.count, at: SiteAddress("/practices/")) {
      add(page: page.address, "practices") { PracticesView.view(practices, page, $0, $1) }
    }
  }

  private mutating func addArchive(_ listed: [Int]) {
    var years: [Int] = []
    for index in listed {
      let year = context.community.conversations[index].date.day.year
      if years.last != year { years.append(year) }
    }
    for section in ArchiveView.sections(of: listed, context) {
      for page in pages(of: section.conversations.count, at: section.address) {
        add(page: page.address, "archive") { [years] in
          ArchiveView.view(section, years: years, page, $0, $1)
        }
      }
    }
  }

  private func pages(of lengths: Int..., at base: SiteAddress) -> [ListPage] {
    ListPage.pages(of: lengths, size: context.settings.pageSize, at: base)
  }
}

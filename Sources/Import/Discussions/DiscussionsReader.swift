import StoaData
import StoaModel

/// Reads GitHub's discussions as its GraphQL gives them: the documents that `gh api graphql --paginate` writes one after another.
struct DiscussionsReader: ConversationReader {
  let people: [SourcePerson] = []
  let privateValues: [String] = []
  private(set) var site: SourceSite
  private(set) var counts = SourceCounts()
  private(set) var notes: [String] = []

  private let options: Options
  private var discussions: [SourceRecord] = []
  private var topics: [SourceTopic] = []
  private var seenTopics: Set<String> = []
  private var seen: Set<String> = []
  private var entries: [ImportReport.Entry] = []
  private var nextDiscussion = 0
  private var reactionCount = 0

  struct Options {
    let dates: SourceDates
    let author: String
    /// Handles by account: `github:ada`.
    let accounts: [String: String]
  }

  init(path: String, siteName: String, options: Options) throws {
    self.options = options
    site = SourceSite(name: siteName)
    var total = 0
    for document in try JSONDocuments.read(path) {
      for message in document.list("errors") {
        notes.append("GitHub says: \(CleanText.line(message.text("message")))")
      }
      let repository =
        document.record("data")?.record("repository") ?? document.record("repository") ?? document
      if site.url.isEmpty { takeSite(repository) }
      let all = repository.record("discussions")
      total = max(total, Int(all?.text("totalCount") ?? "") ?? 0)
      for discussion in all?.nodes ?? [] where seen.insert(discussion.text("id", "url")).inserted {
        discussions.append(discussion)
      }
    }
    guard !discussions.isEmpty else {
      throw ImportFailure(
        path, "there is no discussion in it; the guide has the query whose result this reads")
    }
    if total > discussions.count {
      notes.append(
        "the repository has \(total) discussions, and the file holds \(discussions.count)")
    }
    if site.url.isEmpty, let first = discussions.first?.text("url") {
      site.url = first.split(separator: "/").dropLast().joined(separator: "/")
    }
    if site.name.isEmpty { site.name = Self.repository(of: discussions[0].text("url")) }
    if site.title.isEmpty { site.title = site.name }
    site.addresses = [discussions[0].text("url")].filter { !$0.isEmpty }.map { url in
      url.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }
    site.url = ""
  }

  private mutating func takeSite(_ repository: SourceRecord) {
    site.url = repository.text("url")
    let name = repository.text("nameWithOwner")
    if site.name.isEmpty { site.name = name }
    site.title = repository.text("name").isEmpty ? name : repository.text("name")
    site.description = CleanText.line(repository.text("description"))
  }

  /// `owner/name` of a discussion's address.
  private static func repository(of url: String) -> String {
    let parts = url.split(separator: "/")
    return parts.count > 3 ? parts[2...3].joined(separator: "/") : "discussions"
  }

  mutating func next() throws -> SourceConversation? {
    guard nextDiscussion < discussions.count else {
      if reactionCount > 0, !notes.contains(where: { $0.hasSuffix("reactions were left out") }) {
        notes.append("\(reactionCount) reactions were left out")
      }
      return nil
    }
    defer { nextDiscussion += 1 }
    return conversation(discussions[nextDiscussion])
  }

  mutating func rest() throws -> SourceRest { SourceRest(topics: topics, entries: entries) }

  // MARK: Discussions

  private mutating func conversation(_ record: SourceRecord) -> SourceConversation {
    let url = record.text("url")
    let number = record.text("number")
    var post = SourcePost(key: "discussion-\(number.isEmpty ? record.text("id") : number)")
    counts.add("post")
    post.title = CleanText.line(record.text("title"))
    post.authors = [author(of: record).name]
    post.date = options.dates.read(record.text("createdAt"))
    post.updated = options.dates.read(record.text("lastEditedAt"))
    post.permalink = url
    post.linkNames = [url]
    post.acceptsResponses = record.flag("locked") != true && record.flag("closed") != true
    takeTopics(record, into: &post)
    post.answer = record.record("answer")?.text("id")
    let body = CleanText.clean(record.text("body").utf8)
    post.text = .markdown(body)
    takeGiscus(body, into: &post)
    count(reactionsOf: record)
    var conversation = SourceConversation(post: post)
    let comments = record.record("comments")
    for comment in comments?.nodes ?? [] {
      add(comment, parent: nil, to: &conversation)
      let replies = comment.record("replies")
      for reply in replies?.nodes ?? [] {
        add(reply, parent: comment.text("id"), to: &conversation)
      }
      note(
        missing: replies, of: "comment \(Self.anchor(of: comment))", in: &conversation.post)
    }
    note(missing: comments, of: "discussion", in: &conversation.post)
    return conversation
  }

  /// Adds a note if the file lacks items: GitHub returns at most a hundred of each kind.
  private func note(missing list: SourceRecord?, of what: String, in post: inout SourcePost) {
    guard let list, let total = Int(list.text("totalCount")), total > list.nodes.count else {
      return
    }
    post.notes.append("its \(what) has \(total) answers, and the file holds \(list.nodes.count)")
  }

  private mutating func takeTopics(_ record: SourceRecord, into post: inout SourcePost) {
    if let category = record.record("category") {
      let name = CleanText.line(category.text("name"))
      post.isQuestion = category.flag("isAnswerable") == true
      post.topics.append(name)
      let description = category.text("description")
      if !name.isEmpty, seenTopics.insert(name).inserted {
        counts.add("topic")
        topics.append(
          SourceTopic(
            key: "category-\(category.text("slug").isEmpty ? name : category.text("slug"))",
            name: name, text: .markdown(CleanText.clean(description.utf8))))
      }
    }
    post.topics += record.record("labels")?.nodes.map { CleanText.line($0.text("name")) } ?? []
  }

  /// A discussion that giscus created is about a page of a site, whose URL is in its title or its text.
  private func takeGiscus(_ body: [UInt8], into post: inout SourcePost) {
    guard body.contains(text: "<!-- sha1: ") else { return }
    post.matches = [post.title]
    for word in body.split(whereSeparator: { $0 <= 0x20 || $0 == 0x3C || $0 == 0x3E })
    where word.starts(with: "http".utf8) {
      post.matches.append(String(decoding: word, as: UTF8.self))
    }
  }

  // MARK: Comments

  private mutating func add(
    _ record: SourceRecord, parent: String?, to conversation: inout SourceConversation
  ) {
    counts.add("comment")
    count(reactionsOf: record)
    let identifier = record.text("id")
    let anchor = Self.anchor(of: record)
    var comment = SourceComment(
      key: identifier.isEmpty
        ? "\(conversation.post.key)-\(conversation.comments.count + 1)" : identifier,
      identifiers: [identifier].filter { !$0.isEmpty }, wishedId: anchor)
    let author = author(of: record)
    comment.name = author.name
    comment.url = author.url
    comment.contributor = author.isMember ? author.name : nil
    comment.date = options.dates.read(record.text("createdAt"))
    comment.parents = parent.map { $0.isEmpty ? [] : [.identifier($0)] } ?? []
    comment.permalink = record.text("url")
    comment.anchors = anchor.hasPrefix("discussioncomment-") ? [anchor] : []
    let body = CleanText.clean(record.text("body").utf8)
    comment.text = .markdown(InlineTags.translated(body, withBlocks: true))
    comment.leftOut = Self.reasonToLeaveOut(record, isEmpty: body.allSatisfy { $0 <= 0x20 })
    conversation.comments.append(comment)
  }

  private static func reasonToLeaveOut(_ record: SourceRecord, isEmpty: Bool) -> String? {
    let deleted = record.text("deletedAt")
    if !deleted.isEmpty, deleted != "null" { return "it was deleted" }
    if record.flag("isMinimized") == true {
      let reason = record.text("minimizedReason").lowercased()
      return "its source hides it" + (reason.isEmpty || reason == "null" ? "" : " (\(reason))")
    }
    return isEmpty ? "it has no text" : nil
  }

  /// The fragment of its URL, such as `discussioncomment-12`.
  private static func anchor(of record: SourceRecord) -> String {
    let parts = record.text("url").split(separator: "#")
    return parts.count > 1 ? parts.last.map(String.init) ?? "" : record.text("id")
  }

  /// The author: a member whose file names the account, otherwise a guest; GitHub shows deleted users as a ghost.
  private func author(of record: SourceRecord) -> (name: String, url: String, isMember: Bool) {
    guard let author = record.record("author") else { return ("ghost", "", false) }
    let login = CleanText.line(author.text("login"))
    if let handle = options.accounts["github:\(login.lowercased())"] { return (handle, "", true) }
    let name = CleanText.line(author.text("name"))
    let isNamed = !name.isEmpty && name != "null"
    return (isNamed ? name : login, author.text("url"), false)
  }

  private mutating func count(reactionsOf record: SourceRecord) {
    reactionCount += Int(record.record("reactions")?.text("totalCount") ?? "") ?? 0
  }
}

extension SourceRecord {
  /// The records of a list below a key.
  func list(_ key: String) -> [SourceRecord] {
    guard case .list(let items)? = self[key] else { return [] }
    return items.compactMap { item in
      if case .mapping(let entries) = item { SourceRecord(entries) } else { nil }
    }
  }

  /// The items of a connection, as GraphQL names them.
  var nodes: [SourceRecord] {
    let nodes = list("nodes")
    return nodes.isEmpty ? list("edges").compactMap { $0.record("node") } : nodes
  }
}

import StoaModel

/// Reads Disqus's export: first threads, then comments in any order.
///
/// One pass: the bodies of comments go to an unlinked file, so that memory holds only names and dates until each conversation is
/// assembled by its thread.
struct DisqusReader: ConversationReader {
  let people: [SourcePerson] = []
  private(set) var privateValues: [String] = []
  private(set) var site: SourceSite
  private(set) var counts = SourceCounts()
  private(set) var notes: [String] = []

  private var threads: [Thread] = []
  private var byIdentifier: [String: Int] = [:]
  private var entries: [ImportReport.Entry] = []
  private var nextThread = 0
  private let author: String

  /// A page of the site, as Disqus knows it.
  private struct Thread {
    var post: SourcePost
    var comments: [SourceComment] = []
  }

  init(
    path: String, siteName: String, author: String, options: DisqusComment.Options,
    repairs: Bool = false
  ) throws {
    site = SourceSite(name: siteName)
    self.author = author
    var reader = try XMLElementReader(path: path, itemDepth: 1, recovers: true, repairs: repairs)
    let texts = try SpilledTexts()
    var values: Set<String> = []
    while let element = try reader.next() {
      let root = reader.surroundings.first?.name
      guard root != "rss" else {
        throw reader.failure(
          "this is WXR, which Disqus takes for its custom import, and not what Disqus exports: stoa import wordpress reads it"
        )
      }
      guard root == "disqus" else {
        throw reader.failure("this is not Disqus's export: the root element is not “disqus”")
      }
      if site.name.isEmpty { site.name = element.line(of: "forum") }
      values.formUnion(Self.privateValues(of: element))
      if let failure = element.failure {
        leaveOut(element, failure)
        continue
      }
      switch element.name {
      case "category":
        counts.add("category")
        entries.append(
          ImportReport.Entry(
            noun: "category", source: element.line(of: "title"),
            outcome: .leftOut(reason: "a category of Disqus, which posts do not need")))
      case "thread": takeThread(element, options.dates)
      case "post":
        counts.add("comment")
        try takeComment(element, texts, options)
      default: break
      }
    }
    guard !threads.isEmpty else {
      throw ImportFailure(path, "this is not Disqus's export: there is no thread in it")
    }
    if site.name.isEmpty { site.name = "disqus" }
    site.title = site.name
    privateValues = values.sorted()
    notes = reader.repairNote.map { [$0] } ?? []
    // Its threads name the pages of the site.
    site.addresses = Set(threads.compactMap { $0.post.oldAddresses.first.flatMap(Self.site) })
      .sorted()
  }

  mutating func next() throws -> SourceConversation? {
    guard nextThread < threads.count else { return nil }
    defer { nextThread += 1 }
    let thread = threads[nextThread]
    // Only the current conversation is kept in memory.
    threads[nextThread].comments = []
    return SourceConversation(post: thread.post, comments: thread.comments)
  }

  mutating func rest() throws -> SourceRest { SourceRest(entries: entries) }

  /// The URL of the page that a thread belongs to.
  private static func site(of page: String) -> String? {
    let parts = page.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 2 && parts[1].isEmpty ? parts[..<3].joined(separator: "/") : nil
  }

  private static func privateValues(of element: XMLElement) -> [String] {
    [element.line(of: "ipAddress"), element.first("author")?.line(of: "email") ?? ""]
  }

  /// A single broken item is reported with its place; the rest of its conversation is imported.
  private mutating func leaveOut(_ element: XMLElement, _ failure: ImportFailure) {
    let noun = element.name == "post" ? "comment" : element.name
    let identifier = element.attributes["dsq:id"] ?? "without an id"
    counts.add(noun)
    entries.append(
      ImportReport.Entry(
        noun: noun, source: "\(noun)-\(identifier)",
        outcome: .leftOut(
          reason: "line \(failure.line), column \(failure.column): \(failure.reason)")))
  }

  // MARK: Threads

  private mutating func takeThread(_ element: XMLElement, _ dates: SourceDates) {
    let identifier = element.attributes["dsq:id"] ?? "\(threads.count + 1)-without-id"
    counts.add("thread")
    var post = standIn(
      key: "thread-\(identifier)", noun: "thread",
      page: element.line(of: "link"), title: HTMLEntities.decode(element.line(of: "title")))
    post.date = dates.read(element.line(of: "createdAt"))
    post.acceptsResponses = element.line(of: "isClosed") != "true"
    let own = element.line(of: "id")
    post.matches = [post.oldAddresses.first ?? "", own, post.title]
    if element.line(of: "isDeleted") == "true" {
      post.state = .leftOut(reason: "the thread was deleted")
    }
    byIdentifier[identifier] = byIdentifier[identifier] ?? threads.count
    threads.append(Thread(post: post))
  }

  private func standIn(key: String, noun: String, page: String, title: String) -> SourcePost {
    var post = SourcePost(key: key)
    post.noun = noun
    post.isStandIn = true
    post.title = title.isEmpty ? page : title
    let last = OldAddress.path(of: page)?.split(separator: "/").last.map(String.init) ?? ""
    post.wishedSlug = StaticmanLayout.stem(of: last)
    post.authors = [author.isEmpty ? site.name : author]
    post.text = .markdown(Array(StandIn.text(for: page).utf8))
    if !page.isEmpty { post.oldAddresses = [page] }
    return post
  }

  // MARK: Comments

  private mutating func takeComment(
    _ element: XMLElement, _ texts: SpilledTexts, _ options: DisqusComment.Options
  ) throws {
    let comment = try DisqusComment(
      element, index: counts.byNoun["comment"] ?? 0, texts: texts, options: options
    ).comment
    let thread = element.first("thread")?.attributes["dsq:id"] ?? ""
    if let index = byIdentifier[thread] {
      threads[index].comments.append(comment)
      return
    }
    // A thread that the export lacks still gets its conversation.
    byIdentifier[thread] = threads.count
    let name = thread.isEmpty ? "a thread without a name" : "thread \(thread)"
    var post = standIn(key: "thread-\(thread)", noun: "", page: "", title: "Responses to \(name)")
    post.matches = []
    threads.append(Thread(post: post, comments: [comment]))
  }
}

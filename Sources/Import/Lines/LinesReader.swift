import StoaData
import StoaModel

/// Reads conversations from JSON Lines (the guide's page on importing from anything else): one item a line, in any order.
///
/// One pass: texts go to an unlinked file, so that memory holds only names and dates until conversations are assembled by post.
struct LinesReader: ConversationReader {
  private(set) var people: [SourcePerson] = []
  private(set) var privateValues: [String] = []
  private(set) var site: SourceSite
  private(set) var counts = SourceCounts()

  private var conversations: [SourceConversation] = []
  private var byIdentifier: [String: Int] = [:]
  private var logins: Set<String> = []
  private var topics: [SourceTopic] = []
  private var entries: [ImportReport.Entry] = []
  private var nextConversation = 0

  private let path: String
  private let options: Options
  private let texts: SpilledTexts

  struct Options {
    let dates: SourceDates
    let author: String
    let includesPending: Bool
    /// Names under which contributors wrote.
    let contributors: [String]
  }

  init(path: String, siteName: String, options: Options) throws {
    self.path = path
    self.options = options
    site = SourceSite(name: siteName)
    texts = try SpilledTexts()
    let stream = try LineStream(path: path)
    var responses: [LinesResponse] = []
    var itemCount = 0
    var firstProblem: ImportFailure?
    while let line = try stream.next() {
      guard !line.allSatisfy({ $0 <= 0x20 }) else { continue }
      do throws(SourceProblem) {
        let record = try Self.record(in: line)
        itemCount += 1
        try take(record, line: stream.line, &responses)
      } catch {
        let failure = ImportFailure(path, line: stream.line, column: error.column, error.message)
        firstProblem = firstProblem ?? failure
        leaveOut("line \(stream.line)", "line", "column \(error.column): \(error.message)")
      }
    }
    guard itemCount > 0 else {
      throw firstProblem ?? ImportFailure(path, "there is no line of JSON in it")
    }
    if site.name.isEmpty { site.name = site.title.isEmpty ? "comments" : site.title }
    for response in responses { add(response) }
  }

  mutating func next() throws -> SourceConversation? {
    guard nextConversation < conversations.count else { return nil }
    defer { nextConversation += 1 }
    let conversation = conversations[nextConversation]
    // Only the current conversation is kept in memory.
    conversations[nextConversation].comments = []
    return conversation
  }

  mutating func rest() throws -> SourceRest { SourceRest(topics: topics, entries: entries) }

  private static func record(in line: ArraySlice<UInt8>) throws(SourceProblem) -> SourceRecord {
    // A file may begin with a byte order mark.
    let clean = CleanText.clean(line)
    guard case .mapping(let entries) = try JSONReader.read(clean, dropsNull: true) else {
      throw SourceProblem(line: 1, column: 1, message: "expected an object: {\"type\": …}")
    }
    return SourceRecord(entries)
  }

  private mutating func leaveOut(_ source: String, _ noun: String, _ reason: String) {
    counts.add(noun)
    entries.append(
      ImportReport.Entry(noun: noun, source: source, outcome: .leftOut(reason: reason)))
  }

  // MARK: Lines

  private mutating func take(
    _ record: SourceRecord, line: Int, _ responses: inout [LinesResponse]
  ) throws(SourceProblem) {
    switch record.text("type") {
    case "site":
      site.title = CleanText.line(record.text("title"))
      site.description = CleanText.line(record.text("description"))
      site.language = record.text("language")
      site.url = record.text("url")
    case "person": takePerson(record, line: line)
    case "topic":
      counts.add("topic")
      let name = CleanText.line(record.text("title", "name"))
      topics.append(
        SourceTopic(
          key: "topic-\(Self.identifier(record, line: line))", name: name,
          parent: CleanText.line(record.text("parent")), audience: record.audience,
          text: LinesText(record).markup))
    case "post": try takePost(record, line: line)
    case "response", "comment":
      counts.add("comment")
      let response = LinesResponse(
        record, identifier: Self.identifier(record, line: line), options, texts)
      guard let response else {
        throw SourceProblem(line: line, column: 1, message: "its text cannot be kept")
      }
      responses.append(response)
    case let type:
      leaveOut(
        "line \(line)", "other item",
        type.isEmpty ? "it has no “type”" : "its type “\(CleanText.line(type))” is not known")
    }
  }

  private static func identifier(_ record: SourceRecord, line: Int) -> String {
    let identifier = CleanText.line(record.text("id"))
    return identifier.isEmpty ? "line-\(line)" : identifier
  }

  private mutating func takePerson(_ record: SourceRecord, line: Int) {
    let identifier = Self.identifier(record, line: line)
    privateValues += record.personalValues
    guard logins.insert(identifier).inserted else {
      return leaveOut("person-\(identifier)", "person", "it is there twice")
    }
    counts.add("person")
    people.append(
      SourcePerson(
        key: "person-\(identifier)", login: identifier,
        name: CleanText.line(record.text("name")), url: CleanText.line(record.text("url")),
        audience: record.audience, text: LinesText(record).markup))
  }

  private mutating func takePost(_ record: SourceRecord, line: Int) throws(SourceProblem) {
    let identifier = Self.identifier(record, line: line)
    var post = LinesPost(
      record, identifier: identifier, options: options,
      folder: path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    ).post
    counts.add(post.noun)
    counts.add("file", post.files.count)
    guard let text = try? texts.add(post.text.load()) else {
      throw SourceProblem(line: line, column: 1, message: "its text cannot be kept")
    }
    post.text = .stored(text, isHTML: post.text.isHTML)
    byIdentifier[identifier] = byIdentifier[identifier] ?? conversations.count
    conversations.append(
      SourceConversation(post: post, privateValues: record.personalValues))
  }

  // MARK: Responses

  private mutating func add(_ response: LinesResponse) {
    let index = byIdentifier[response.post] ?? standIn(for: response.post)
    conversations[index].comments.append(response.comment)
    conversations[index].privateValues += response.personalValues
  }

  /// A placeholder for a post that the file lacks: it stands for a post of the community, or says that the post is missing.
  private mutating func standIn(for page: String) -> Int {
    var post = SourcePost(key: "thread-\(page)")
    post.noun = ""
    post.isStandIn = true
    let isAddress = page.hasPrefix("/") || page.contains("://")
    let last = OldAddress.path(of: page)?.split(separator: "/").last.map(String.init) ?? page
    post.title = page.isEmpty ? "Responses without a post" : page
    post.wishedSlug = StaticmanLayout.stem(of: last)
    post.authors = [options.author.isEmpty ? site.name : options.author]
    post.matches = page.isEmpty ? [] : [page]
    post.text = .markdown(Array(StandIn.text(for: page).utf8))
    if isAddress { post.oldAddresses = [page] }
    byIdentifier[page] = conversations.count
    conversations.append(SourceConversation(post: post))
    return conversations.count - 1
  }
}

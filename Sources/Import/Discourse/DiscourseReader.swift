import StoaData
import StoaLoad
import StoaModel
import StoaSystem

/// Reads topics of Discourse: `/t/ID.json`, in one or several files for each topic, or one file for each post as in public
/// archives.
struct DiscourseReader: ConversationReader {
  let people: [SourcePerson] = []
  let privateValues: [String] = []
  let site: SourceSite
  private(set) var counts = SourceCounts()
  private(set) var notes: [String] = []

  private let root: String
  private let options: Options
  private var files: [String] = []
  private var uploads: [String: String] = [:]
  /// The files of each topic, by its number.
  private var filesOfTopic: [Int: [String]] = [:]
  private var order: [Int] = []
  private var categories: [Int: Category] = [:]
  private var topics: [SourceTopic] = []
  private var usedCategories: Set<Int> = []
  private var entries: [ImportReport.Entry] = []
  private var nextTopic = 0

  struct Options {
    let dates: SourceDates
    let author: String
    /// The URL of the forum; empty if it is unknown.
    let url: String
  }

  private struct Category {
    let name: String
    let parent: Int?
    let text: [UInt8]
    /// Whether only some members of the forum may read it.
    let isRestricted: Bool
  }

  private static let maximumDepth = 12

  init(root: String, siteName: String, options: Options) throws {
    self.root = root
    self.options = options
    let folder = root.split(separator: "/").last.map(String.init) ?? "forum"
    site = SourceSite(
      name: siteName.isEmpty ? folder : siteName, title: folder,
      addresses: options.url.isEmpty ? [] : [options.url])
    try find(in: "", depth: 0)
    files.sort { $0.precedes($1) }
    for file in files {
      do throws(Unreadable) {
        take(try record(of: file), file)
      } catch {
        counts.add("file")
        entries.append(
          ImportReport.Entry(noun: "file", source: file, outcome: .leftOut(reason: error.reason)))
      }
    }
    guard !filesOfTopic.isEmpty else {
      throw ImportFailure(root, "there is no topic in it: no file as /t/ID.json gives it")
    }
    order = filesOfTopic.keys.sorted()
  }

  private struct Unreadable: Error {
    let reason: String
  }

  private mutating func find(in folder: String, depth: Int) throws {
    guard depth < Self.maximumDepth else { return }
    for entry in try FolderReader.list(folder.isEmpty ? "." : folder, in: RootFolder(root)) ?? [] {
      guard let name = entry.name, !name.hasPrefix(".") else { continue }
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      if entry.kind == .folder {
        try find(in: path, depth: depth + 1)
      } else if StaticmanLayout.fileExtension(of: name) == "json" {
        files.append(path)
      } else if path.contains("uploads") {
        uploads[StaticmanLayout.stem(of: name)] = path
      }
    }
  }

  private func record(of file: String) throws(Unreadable) -> SourceRecord {
    let bytes: [UInt8]
    do throws(ForeignFile.Refusal) {
      bytes = try ForeignFile.text(file, below: root)
    } catch {
      throw Unreadable(reason: error.reason)
    }
    do throws(SourceProblem) {
      if case .mapping(let entries) = try JSONReader.read(bytes, dropsNull: true) {
        return SourceRecord(entries)
      }
    } catch {
      throw Unreadable(reason: "line \(error.line), column \(error.column): \(error.message)")
    }
    throw Unreadable(reason: "it is no object of JSON")
  }

  private mutating func take(_ record: SourceRecord, _ file: String) {
    let listed =
      record.record("category_list")?.list("categories") ?? record.list("categories")
    for category in listed { take(category: category) }
    for child in listed.flatMap({ $0.list("subcategory_list") }) { take(category: child) }
    let topic =
      record.record("post_stream") != nil
      ? Int(record.text("id")) : record["post_number"] != nil ? Int(record.text("topic_id")) : nil
    if let topic {
      filesOfTopic[topic, default: []].append(file)
    } else if listed.isEmpty {
      counts.add("file")
      entries.append(
        ImportReport.Entry(
          noun: "file", source: file, outcome: .leftOut(reason: "it holds no topic and no post")))
    }
  }

  private mutating func take(category record: SourceRecord) {
    guard let id = Int(record.text("id")) else { return }
    categories[id] = Category(
      name: CleanText.line(record.text("name")), parent: Int(record.text("parent_category_id")),
      text: CleanText.clean(record.text("description_text").utf8),
      isRestricted: record.flag("read_restricted") == true)
  }

  // MARK: Topics

  mutating func next() throws -> SourceConversation? {
    while nextTopic < order.count {
      defer { nextTopic += 1 }
      if let conversation = conversation(of: order[nextTopic]) { return conversation }
    }
    return nil
  }

  mutating func rest() throws -> SourceRest {
    // A category without an imported topic is left out unless one below it has some.
    for id in categories.keys.sorted() {
      guard let category = categories[id] else { continue }
      counts.add("category")
      guard !category.isRestricted else {
        entries.append(
          ImportReport.Entry(
            noun: "category", source: "category-\(id)",
            outcome: .leftOut(reason: "only some may read it")))
        continue
      }
      topics.append(
        SourceTopic(
          key: "category-\(id)", name: category.name,
          parent: category.parent.flatMap { categories[$0]?.name }, text: .markdown(category.text),
          noun: "category"))
    }
    return SourceRest(topics: topics, entries: entries)
  }

  private mutating func conversation(of id: Int) -> SourceConversation? {
    var head = SourceRecord([])
    var posts: [Int: SourceRecord] = [:]
    var total = 0
    for file in filesOfTopic[id] ?? [] {
      guard let record = try? record(of: file) else { continue }
      if let stream = record.record("post_stream") {
        if head.isEmpty { head = record }
        if case .list(let ids)? = stream["stream"] { total = max(total, ids.count) }
        for post in stream.list("posts") { Self.take(post, &posts) }
      } else {
        Self.take(record, &posts)
      }
    }
    let numbers = posts.keys.sorted()
    guard let first = numbers.first, let opening = posts[first] else {
      counts.add("post")
      entries.append(
        ImportReport.Entry(
          noun: "post", source: "topic-\(id)", outcome: .leftOut(reason: "it has no post")))
      return nil
    }
    let topic = DiscourseTopic(
      id: id, head: head, opening: opening, options: options, uploads: uploads, root: root)
    var conversation = SourceConversation(post: topic.post)
    counts.add("post")
    counts.add("file", conversation.post.files.count)
    takeCategory(head.isEmpty ? opening : head, into: &conversation.post)
    if first != 1 {
      conversation.post.notes.append(
        "its opening post is missing, so the first available post takes its place")
    }
    if total > posts.count {
      conversation.post.notes.append("it has \(total) posts, and the folder holds \(posts.count)")
    }
    for number in numbers where number != first {
      guard let record = posts[number] else { continue }
      counts.add("comment")
      let post = DiscoursePost(record, number: number, topic: topic, opening: first)
      conversation.comments.append(post.comment)
      if post.isAccepted { conversation.post.answer = conversation.post.answer ?? "post_\(number)" }
    }
    if conversation.post.answer != nil { conversation.post.isQuestion = true }
    return conversation
  }

  private static func take(_ post: SourceRecord, _ posts: inout [Int: SourceRecord]) {
    guard let number = Int(post.text("post_number")), posts[number] == nil else { return }
    posts[number] = post
  }

  private func takeCategory(_ record: SourceRecord, into post: inout SourcePost) {
    let id = Int(record.text("category_id"))
    if let category = id.flatMap({ categories[$0] }) {
      post.topics.insert(category.name, at: 0)
      if category.isRestricted, case .published = post.state {
        post.state = .restricted(reason: "only some may read its category")
      }
    } else if let id {
      post.notes.append("the name of its category \(id) is not in the folder (categories.json)")
    }
  }
}

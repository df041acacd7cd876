import StoaAddresses
import StoaData
import StoaLoad
import StoaModel
import StoaYAML

/// Reads the posts and comment files of a Jekyll or Hugo site that used Staticman.
///
/// Two passes: the first collects the names of posts, the second reads one post and its comments at a time.
struct StaticmanReader: ConversationReader {
  let site: SourceSite
  let people: [SourcePerson] = []
  /// Each conversation has its own private values.
  let privateValues: [String] = []
  private(set) var counts = SourceCounts()

  private let root: String
  private let dates: SourceDates
  private let options: StaticmanComment.Options
  private let defaultAuthor: String
  private let permalinks: SitePermalinks
  private let generator: GeneratorSite
  private let texts: [StaticmanLayout.Text]
  private let threads: [StaticmanLayout.Thread]
  /// The threads that belong to each document.
  private var threadsOfText: [[Int]]
  private var orphans: [Int] = []
  private var nextText = 0
  private var nextOrphan = 0
  private var entries: [ImportReport.Entry] = []

  init(
    root: String, siteName: String, commentsFolder: String?, author: String,
    dates: SourceDates, options: StaticmanComment.Options
  ) throws {
    self.root = root
    self.options = options
    let configuration = SiteConfiguration(root: root)
    self.dates = configuration.zone.map { SourceDates(reader: .init(zone: $0)) } ?? dates
    let folder = root.split(separator: "/").last.map(String.init) ?? "site"
    var site = SourceSite(name: siteName.isEmpty ? folder : siteName)
    site.title = configuration.title
    site.description = configuration.description
    site.language = configuration.language
    site.url = configuration.url
    site.addresses = configuration.host.isEmpty ? [] : [configuration.host + configuration.basePath]
    self.site = site
    permalinks = configuration.permalinks
    defaultAuthor = [author, configuration.author, site.title, folder].first { !$0.isEmpty } ?? ""

    let layout = try StaticmanLayout(root: root, comments: commentsFolder)
    texts = layout.texts
    generator = GeneratorSite(configuration, texts: texts.map(\.file))
    threads = layout.threads
    threadsOfText = Array(repeating: [], count: layout.texts.count)
    var matcher = PostMatcher()
    for (index, text) in texts.enumerated() {
      guard let names = try? read(text).names else { continue }
      matcher.add(names, of: index)
    }
    for (index, thread) in threads.enumerated() {
      if let text = matcher.match(folder: thread.name, page: page(of: thread)) {
        threadsOfText[text].append(index)
      } else {
        orphans.append(index)
      }
    }
  }

  mutating func next() throws -> SourceConversation? {
    while nextText < texts.count {
      defer { nextText += 1 }
      let text = texts[nextText]
      let noun = StaticmanReader.noun(of: text)
      do {
        var conversation = SourceConversation(post: try read(text).post)
        counts.add(conversation.post.noun)
        counts.add("file", conversation.post.files.count)
        try readComments(of: threadsOfText[nextText], into: &conversation)
        return conversation
      } catch let problem as SourceProblem {
        counts.add(noun)
        entries.append(
          ImportReport.Entry(
            noun: noun, source: text.file,
            outcome: .leftOut(
              reason: "line \(problem.line), column \(problem.column): \(problem.message)")))
        orphans += threadsOfText[nextText]
      } catch let refusal as ForeignFile.Refusal {
        counts.add(noun)
        entries.append(
          ImportReport.Entry(
            noun: noun, source: text.file, outcome: .leftOut(reason: refusal.reason)))
        orphans += threadsOfText[nextText]
      }
    }
    guard nextOrphan < orphans.count else { return nil }
    defer { nextOrphan += 1 }
    return try orphan(threads[orphans[nextOrphan]], index: orphans[nextOrphan])
  }

  mutating func rest() throws -> SourceRest { SourceRest(entries: entries) }

  private static func noun(of text: StaticmanLayout.Text) -> String {
    text.file.split(separator: "/").count == 2 && text.file.hasPrefix("content/") ? "page" : "post"
  }

  private func read(_ text: StaticmanLayout.Text) throws -> (post: SourcePost, names: [String]) {
    let read = try GeneratorPost(
      try ForeignFile.text(text.file, below: root), file: text.file,
      resources: text.resources, dates: dates, defaultAuthor: defaultAuthor,
      permalinks: permalinks, site: generator)
    var post = read.post
    let folder = text.file.split(separator: "/").dropLast().joined(separator: "/")
    post.files = text.resources.map {
      SourceFile(key: "\(folder)/\($0)", name: $0, path: "\(folder)/\($0)", root: root)
    }
    if !read.image.isEmpty {
      if let image = try FeaturedImage.file(read.image, in: root, folder: folder) {
        if let known = post.files.first(where: { $0.key == image.key }) {
          post.image = known.name
        } else if post.files.contains(where: { $0.name == image.name }) {
          post.notes.append("its image has the name of another file beside it")
        } else {
          post.files.append(image)
          post.image = image.name
        }
      } else {
        post.notes.append("its image is missing from the site's files")
      }
    }
    return (post, read.names)
  }

  // MARK: Comments

  private mutating func readComments(
    of indices: [Int], into conversation: inout SourceConversation
  ) throws {
    for index in indices {
      for name in threads[index].files {
        let file = "\(threads[index].folder)/\(name)"
        let read = comment(file)
        counts.add("comment")
        conversation.privateValues += read.personalValues
        conversation.comments.append(read.comment)
        if let path = OldAddress.path(of: read.page), read.page.hasPrefix("/"),
          !conversation.post.oldAddresses.contains(path)
        {
          conversation.post.oldAddresses.append(path)
        }
      }
    }
  }

  private func comment(_ file: String) -> StaticmanComment {
    do {
      let read = try record(in: try ForeignFile.text(file, below: root), file: file)
      // A comment needs its text; other keys may be missing.
      if let omission = read.omission, StaticmanComment.textKeys.contains(omission.key) {
        throw omission.problem
      }
      var comment = StaticmanComment(
        read.record, text: read.text, file: file, dates: dates, options: options)
      if let omission = read.omission { comment.note(omission.note) }
      return comment
    } catch let refusal as ForeignFile.Refusal {
      return .unreadable(file, refusal.reason)
    } catch let problem as SourceProblem {
      return .unreadable(
        file, "line \(problem.line), column \(problem.column): \(problem.message)")
    } catch {
      return .unreadable(file, "it cannot be read")
    }
  }

  private typealias CommentFile = (
    record: SourceRecord, text: [UInt8], omission: BrokenKeys.Omission?
  )

  private func record(
    in bytes: [UInt8], file: String
  ) throws(SourceProblem) -> CommentFile {
    switch StaticmanLayout.fileExtension(of: file) {
    case "json":
      do throws(SourceProblem) {
        guard case .mapping(let entries) = try JSONReader.read(bytes) else {
          throw SourceProblem(line: 1, column: 1, message: "expected keys and values")
        }
        return (SourceRecord(entries), [], nil)
      } catch {
        throw SourceProblem(
          line: error.line, column: error.column,
          message: "the JSON cannot be read: \(error.message)")
      }
    case "yml", "yaml":
      // A file of data may have front matter's fences around it and a text below.
      if bytes.starts(with: "---\n".utf8), let matter = try? SourceFrontMatter(bytes),
        !matter.record.isEmpty
      {
        return (matter.record, matter.text, matter.omission)
      }
      let read = try SourceFrontMatter.yaml(bytes[...], firstLine: 1)
      return (SourceRecord(read.value), [], read.omission)
    case "toml":
      do throws(SourceProblem) {
        return (SourceRecord(try TOMLReader.read(bytes[...])), [], nil)
      } catch {
        throw SourceProblem(
          line: error.line, column: error.column,
          message: "the TOML cannot be read: \(error.message)")
      }
    default:
      let matter = try SourceFrontMatter(bytes)
      return (matter.record, matter.text, matter.omission)
    }
  }

  /// The page that the first comment with such a field names.
  private func page(of thread: StaticmanLayout.Thread) -> String {
    for name in thread.files {
      let page = comment("\(thread.folder)/\(name)").page
      if !page.isEmpty { return page }
    }
    return ""
  }

  /// A placeholder post for comments whose page is not in the source.
  private mutating func orphan(
    _ thread: StaticmanLayout.Thread, index: Int
  ) throws -> SourceConversation {
    var post = SourcePost(key: thread.folder)
    post.noun = ""
    post.title = thread.name
    post.wishedSlug = thread.name.split(separator: "/").last.map(String.init) ?? thread.name
    post.authors = [defaultAuthor]
    post.isStandIn = true
    post.text = .markdown(Array(StandIn.text(for: page(of: thread)).utf8))
    var conversation = SourceConversation(post: post)
    try readComments(of: [index], into: &conversation)
    return conversation
  }
}

extension StaticmanComment {
  fileprivate static func unreadable(_ file: String, _ reason: String) -> StaticmanComment {
    var comment = SourceComment(key: file, identifiers: [], wishedId: "")
    comment.leftOut = reason
    return StaticmanComment(comment: comment)
  }

  private init(comment: SourceComment) {
    self.comment = comment
    page = ""
    personalValues = []
  }
}

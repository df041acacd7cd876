import StoaModel

/// Reads WordPress's export, WXR 1.0 to 1.2.
///
/// Two passes over the file: the first collects people, topics and attachments, the second reads one post with its comments at a
/// time.
struct WordPressReader: ConversationReader {
  private(set) var people: [SourcePerson]
  let privateValues: [String]
  var site: SourceSite { survey.site }
  var counts: SourceCounts { survey.counts }
  var notes: [String] { reader.repairNote.map { [$0] } ?? [] }

  private let survey: WordPressSurvey
  private let dates: SourceDates
  private let includesPending: Bool
  private let hasUploads: Bool
  private let defaultAuthor: String
  private var attachments: WordPressAttachments
  private var reader: XMLElementReader
  private var itemCount = 0
  private let path: String
  private let repairs: Bool

  init(
    path: String, siteName: String, author: String, uploads: String?, includesPending: Bool,
    repairs: Bool = false, dates: SourceDates
  ) throws {
    survey = try WordPressSurvey(
      path: path, siteName: siteName, uploads: uploads, repairs: repairs)
    people = survey.people
    privateValues = survey.privateValues.sorted()
    attachments = survey.attachments
    hasUploads = uploads != nil
    defaultAuthor = author.isEmpty ? survey.site.title : author
    self.dates = dates
    self.path = path
    self.repairs = repairs
    self.includesPending = includesPending
    reader = try XMLElementReader(path: path, itemDepth: 2, repairs: repairs)
  }

  func again() throws -> WordPressReader {
    var reader = self
    reader.reader = try XMLElementReader(path: path, itemDepth: 2, repairs: repairs)
    return reader
  }

  mutating func next() throws -> SourceConversation? {
    while let element = try reader.next() {
      guard element.name == "item" else { continue }
      let item = WordPressItem(element, index: itemCount)
      itemCount += 1
      // Attachments are reported with their post, or at the end; they may still have comments.
      if item.type == "attachment", item.comments.isEmpty { continue }
      return conversation(item)
    }
    return nil
  }

  mutating func rest() throws -> SourceRest {
    SourceRest(
      topics: survey.topics,
      entries: survey.entries + attachments.leftOvers(hasUploads: hasUploads))
  }

  private mutating func conversation(_ item: WordPressItem) -> SourceConversation {
    var post = WordPressPost(item, dates: dates, defaultAuthor: defaultAuthor).post
    if item.type == "attachment" {
      post.noun = ""
    } else if case .leftOut = post.state {
    } else {
      let taken = attachments.take(of: item.identifier)
      let shared = attachments.shared(
        with: (try? post.text.load()) ?? [], besides: Set(taken.map(\.name)))
      post.files = taken.map {
        SourceFile(
          key: $0.key, name: $0.name, path: $0.file ?? "", root: $0.uploads, noun: "attachment")
      }
      post.files += shared.map {
        SourceFile(key: $0.key, name: $0.name, path: $0.file ?? "", root: $0.uploads, noun: "")
      }
      post.text = .html(AttachmentLinks.rewrite(post.text, taken + shared))
    }
    let comments = item.comments.enumerated().map { index, element in
      WordPressComment(
        element, item: item, index: index, survey: survey, dates: dates,
        includesPending: includesPending
      ).comment
    }
    return SourceConversation(post: post, comments: comments)
  }
}

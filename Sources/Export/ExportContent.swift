import StoaAddresses
import StoaImport
import StoaLink
import StoaModel
import StoaRender
import StoaSelect

/// The content that an audience sees, with the texts in their authors' markdown.
struct ExportContent {
  let community: Community
  let baseURL: String
  let bodies: BodyRenderer
  private let texts: [String: [UInt8]]
  private let postAssets: [String: [Asset]]

  init(
    _ community: Community, texts selected: Selected, baseURL: String, bodies: BodyRenderer,
    comments: CommentFilter
  ) throws {
    self.community = community
    self.baseURL = baseURL
    self.bodies = bodies
    postAssets = selected.assets.posts
    var texts: [(file: String, text: CommentFilter.Text)] = []
    func add(_ file: String, _ text: SourceText, showsHTML: Bool) throws {
      texts.append((file, CommentFilter.Text(try text.bytes.load(), showsHTML: showsHTML)))
    }
    for post in selected.posts { try add(post.item.file, post.text, showsHTML: true) }
    for page in selected.pages { try add(page.item.file, page.text, showsHTML: true) }
    for response in selected.responses {
      try add(response.item.file, response.text, showsHTML: false)
    }
    for person in selected.contributors { try add(person.item.file, person.text, showsHTML: false) }
    for topic in selected.topics { try add(topic.item.file, topic.text, showsHTML: false) }
    let shown = try comments.removed(from: texts.map(\.text), selected.settings)
    self.texts = Dictionary(zip(texts.map(\.file), shown)) { first, _ in first }
  }

  var root: String { community.root }

  /// Files beside posts by slug, in order.
  var assets: [(slug: String, assets: [Asset])] {
    community.conversations.compactMap { conversation in
      let assets = self.assets(of: conversation.post)
      return assets.isEmpty ? nil : (conversation.post.slug, assets)
    }
  }

  func assets(of post: Post) -> [Asset] {
    (postAssets[post.slug] ?? []).sorted { $0.name.precedes($1.name) }
  }

  var report: ExportReport {
    var report = ExportReport()
    report.posts = community.conversations.count + community.pages.count
    report.responses = community.conversations.reduce(0) {
      $0 + $1.responses.count + $1.mentions.count
    }
    report.people = people.count
    report.topics = topics.count
    return report
  }

  /// People who have a file.
  var people: [ContributorEntry] { community.contributors.filter { $0.file != nil } }

  /// Topics that have a file.
  var topics: [TopicEntry] { community.topics.filter { $0.file != nil } }

  /// A person's name in texts: the handle if there is a contributor's file, otherwise the name.
  func name(of index: Index<ContributorEntry>) -> String {
    let person = community.contributors[index]
    return person.file == nil ? person.name : person.handle
  }

  /// The markdown of a file, without the parts that readers do not see.
  ///
  /// - Parameter isFromVisitors: whether e-mail addresses are masked.
  func text(ofFile file: String, isFromVisitors: Bool = false) -> [UInt8] {
    guard let text = texts[file] else { return [] }
    let isMasked = isFromVisitors && !community.settings.showsAddressesInText
    return isMasked ? MaskedMarkdown.masked(text) : text
  }

  /// The text of a post or page; without a title in front matter, the first heading is the title.
  func text(ofFile file: String, hasTitle: Bool) -> [UInt8] {
    let text = text(ofFile: file)
    return hasTitle ? text : Self.withoutHeading(text)
  }

  private static func withoutHeading(_ text: [UInt8]) -> [UInt8] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    // What is left of comments may be before it.
    while let first = lines.first, first.allSatisfy({ $0 <= 0x20 || " <!-- -->".utf8.contains($0) })
    {
      lines = lines.dropFirst()
    }
    guard let first = lines.first else { return text }
    if first.starts(with: "# ".utf8) {
      lines = lines.dropFirst()
    } else if let rule = lines.dropFirst().first, !rule.isEmpty,
      rule.allSatisfy({ $0 == UInt8(ascii: "=") || $0 == 0x20 })
    {
      lines = lines.dropFirst(2)
    } else {
      return text
    }
    return Array(lines.joined(separator: [0x0A]))
  }
}

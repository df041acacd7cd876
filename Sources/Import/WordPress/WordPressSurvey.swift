/// The first pass over a WXR file: the data that is needed before the first post is written.
struct WordPressSurvey {
  private(set) var site = SourceSite(name: "")
  private(set) var people: [SourcePerson] = []
  private(set) var topics: [SourceTopic] = []
  private(set) var entries: [ImportReport.Entry] = []
  private(set) var counts = SourceCounts()
  private(set) var privateValues: Set<String> = []
  /// Logins by the number of the account.
  private(set) var logins: [String: String] = [:]
  /// Logins by e-mail address: an address identifies a comment's author, but is never written.
  private(set) var loginsByAddress: [String: [String]] = [:]
  private(set) var attachments = WordPressAttachments()
  private var baseAddress = ""
  private var seenLogins: Set<String> = []

  init(path: String, siteName: String, uploads: String?, repairs: Bool) throws {
    var reader = try XMLElementReader(path: path, itemDepth: 2, repairs: repairs)
    var itemCount = 0
    var parents: [String: String] = [:]
    while let element = try reader.next() {
      guard reader.surroundings.map(\.name) == ["rss", "channel"] else {
        throw reader.failure(
          "this is not WordPress's export: its items are not within rss and channel")
      }
      switch element.name {
      case "title": site.title = HTMLEntities.decode(element.line)
      case "link", "wp:base_blog_url":
        baseAddress = element.line
        site.addresses.append(element.line)
      case "wp:base_site_url": site.addresses.append(element.line)
      case "description": site.description = HTMLEntities.decode(element.line)
      case "language": site.language = element.line
      case "wp:author": takeAuthor(element)
      case "wp:category", "wp:tag", "wp:term": takeTopic(element, &parents)
      case "item":
        takeItem(WordPressItem(element, index: itemCount), uploads)
        itemCount += 1
      default: break
      }
    }
    guard itemCount > 0 || !topics.isEmpty || !people.isEmpty else {
      throw ImportFailure(path, "this is not WordPress's export: there is nothing in it")
    }
    resolveParents(parents)
    site.url = baseAddress
    site.name = siteName.isEmpty ? Self.host(of: baseAddress) : siteName
  }

  private static func host(of address: String) -> String {
    let parts = address.split(separator: "/", omittingEmptySubsequences: true)
    let name = parts.dropFirst().joined(separator: "/")
    return name.isEmpty ? "wordpress" : name
  }

  private mutating func takeAuthor(_ element: XMLElement) {
    let login = element.line(of: "wp:author_login")
    let address = element.line(of: "wp:author_email")
    counts.add("person")
    privateValues.insert(address)
    var name = HTMLEntities.decode(element.line(of: "wp:author_display_name"))
    if name.isEmpty { name = login }
    guard !login.isEmpty, seenLogins.insert(login).inserted else {
      entries.append(
        ImportReport.Entry(
          noun: "person", source: "person without a login",
          outcome: .leftOut(reason: login.isEmpty ? "it has no login" : "it occurs twice")))
      return
    }
    people.append(SourcePerson(key: "person-\(login)", login: login, name: name))
    let number = element.line(of: "wp:author_id")
    if !number.isEmpty { logins[number] = login }
    if !address.isEmpty {
      // An address that two accounts share identifies neither.
      loginsByAddress[address.lowercased(), default: []].append(login)
    }
  }

  private mutating func takeTopic(_ element: XMLElement, _ parents: inout [String: String]) {
    counts.add("topic")
    let kind = String(element.name.dropFirst(3))
    let taxonomy = kind == "term" ? element.line(of: "wp:term_taxonomy") : kind
    let names = ["wp:cat_name", "wp:tag_name", "wp:term_name"].map { element.line(of: $0) }
    let slugs = ["wp:category_nicename", "wp:tag_slug", "wp:term_slug"].map { element.line(of: $0) }
    let slug = slugs.first { !$0.isEmpty } ?? ""
    let name = HTMLEntities.decode(names.first { !$0.isEmpty } ?? slug)
    let key = "\(taxonomy):\(slug)"
    guard ["category", "tag", "post_tag"].contains(taxonomy) else {
      entries.append(
        ImportReport.Entry(
          noun: "topic", source: "\(taxonomy): \(name)",
          outcome: .leftOut(reason: "it classifies something other than posts")))
      return
    }
    if slug == "uncategorized" {
      entries.append(
        ImportReport.Entry(
          noun: "topic", source: name,
          outcome: .leftOut(reason: "the default category (Uncategorized), not needed")))
      return
    }
    let parent = ["wp:category_parent", "wp:term_parent"].map { element.line(of: $0) }
      .first { !$0.isEmpty }
    if let parent { parents[key] = parent }
    let descriptions = ["wp:category_description", "wp:tag_description", "wp:term_description"]
    let text = descriptions.map { element.text(of: $0) }.first { !$0.isEmpty } ?? []
    topics.append(SourceTopic(key: key, name: name, parent: nil, text: .html(text)))
  }

  /// Parents are given by slug, and may come after their children.
  private mutating func resolveParents(_ parents: [String: String]) {
    var names: [String: String] = [:]
    for topic in topics {
      let slug = topic.key.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
      if topic.key.hasPrefix("category:") || names[slug] == nil { names[slug] = topic.name }
    }
    for index in topics.indices {
      guard let parent = parents[topics[index].key], let name = names[parent] else { continue }
      topics[index].parent = name
    }
  }

  private mutating func takeItem(_ item: WordPressItem, _ uploads: String?) {
    counts.add(item.noun)
    counts.add("comment", item.comments.count)
    for comment in item.comments {
      privateValues.insert(comment.line(of: "wp:comment_author_email"))
      privateValues.insert(comment.line(of: "wp:comment_author_IP"))
    }
    if item.type == "attachment" { attachments.add(item, uploads: uploads) }
  }
}

import StoaAddresses
import StoaModel

/// Converts a post or page of WordPress.
struct WordPressPost {
  let post: SourcePost

  init(_ item: WordPressItem, dates: SourceDates, defaultAuthor: String) {
    let element = item.element
    var post = SourcePost(key: item.key)
    post.kind = item.type == "page" ? .page : .post
    post.noun = item.noun
    post.state = item.state
    post.title = HTMLTokens.plain(Array(element.line(of: "title").utf8))
    post.wishedSlug = element.line(of: "wp:post_name")
    // WordPress's own are in lower case; capitals come from elsewhere, and an address has them.
    post.keepsSlug =
      !PersonalAddress.isIn(post.wishedSlug)
      && Slug.make(from: post.wishedSlug).utf8.elementsEqual(post.wishedSlug.lowercased().utf8)
    let author = element.line(of: "dc:creator")
    post.authors = [author.isEmpty ? defaultAuthor : author]
    post.date =
      dates.readUTC(element.line(of: "wp:post_date_gmt"))
      ?? dates.read(element.line(of: "wp:post_date"))
    post.topics = Self.topics(of: element)
    post.summary = HTMLTokens.plain(element.text(of: "excerpt:encoded"))
    post.isPinned = element.line(of: "wp:is_sticky") == "1"
    post.acceptsResponses = element.line(of: "wp:comment_status") != "closed"
    if item.status == "future" { post.notes.append("it was scheduled and is a draft now") }
    if case .leftOut = post.state {
    } else if item.type != "post", item.type != "page" {
      post.notes.append("its type is “\(item.type)”, and it became a post because it has comments")
    }
    if case .published = post.state { post.oldAddresses = [element.line(of: "link")] }
    if case .restricted = post.state { post.oldAddresses = [element.line(of: "link")] }
    post.linkNames = [
      element.line(of: "guid"), "/?p=\(item.identifier)", "/?page_id=\(item.identifier)",
    ]
    let text = WordPressText(element.text(of: "content:encoded"))
    post.text = .html(text.html)
    post.notes += text.notes
    self.post = post
  }

  private static func topics(of element: XMLElement) -> [String] {
    var topics: [String] = []
    for category in element.all("category") {
      let domain = category.attributes["domain"] ?? "category"
      guard ["category", "post_tag", "tag"].contains(domain),
        category.attributes["nicename"] != "uncategorized"
      else { continue }
      let name = HTMLEntities.decode(category.line)
      if name.lowercased() != "uncategorized", !topics.contains(name) { topics.append(name) }
    }
    return topics
  }
}

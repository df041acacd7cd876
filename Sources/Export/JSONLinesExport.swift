import StoaAddresses
import StoaLink
import StoaModel

/// Writes a community as JSON Lines, in the format that `stoa import comments` reads.
struct JSONLinesExport {
  private let content: ExportContent
  /// The folder of the files beside posts, relative to the output; nil if they are not written.
  private let files: String?

  init(_ content: ExportContent, files: String?) {
    self.content = content
    self.files = files
  }

  private var community: Community { content.community }

  var bytes: [UInt8] {
    get throws {
      var bytes = site.line
      for person in content.people { bytes += try line(of: person) }
      for topic in content.topics { bytes += try line(of: topic) }
      // In order of date, the oldest first.
      for conversation in community.conversations.reversed() {
        bytes += try line(of: conversation)
        for response in conversation.responses {
          bytes += try line(of: response, in: conversation)
        }
        for mention in conversation.mentions { bytes += try line(of: mention, in: conversation) }
      }
      for page in community.pages { bytes += try line(of: page) }
      return bytes
    }
  }

  private var site: JSONObject {
    let settings = community.settings
    var object = JSONObject(type: "site")
    object.add("title", settings.title)
    object.add("description", settings.description)
    object.add("url", content.baseURL)
    object.add("language", settings.language)
    return object
  }

  private func line(of person: ContributorEntry) throws -> [UInt8] {
    guard let file = person.file else { return [] }
    var object = JSONObject(type: "person")
    object.add("id", person.handle)
    object.add("name", person.name)
    object.add("url", person.url ?? "")
    object.add("audience", file.audience.map { limit($0.value) } ?? "")
    object.add("text", text: Self.trimmed(content.text(ofFile: file.file)))
    return object.line
  }

  private func line(of topic: TopicEntry) throws -> [UInt8] {
    guard let file = topic.file else { return [] }
    var object = JSONObject(type: "topic")
    object.add("id", topic.slug)
    object.add("title", topic.title)
    object.add("parent", topic.parent.map { community.topics[$0].title } ?? "")
    object.add("audience", file.audience.map { limit($0.value) } ?? "")
    object.add("text", text: Self.trimmed(content.text(ofFile: file.file)))
    return object.line
  }

  private func line(of conversation: Conversation) throws -> [UInt8] {
    let post = conversation.post
    var object = JSONObject(type: "post")
    object.add("id", post.slug)
    object.add("title", conversation.title)
    object.add("author", conversation.authors.map(content.name))
    object.add("date", conversation.date.machineReadable)
    object.add("updated", post.updated?.machineReadable ?? "")
    object.add("audience", limit(conversation.audience))
    object.add("topics", conversation.topics.map { community.topics[$0].title })
    object.add("summary", post.summary ?? "")
    object.add("kind", post.kind == .article ? "" : post.kind.rawValue)
    object.add("answer", conversation.answer.map { conversation.responses[$0].response.id } ?? "")
    object.add("language", post.language ?? "")
    object.add("aliases", post.aliases.map(\.value))
    object.add("anchors", object: post.anchors.map { ($0.old, $0.new) })
    object.add("source", post.source?.url ?? "")
    object.add("reviewed", post.reviewed?.machineReadable ?? "")
    object.add("review-by", post.reviewBy?.machineReadable ?? "")
    object.add("pinned", flag: post.isPinned)
    object.add("unlisted", flag: post.isUnlisted)
    object.add("responses", post.acceptsResponses ? "" : "closed")
    object.add("removed", post.removed ?? "")
    if let files {
      let assets = content.assets(of: post)
      object.add("image", post.image?.value ?? "")
      object.add(
        "files",
        objects: assets.map { [("name", $0.name), ("path", "\(files)/\(post.slug)/\($0.name)")] })
    }
    if post.removed == nil {
      let text = content.text(ofFile: post.file, hasTitle: post.title != nil)
      object.add("text", text: Self.trimmed(text))
    }
    return object.line
  }

  private func line(
    of response: ThreadedResponse, in conversation: Conversation
  ) throws -> [UInt8] {
    let item = response.response
    var object = JSONObject(type: "response")
    object.add("id", item.id)
    object.add("post", conversation.post.slug)
    object.add(
      "reply-to", response.parent.map { conversation.responses[$0].response.id } ?? "")
    switch response.speaker {
    case .contributor(let index): object.add("author", content.name(of: index))
    case .guest(let name, let url):
      object.add("guest", name)
      object.add("url", url ?? "")
    case nil: break
    }
    object.add("date", response.date.machineReadable)
    // Also where it has that of what it answers: a reader may leave that out.
    let isNarrower = response.audience < conversation.audience
    object.add("audience", isNarrower ? limit(response.audience) : "")
    object.add("kind", item.kind == .mention ? item.kind.rawValue : "")
    object.add("stance", item.stance?.rawValue ?? "")
    object.add("language", item.language ?? "")
    object.add("aliases", response.anchors)
    object.add("source", item.source?.url ?? "")
    object.add("removed", item.removed ?? "")
    if item.removed == nil {
      object.add("about", item.about?.value ?? "")
      let text = content.text(ofFile: item.file, isFromVisitors: true)
      object.add("text", text: Self.trimmed(text))
    }
    return object.line
  }

  private func line(of entry: PageEntry) throws -> [UInt8] {
    var object = JSONObject(type: "post")
    object.add("id", entry.page.slug)
    object.add("page", flag: true)
    object.add("title", entry.title)
    object.add("audience", limit(entry.audience))
    object.add("language", entry.page.language ?? "")
    object.add("aliases", entry.page.aliases.map(\.value))
    object.add("anchors", object: entry.page.anchors.map { ($0.old, $0.new) })
    let text = content.text(ofFile: entry.page.file, hasTitle: entry.page.title != nil)
    object.add("text", text: Self.trimmed(text))
    return object.line
  }

  /// The name of an audience that is not the widest.
  private func limit(_ audience: Audience) -> String {
    let settings = community.settings
    return audience < settings.widestAudience ? settings.name(of: audience) : ""
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    var text = text[...]
    while let first = text.first, first == 0x0A || first == 0x0D { text = text.dropFirst() }
    while let last = text.last, last <= 0x20 { text = text.dropLast() }
    return Array(text)
  }
}

import StoaAddresses
import StoaModel

@testable import StoaLink
@testable import StoaParse
@testable import StoaSelect

/// A community of a few documents, parsed and linked in this process.
struct SampleCommunity {
  private var selected: Selected

  /// - Parameter texts: by their names, such as `posts/rope` or `responses/rope/1`; a post is by Maren unless its text begins with
  ///   a line `by NAME`.
  init(_ texts: KeyValuePairs<String, String>, url: String = "https://stoa.example") {
    var settings = Settings()
    settings.url = url
    selected = Selected(
      BuildFacts(
        settings: settings, audience: Audience(rank: 0),
        asOf: Timestamp(seconds: 0, offset: 0, isDay: true), root: "/"))
    for (name, text) in texts { add(name, text) }
  }

  mutating func add(_ name: String, _ text: String) {
    let file = "content/\(name).md"
    let parts = name.split(separator: "/").map(String.init)
    var author = "maren"
    var body = text[...]
    if text.hasPrefix("by ") {
      author = String(text.dropFirst("by ".count).prefix { $0 != "\n" })
      body = text.drop { $0 != "\n" }.dropFirst()
    }
    let by = Located(author, at: SourceLocation(file: file))
    switch parts[0] {
    case "posts":
      var post = Post(slug: parts[1], file: file)
      post.authors = [by]
      post.date = Timestamp(seconds: 0, offset: 0, isDay: true)
      selected.posts.append(item(post, String(body)))
    case "responses":
      var response = Response(postSlug: parts[1], id: parts[2], file: file)
      response.voice = .author(by)
      selected.responses.append(item(response, String(body)))
    case "topics": selected.topics.append(item(Topic(slug: parts[1], file: file), String(body)))
    case "contributors":
      selected.contributors.append(item(Contributor(handle: parts[1], file: file), String(body)))
    default: selected.pages.append(item(Page(slug: parts[1], file: file), String(body)))
    }
  }

  /// A file below content/static.
  mutating func addStatic(_ name: String) {
    selected.assets.statics.append(Asset(file: "content/static/\(name)", name: name))
  }

  /// Changes the last post.
  mutating func changePost(_ change: (inout Post) -> Void) {
    guard let last = selected.posts.popLast() else { return }
    var post = last.item
    change(&post)
    selected.posts.append(
      SelectedItem(item: post, text: last.text, audience: last.audience, status: nil))
  }

  /// Hides the last contributor from lists.
  mutating func hideContributor() {
    guard let last = selected.contributors.popLast() else { return }
    var person = last.item
    person.isListed = false
    selected.contributors.append(
      SelectedItem(item: person, text: last.text, audience: last.audience, status: nil))
  }

  private func item<Item>(_ item: Item, _ text: String) -> SelectedItem<Item> {
    SelectedItem(
      item: item, text: SourceText(bytes: .memory(Array(text.utf8)), firstLine: 1),
      audience: Audience(rank: 0), status: nil)
  }

  func linked(jobs: Int = 1) async throws -> Community {
    let texts = SelectedTexts(selected)
    let parsed = try (0..<texts.count).map { index in
      MarkdownParser.parse(try texts.markdown(at: index) ?? MarkdownText(.post, bytes: [])).document
    }
    var rest = parsed[...]
    func take<Item>(_ items: [SelectedItem<Item>]) -> [Parsed<Item>] {
      defer { rest = rest.dropFirst(items.count) }
      return zip(items, rest).map { Parsed($0, document: $1) }
    }
    var documents = Documents(selected: selected)
    documents.posts = take(selected.posts)
    documents.responses = take(selected.responses)
    documents.contributors = take(selected.contributors)
    documents.topics = take(selected.topics)
    documents.pages = take(selected.pages)
    return await Linking(documents, jobs: jobs).community
  }
}

extension Community {
  /// The diagnostics without those about titles, which most of these documents lack.
  var findings: [String] {
    diagnostics.filter { $0.code != .missingTitle }.map(\.description)
  }

  /// The target of the first link in a post.
  func firstTarget(ofPost slug: String) -> String {
    let post = conversations.first { $0.post.slug == slug }
    switch post?.body.targets.first {
    case .site(let address, _), .image(let address, _, _), .medium(let address, _):
      return address.encoded()
    case .quote(let quotation, _): return "quote \(quotation.address.encoded())"
    case .external(let address): return address
    case .unresolved: return "unresolved"
    case .some(.none), nil: return "none"
    }
  }
}

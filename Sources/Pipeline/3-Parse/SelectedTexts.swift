package import StoaModel
import StoaSelect

/// The texts of all selected items with consecutive numbers: posts, responses, contributors, topics, pages.
struct SelectedTexts: Sendable {
  struct Entry: Sendable {
    let kind: MarkdownText.Kind
    let file: String
    let text: SourceText
    var footnotePrefix = ""
    var takesTitle = false
    var anchors: [FormerAnchor] = []
  }

  let count: Int
  let smartPunctuation: Bool
  let math: Bool
  let diagrams: Bool
  let ownHost: String
  let showsMailAddresses: Bool
  /// A closure, because there may be a hundred thousand entries.
  private let entry: @Sendable (Int) -> Entry

  init(_ selected: Selected) {
    count =
      selected.posts.count + selected.responses.count + selected.contributors.count
      + selected.topics.count + selected.pages.count
    smartPunctuation = selected.settings.smartPunctuation
    math = selected.settings.math
    diagrams = selected.settings.diagrams
    ownHost = Self.host(of: selected.settings.url)
    showsMailAddresses = selected.settings.showsAddressesInText
    entry = { number in
      var number = number
      if number < selected.posts.count { return Entry(selected.posts[number]) }
      number -= selected.posts.count
      if number < selected.responses.count { return Entry(selected.responses[number]) }
      number -= selected.responses.count
      if number < selected.contributors.count { return Entry(selected.contributors[number]) }
      number -= selected.contributors.count
      if number < selected.topics.count { return Entry(selected.topics[number]) }
      return Entry(selected.pages[number - selected.topics.count])
    }
  }

  /// Some of a build's texts, with numbers of their own.
  init(_ entries: [Entry], of selected: Selected) {
    count = entries.count
    smartPunctuation = selected.settings.smartPunctuation
    math = selected.settings.math
    diagrams = selected.settings.diagrams
    ownHost = Self.host(of: selected.settings.url)
    showsMailAddresses = selected.settings.showsAddressesInText
    entry = { entries[$0] }
  }

  subscript(index: Int) -> Entry { entry(index) }

  /// All of them, in order.
  var entries: some Sequence<Entry> { (0..<count).lazy.map { entry($0) } }

  /// The text to parse; nil when there is none.
  func markdown(at index: Int) throws -> MarkdownText? {
    let entry = self[index]
    guard entry.text.bytes.count > 0 else { return nil }
    return markdown(of: entry, bytes: try entry.text.bytes.load())
  }

  /// A text with the options that it is parsed with.
  func markdown(of entry: Entry, bytes: [UInt8]) -> MarkdownText {
    MarkdownText(
      entry.kind, bytes: bytes, footnotePrefix: entry.footnotePrefix,
      firstLine: entry.text.firstLine, takesTitle: entry.takesTitle,
      smartPunctuation: smartPunctuation, ownHost: ownHost, anchors: entry.anchors,
      mailAddresses: entry.kind.mailAddresses(areShown: showsMailAddresses), math: math,
      diagrams: diagrams)
  }

  /// The host of a URL, without its port.
  fileprivate static func host(of url: String) -> String {
    let parts = url.utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 2 else { return "" }
    return String(Substring(parts[2].prefix { $0 != UInt8(ascii: ":") })).lowercased()
  }
}

extension MarkdownText {
  /// The text of a future response, parsed like one of the community's.
  package init(reply text: String, settings: Settings) {
    self.init(
      .response, bytes: Array(text.utf8), footnotePrefix: "preview",
      smartPunctuation: settings.smartPunctuation, ownHost: SelectedTexts.host(of: settings.url),
      mailAddresses: Kind.response.mailAddresses(areShown: settings.showsAddressesInText),
      math: settings.math)
  }
}

extension WorkerPool {
  /// Whether a build could show a text as a response: its markdown is neither nested too deep nor too complex.
  package func canShow(reply text: String, settings: Settings) async throws -> Bool {
    try await parse(MarkdownText(reply: text, settings: settings)).problem == nil
  }
}

extension MarkdownText.Kind {
  /// The treatment of e-mail addresses.
  ///
  /// - Parameter areShown: whether the settings allow them to be shown.
  package func mailAddresses(areShown: Bool) -> MarkdownText.MailAddresses {
    if areShown { return .show }
    return switch self {
    case .response: .mask
    case .post, .biography, .description: .report
    // A page is written by the community itself, which may give its contact address.
    case .page: .show
    }
  }
}

extension SelectedTexts.Entry {
  init(_ post: SelectedItem<Post>) {
    self.init(
      kind: .post, file: post.item.file, text: post.item.removed == nil ? post.text : .empty,
      takesTitle: post.item.title == nil, anchors: post.item.anchors)
  }

  init(_ response: SelectedItem<Response>) {
    // A tombstone shows only its reason.
    self.init(
      kind: .response, file: response.item.file,
      text: response.item.removed == nil ? response.text : .empty, footnotePrefix: response.item.id)
  }

  init(_ contributor: SelectedItem<Contributor>) {
    self.init(
      kind: .biography, file: contributor.item.file, text: contributor.text, footnotePrefix: "bio")
  }

  init(_ topic: SelectedItem<Topic>) {
    self.init(
      kind: .description, file: topic.item.file, text: topic.text, footnotePrefix: "topic")
  }

  init(_ page: SelectedItem<Page>) {
    self.init(
      kind: .page, file: page.item.file, text: page.text, takesTitle: page.item.title == nil,
      anchors: page.item.anchors)
  }
}

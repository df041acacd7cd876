import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The history of a document: a block on pages.
struct HistoryView: Shaped {
  private let revisions: Revisions
  private let changesURL: String
  private let context: ViewContext

  /// Nil when git does not know the document.
  ///
  /// - Parameter conversation: the address of the post, if the document is one; nil for a page.
  init?(_ revisions: Revisions?, of conversation: SiteAddress? = nil, _ context: ViewContext) {
    guard let revisions else { return nil }
    self.revisions = revisions
    changesURL =
      revisions.changes.isEmpty ? "" : conversation.map { context.href(.changes(of: $0)) } ?? ""
    self.context = context
  }

  static let shape = Shape<Self>(
    "history",
    [
      .record("since", of: HistoryMomentView.self, "when the text was first committed") {
        $0.moment("here-since", $0.revisions.created, url: "")
      },
      .record("changed", of: HistoryMomentView.self, "when it was last changed, if it was") {
        view in
        view.revisions.lastChanged.map { view.moment("last-changed", $0, url: view.changesURL) }
      },
      .flaggedList(
        "editors", of: EditorView.self, "the people who changed it besides its authors"
      ) { view in
        let editors = view.revisions.editors
        return editors.indices.map {
          Part(EditorView(speaker: editors[$0], place: $0, count: editors.count, view.context))
        }
      },
    ])

  private func moment(
    _ phrase: String, _ moment: Timestamp, url: String
  ) -> Part<HistoryMomentView> {
    let text = context.strings.phrase(phrase, ["date": context.strings.date(moment)])
    return Part(HistoryMomentView(moment: moment, text: text, url: url))
  }
}

/// A moment in a document's history: in the block on pages, or beside a response.
struct HistoryMomentView: Shaped {
  fileprivate let moment: Timestamp
  fileprivate let text: String
  fileprivate let url: String

  static let shape = Shape<Self>(
    "moment of history",
    [
      .text("machine", "for `datetime`") { $0.moment.machineReadable },
      .text("text", "in words, with the date") { $0.text },
      .text("url", "the page with the changes, or empty") { $0.url },
    ])

  fileprivate init(moment: Timestamp, text: String, url: String) {
    self.moment = moment
    self.text = text
    self.url = url
  }

  /// The edit note of a response; nil when it was never changed.
  ///
  /// - Parameter page: the address of its conversation.
  init?(editsOf response: ThreadedResponse, on page: SiteAddress, _ context: ViewContext) {
    guard let revisions = response.revisions, let changed = revisions.lastChanged else {
      return nil
    }
    let changes = SiteAddress(SiteAddress.changes(of: page).path, fragment: response.fragment)
    url = revisions.changes.isEmpty ? "" : context.href(changes)
    let date = context.strings.date(changed)
    let names = context.phrase(ofNames: revisions.editors.map { context.name(of: $0) })
    moment = changed
    text =
      names.isEmpty
      ? context.strings.phrase("edited", ["date": date])
      : context.strings.phrase("edited-by", ["date": date, "names": names])
  }
}

struct EditorView: Shaped {
  private let speaker: Speaker
  private let place: Int
  private let count: Int
  private let context: ViewContext

  fileprivate init(speaker: Speaker, place: Int, count: Int, _ context: ViewContext) {
    self.speaker = speaker
    self.place = place
    self.count = count
    self.context = context
  }

  static let shape = Shape<Self>(
    "editor",
    [
      .text("name", "the name as it is shown") { $0.context.name(of: $0.speaker) },
      .text("url", "the contributor's page, or empty") { $0.url },
      .text("separator", "the text between this name and the one before, or empty") {
        $0.separator
      },
    ])

  private var url: String {
    guard case .contributor(let index) = speaker else { return "" }
    return context.href(context.community.contributors[index].address)
  }

  private var separator: String {
    if place == 0 { return "" }
    return context.strings.text(place == count - 1 ? "last-name-separator" : "name-separator")
  }
}

import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The page with the changes of a conversation's documents, word by word.
struct ChangesView: PageModel {
  static let kind = PageKind.changes

  let frame: PageFrame.Parts
  private let conversation: Conversation
  private let title: String
  private let context: ViewContext

  init(_ index: Index<Conversation>, _ frame: PageFrame, _ context: ViewContext) {
    let conversation = context.community.conversations[index]
    title = context.strings.phrase("changes-title", ["title": conversation.title])
    var page = PageFrame.Description(.changes(of: conversation.address), title)
    page.language = conversation.post.language
    page.isUnlisted = true
    self.frame = frame.parts(page)
    self.conversation = conversation
    self.context = context
  }

  struct Subject: PageSubject {
    let index: Index<Conversation>

    func view(_ frame: PageFrame, _ context: ViewContext) -> ChangesView {
      ChangesView(index, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let conversations = planner.context.community.conversations
    for index in conversations.places {
      guard let address = conversations[index].changesAddress else { continue }
      planner.add(Subject(index: index), at: address)
    }
  }

  static let shape = Shape<Self>(
    page: .changes,
    [
      .text("title", "“Changes to” with the post's title") { $0.title },
      .text("url", "the conversation's address") { $0.context.href($0.conversation.address) },
      .text("postTitle", "the post's title") { $0.conversation.title },
      .list(
        "texts", of: ChangedTextView.self,
        "the documents that were changed: the post, then responses"
      ) {
        $0.texts
      },
    ])

  private var texts: [Part<ChangedTextView>] {
    let post = conversation.revisions.map {
      ChangedTextView(
        id: "", title: "", url: context.href(conversation.address), changes: $0.changes,
        context: context)
    }
    let responses = conversation.responses.compactMap { response -> ChangedTextView? in
      guard let revisions = response.revisions else { return nil }
      let place = SiteAddress(conversation.address.path, fragment: response.fragment)
      return ChangedTextView(
        id: response.fragment,
        title: context.strings.phrase(
          "changes-response", ["name": context.name(of: response)]),
        url: context.href(place), changes: revisions.changes, context: context)
    }
    return ([post].compactMap(\.self) + responses).filter { !$0.changes.isEmpty }.map { Part($0) }
  }
}

/// A document and its changes.
struct ChangedTextView: Shaped {
  fileprivate let id: String
  fileprivate let title: String
  fileprivate let url: String
  fileprivate let changes: [Revisions.Change]
  fileprivate let context: ViewContext

  static let shape = Shape<Self>(
    "changed text",
    [
      .text("id", "the response's anchor, or empty for the post") { $0.id },
      .text("title", "the response's title, or empty for the post") { $0.title },
      .text("url", "the document's address") { $0.url },
      .list("changes", of: ChangeView.self, "its changes, the newest first") { view in
        view.changes.map { Part(ChangeView(change: $0, context: view.context)) }
      },
    ])
}

/// A change of a document.
struct ChangeView: Shaped {
  fileprivate let change: Revisions.Change
  fileprivate let context: ViewContext

  static let shape = Shape<Self>(
    "change",
    [
      .text("machine", "its date, for `datetime`") { $0.change.date.machineReadable },
      .text("date", "its date in words") { $0.context.strings.date($0.change.date) },
      .text("names", "its author, or empty") { view in
        view.context.phrase(ofNames: view.change.people.map { view.context.name(of: $0) })
      },
      .text("reason", "the reason, or empty") { $0.change.reason },
      .list("pieces", of: WordPieceView.self, "the words around it, piece by piece") { view in
        view.change.words.map { Part(WordPieceView(piece: $0)) }
      },
    ])
}

/// Words that were kept, inserted or deleted.
struct WordPieceView: Shaped {
  fileprivate let piece: WordPiece

  static let shape = Shape<Self>(
    "piece of a change",
    [
      .text("text", "the words; empty for a gap") { $0.piece.text.directionBalanced },
      .flag("isInserted", "whether they were inserted") { $0.piece.kind == .inserted },
      .flag("isDeleted", "whether they were deleted") { $0.piece.kind == .deleted },
      .flag("isKept", "whether they were kept") { $0.piece.kind == .kept },
      .flag("isGap", "whether words are left out here") { $0.piece.kind == .gap },
    ])
}

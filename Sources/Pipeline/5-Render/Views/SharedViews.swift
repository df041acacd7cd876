import StoaModel
import StoaTemplates

// Parts of several kinds of pages.

struct DateView: Shaped {
  let moment: Timestamp
  /// Whether the text includes the time of day, if it is known.
  var showsTime = false
  let context: ViewContext

  static let shape = Shape<Self>(
    "date",
    [
      .text("machine", "for `datetime`: 2026-03-04, or an instant with its offset") {
        $0.moment.machineReadable
      },
      .text("text", "in the form of the language; of a response with the time if it has one") {
        $0.showsTime
          ? $0.context.strings.dateAndTime($0.moment) : $0.context.strings.date($0.moment)
      },
    ])
}

struct LinkView: Shaped {
  let url: String
  let title: String
  let note: String
  var language = ""

  static let shape = Shape<Self>(
    "link",
    [
      .text("url", "its address") { $0.url },
      .text("title", "its words") { $0.title },
      .text("note", "a few more words, or empty") { $0.note },
      .text("language", "the language of the words, or empty when it is the site's") {
        $0.language
      },
    ])
}

struct CoverView: Shaped {
  let url: String
  let width: String
  let height: String

  static let shape = Shape<Self>(
    "cover",
    [
      .text("url", "the image's address") { $0.url },
      .text("width", "its width in pixels, or empty") { $0.width },
      .text("height", "its height in pixels, or empty") { $0.height },
    ])
}

struct PersonView: Shaped {
  let name: String
  let url: String
  let hue: String
  let initials: String
  let image: String
  let isGuest: Bool
  let isListed: Bool

  static let shape = Shape<Self>(
    "person",
    [
      .text("name", "the name as it is shown") { $0.name },
      .text("url", "the contributor's page, a guest's own address, or empty") { $0.url },
      .text("hue", "the class of one of 24 hues") { $0.hue },
      .text("initials", "one or two letters") { $0.initials },
      .text("image", "the address of an image, or empty") { $0.image },
      .flag("isGuest", "whether it is a guest rather than a contributor") { $0.isGuest },
      .flag("isListed", "whether lists and the search may name them: never a guest") {
        $0.isListed
      },
    ])
}

extension Field {
  /// The first part of a line about a contributor.
  static func contributor(_ person: @escaping @Sendable (Model) -> PersonView) -> [Field] {
    [
      .text("name", "the name as it is shown") { person($0).name },
      .text("url", "the contributor's page") { person($0).url },
      .text("hue", "the class of one of 24 hues") { person($0).hue },
      .text("initials", "one or two letters") { person($0).initials },
      .text("image", "the address of a picture, or empty") { person($0).image },
    ]
  }
}

struct WriterView: Shaped {
  let person: PersonView
  let note: String
  let evidence: String
  let evidenceURL: String

  static let shape = Shape<Self>(
    "writer",
    Field.contributor { $0.person },
    [
      .flag("isGuest", "always false") { $0.person.isGuest },
      .text("note", "a few more words, or empty") { $0.note },
      .text("evidence", "the evidence: a post, a response or an exchange") {
        $0.evidence
      },
      .text("evidenceUrl", "its address") { $0.evidenceURL },
    ])
}

struct BacklinkView: Shaped {
  let url: String
  let title: String
  let sentence: String
  let kind: String
  let label: String
  let isQuote: Bool

  static let shape = Shape<Self>(
    "backlink",
    [
      .text("url", "the place that links here") { $0.url },
      .text("title", "its title, with the name of its author") { $0.title },
      .text("sentence", "the sentence that holds the link") { $0.sentence },
      .text("kind", "article, question, practice, response or page") { $0.kind },
      .text("label", "the same in words") { $0.label },
      .flag("isQuote", "whether it shows words from here") { $0.isQuote },
    ])
}

struct PagerView: Shaped {
  let page: ListPage
  let context: ViewContext

  static let shape = Shape<Self>(
    "pager",
    [
      .text("previous", "the address of the page before, or empty") { view in
        view.page.previous.map { view.context.href($0) } ?? ""
      },
      .text("next", "the address of the page after, or empty") { view in
        view.page.next.map { view.context.href($0) } ?? ""
      },
      .text("label", "the number of this page in words") {
        $0.context.strings.phrase("page-number", ["number": String($0.page.number)])
      },
    ])
}

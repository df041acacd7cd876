import StoaAddresses
import StoaModel

/// Finds the probably meant name for each wrong one, for all of Link.
///
/// Every name is looked up once, and only the first thousand are: a site with as many mistakes as documents is checked almost as
/// fast as one without. The caller asks in a fixed order, so that every build gives the same names a suggestion.
struct Suggestions: Sendable {
  /// The set of names to search.
  enum Known: Sendable, Hashable {
    case posts
    case postsAndPages
    /// Including the titles of both.
    case slugsAndTitles
    case topics
    case handles
    case headings(of: Place.Owner)
    case responses(of: Index<Conversation>)
  }

  private struct Question: Hashable {
    let name: String
    let known: Known
  }

  private let book: AddressBook
  private var lookupsLeft = 1000
  private var answers: [Question: String?] = [:]
  private var indexes: [Known: Nearest] = [:]

  init(_ book: AddressBook) { self.book = book }

  /// The closest name to a wrong one; nil when none is close, or when too many were looked up.
  mutating func nearest(to name: String, among known: Known) -> String? {
    let question = Question(name: name, known: known)
    if let answer = answers[question] { return answer }
    guard lookupsLeft > 0 else { return nil }
    lookupsLeft -= 1
    let index = indexes[known] ?? Nearest(book.names(known))
    indexes[known] = index
    let answer = index.match(for: name)
    answers[question] = .some(answer)
    return answer
  }
}

/// A problem in a document, before its suggestion is known.
///
/// Documents are resolved on all cores; suggestions are looked up afterwards, in order.
struct Finding: Sendable, Hashable {
  struct Question: Sendable, Hashable {
    let name: String
    let known: Suggestions.Known
    /// The characters before the name in the source, such as `@`.
    let sign: String

    init(_ name: String, among known: Suggestions.Known, sign: String = "") {
      self.name = name
      self.known = known
      self.sign = sign
    }
  }

  /// With the suggestion for a name without close matches.
  let diagnostic: Diagnostic
  let question: Question?

  init(_ diagnostic: Diagnostic, asking question: Question? = nil) {
    self.diagnostic = diagnostic
    self.question = question
  }

  func answered(by suggestions: inout Suggestions) -> Diagnostic {
    guard let question,
      let nearest = suggestions.nearest(to: question.name, among: question.known)
    else { return diagnostic }
    return Diagnostic(
      diagnostic.code, at: diagnostic.location, diagnostic.message,
      suggestion: "did you mean “\(question.sign)\(nearest)”?")
  }
}

extension Suggestions {
  /// The diagnostics of findings, in order of place.
  mutating func answer(_ findings: [Finding]) -> [Diagnostic] {
    findings.sorted { $0.diagnostic < $1.diagnostic }.map { $0.answered(by: &self) }
  }
}

extension AddressBook {
  fileprivate func names(_ known: Suggestions.Known) -> [String] {
    switch known {
    case .posts: index.bySlug.filter { $0.value.isPost }.map(\.key)
    case .postsAndPages: Array(index.bySlug.keys)
    case .slugsAndTitles: index.bySlug.flatMap { [$0.key, $0.value.title] }
    case .topics: topics.entries.flatMap { [$0.slug, $0.title] }
    case .handles: people.entries.map(\.slug)
    case .headings(let owner): Array(index.anchors(of: owner).headings.keys)
    case .responses(let conversation):
      index.conversations[conversation.position].responses.values.map {
        String($0.dropFirst("response-".utf8.count))
      }
    }
  }
}

extension Place {
  fileprivate var isPost: Bool {
    if case .conversation = owner { true } else { false }
  }
}

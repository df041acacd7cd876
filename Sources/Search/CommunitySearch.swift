package import StoaAddresses
import StoaHTML
package import StoaLink
package import StoaModel
import StoaWords

/// Searches a community without its site, in the index that the site would have.
package struct CommunitySearch: Sendable {
  /// The filters of a search; an empty one has no effect.
  package struct Filter: Sendable {
    package var topic = ""
    package var person = ""
    package var kind = ""
    package var language = ""
    package init() {}
  }

  /// A page that matches, with its best document.
  package struct Hit: Sendable {
    package let title: String
    /// The address of the document.
    package let address: SiteAddress
    /// The authors' names; empty for topics, people and pages.
    package let names: String
    /// The author of the parent response; empty for a reply to the post.
    package let parent: String
    package let date: Timestamp?
    /// The sentence with most of the words, or the beginning.
    package let sentence: String
    /// The number of further matching documents on the page.
    package let more: Int
  }

  package static let kinds = ["post", "question", "practice", "page", "topic", "contributor"]

  private let community: Community
  private let groups: [SearchableGroup]
  private let reader: SearchReader

  package init(_ community: Community, jobs: Int) async {
    self.community = community
    groups = community.searchable
    reader = SearchReader(await SearchIndex(community, jobs: jobs), groups: groups)
  }

  /// Answers a query.
  ///
  /// - Throws: `UsageError` for a filter value that the community does not have.
  package func search(
    _ query: String, _ filter: Filter, byDate: Bool, limit: Int
  ) throws(UsageError) -> (answer: SearchReader.Answer, hits: [Hit]) {
    let answer = reader.search(query, chosen: try names(of: filter), byDate: byDate)
    return (answer, answer.results.prefix(limit).map { hit($0, answer.terms) })
  }

  private func names(of filter: Filter) throws(UsageError) -> [String] {
    var names: [String] = []
    if !filter.kind.isEmpty {
      guard let kind = Self.kinds.firstIndex(of: filter.kind) else {
        throw UsageError(
          "“\(filter.kind)” is not a kind: use one of \(Self.kinds.joined(separator: ", "))")
      }
      names.append(":k\(kind)")
    }
    if !filter.topic.isEmpty {
      let key = NameKey(filter.topic)
      let place = community.topics.firstPlace {
        NameKey($0.slug) == key || NameKey($0.title) == key
      }
      guard let place else { throw UsageError("there is no topic “\(filter.topic)”") }
      names.append(":t\(place.position)")
    }
    if !filter.person.isEmpty {
      let key = NameKey(filter.person)
      let people = community.listedPeople.map { community.contributors[$0] }
      guard
        let place = people.firstIndex(where: {
          NameKey($0.handle) == key || NameKey($0.name) == key
        })
      else { throw UsageError("no contributor is called “\(filter.person)”") }
      names.append(":p\(place)")
    }
    if !filter.language.isEmpty { names.append(":l\(filter.language.lowercased())") }
    return names
  }

  private func hit(_ result: SearchReader.Result, _ terms: Set<String>) -> Hit {
    let group = groups[result.group]
    let text = group.texts[result.texts.first ?? 0]
    return Hit(
      title: group.title,
      address: text.id.isEmpty
        ? group.address : group.address.with(fragment: "response-" + text.id),
      names: text.names.joined(separator: ", "), parent: text.parent, date: text.date,
      sentence: Sentence.best(of: text, terms),
      more: max(0, result.texts.count - 1))
  }
}

/// Finds the best sentence of a body, without its markup.
private enum Sentence {
  private static let mostLetters = 240

  /// The sentence with most of the words; the first when none has any.
  static func best(of searchable: SearchableGroup.Text, _ terms: Set<String>) -> String {
    guard let body = searchable.body, let bytes = try? body.document.body.load() else { return "" }
    let text =
      String(decoding: body.plainText(bytes[...]), as: UTF8.self) + "\n"
      + searchable.summary
    var (best, most) = (Substring(), -1)
    for sentence in sentences(of: text) {
      var reader = WordReader()
      var found: Set<String> = []
      reader.read(String(sentence)) { word in
        let word = word.string
        if terms.contains(word) { found.insert(word) }
      }
      if found.count > most { (best, most) = (sentence, found.count) }
    }
    let scalars = best.unicodeScalars
    guard scalars.count > mostLetters else { return String(best) }
    return String(String.UnicodeScalarView(scalars.prefix(mostLetters))) + "…"
  }

  private static func sentences(of text: String) -> [Substring] {
    var sentences: [Substring] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var hasEnded = false
    for index in scalars.indices {
      let scalar = scalars[index]
      let isEnd = [".", "!", "?", "。", "！", "？"].contains(scalar)
      if scalar == "\n" || hasEnded && !isEnd {
        sentences.append(text[start..<index])
        start = index
      }
      hasEnded = isEnd
    }
    sentences.append(text[start...])
    return sentences.map { $0.trimmed }.filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\n" || scalar == "\t" }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return Substring(scalars)
  }
}

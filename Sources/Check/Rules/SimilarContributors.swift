import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// Two contributors have almost the same name: one letter apart, or different only in accents, punctuation or word order.
  ///
  /// Two contributors who both have a file are different on purpose. Guests are not compared: many people share a name.
  static let similarContributors = Rule(
    .similarContributors,
    passing: [
      [
        "content/posts/a.md": signed("Maren Holt"),
        "content/posts/b.md": signed("Henrik Dahl"),
        "content/posts/c.md": signed("Jun"),
        "content/posts/d.md": signed("Jan"),
      ],
      [
        "content/posts/a.md": signed("Maren Holt"),
        "content/posts/b.md": signed("Maren Hold"),
        "content/contributors/maren-holt.md": "---\nname: Maren Holt\n---\n",
        "content/contributors/maren-hold.md": "---\nname: Maren Hold\n---\n",
      ],
    ],
    failing: [
      [
        "content/posts/a.md": signed("Maren Holt"),
        "content/posts/b.md": signed("Maren Holt"),
        "content/posts/c.md": signed("‸Maren Hotl"),
      ],
      [
        "content/posts/a.md": signed("José Díaz"),
        "content/posts/b.md": signed("José Díaz"),
        "content/responses/a/1.md": "---\nauthor: ‸Diaz Jose\ndate: 2026-03-04\n---\n\nText.\n",
      ],
    ]
  ) { community in
    let people = community.contributors
    let keys = people.map { Self.key(of: $0.name) }
    var alike: [String: [Int]] = [:]
    for (index, key) in keys.enumerated() { alike[key, default: []].append(index) }
    let same = alike.values.flatMap { group in group.dropFirst().map { (group[0], $0) } }
    let pairs = (same + SlipIndex.pairs(in: keys, minimumLength: 6)).sorted { $0 < $1 }
    guard !pairs.isEmpty else { return [] }
    let uses = Self.uses(in: community)
    return pairs.compactMap { first, second in
      guard people[first].file == nil || people[second].file == nil else { return nil }
      let rarer = Self.rarer(of: (first, second)) { person in
        (people[person].file != nil, uses[person, default: []].count)
      }
      let (slip, meant) = (people[rarer], people[rarer == first ? second : first])
      guard let place = Self.first(uses[rarer, default: []]) else { return nil }
      return Diagnostic(
        .similarContributors, at: place,
        "“\(slip.name)” and “\(meant.name)” look like one person",
        suggestion:
          "write one name everywhere, or give each a file in content/contributors")
    }
  }

  private static func signed(_ author: String) -> String {
    "---\ntitle: A bell\nauthor: \(author)\ndate: 2026-03-04\n---\n\nText.\n"
  }

  /// Where each contributor without a file is named as an author.
  private static func uses(in community: Community) -> [Int: [Located<String>]] {
    var bySlug: [String: Int] = [:]
    for (index, person) in community.contributors.enumerated() { bySlug[person.handle] = index }
    var authors = community.conversations.flatMap(\.post.authors)
    for conversation in community.conversations {
      for response in conversation.responses + conversation.mentions {
        if case .author(let name)? = response.response.voice, response.response.removed == nil {
          authors.append(name)
        }
      }
    }
    var uses: [Int: [Located<String>]] = [:]
    for author in authors {
      guard let person = bySlug[Slug.make(from: author.value)] else { continue }
      uses[person, default: []].append(author)
    }
    return uses
  }

  /// A name without case, accents and punctuation, its words in alphabetical order.
  private static func key(of name: String) -> String {
    let plain = NameKey(name).folded.withoutMarks.unicodeScalars
    let words = plain.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
    return words.map { String($0) }
      .sorted { $0.precedes($1) }.joined(separator: " ")
  }
}

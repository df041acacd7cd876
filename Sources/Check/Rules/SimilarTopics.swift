import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// Two topics have names that are one letter apart, usually because one is misspelt, or that are two forms of one word.
  ///
  /// Two topics that both have a file are different on purpose.
  static let similarTopics = Rule(
    .similarTopics,
    passing: [
      ["content/posts/a.md": topical("Trust, Truth, Year 2025, Year 2026, Web, Wed")],
      [
        "content/posts/a.md": topical("Casting, Carting"),
        "content/topics/casting.md": "---\ntitle: Casting\n---\n",
        "content/topics/carting.md": "---\ntitle: Carting\n---\n",
      ],
    ],
    failing: [
      [
        "content/posts/a.md": topical("Facilitation"),
        "content/posts/b.md": topical("Facilitation"),
        "content/posts/c.md": topical("Trust, ‸Facilitaton"),
      ],
      [
        "content/posts/a.md": topical("‸Bells"),
        "content/posts/b.md": topical("Bells"),
        "content/posts/c.md": topical("Bell"),
        "content/topics/bell.md": "---\ntitle: Bell\n---\n",
      ],
      [
        "content/posts/a.md": topical("Story, Night shifts"),
        "content/posts/b.md": topical("Story, Night shifts"),
        "content/posts/c.md": topical("‸Stories"),
      ],
      [
        "content/posts/a.md": topical("Moulding boxes"),
        "content/posts/b.md": topical("Moulding boxes"),
        "content/posts/c.md": topical("‸Moldingbox"),
      ],
    ]
  ) { community in
    let names = community.topics.map(\.slug)
    let slips = Set(SlipIndex.pairs(in: names, minimumLength: 4).map { [$0.0, $0.1] })
    let forms = Set(WordForm.pairs(in: names).map { [$0.0, $0.1] })
    return slips.union(forms).sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.compactMap { pair in
      let (first, second) = (pair[0], pair[1])
      let topics = community.topics
      guard topics[first].file == nil || topics[second].file == nil else { return nil }
      let rarer = Self.rarer(of: (first, second)) { topic in
        (topics[topic].file != nil, topics[topic].conversations.count)
      }
      let (slip, meant) = (topics[rarer], topics[rarer == first ? second : first])
      let uses = community.conversations.filter { $0.topics.contains(Index(rarer)) }
        .flatMap(\.post.topics)
        .filter { $0.value == slip.title || Slug.make(from: $0.value) == slip.slug }
      guard let place = Self.first(uses) else { return nil }
      return Diagnostic(
        .similarTopics, at: place,
        slips.contains(pair)
          ? "the topic “\(slip.title)” is one letter away from “\(meant.title)”"
          : "the topic “\(slip.title)” is “\(meant.title)” in another form",
        suggestion: "write one name everywhere, or give each a file in content/topics")
    }
  }

  private static func topical(_ topics: String) -> String {
    "---\ntitle: A bell\nauthor: Maren\ndate: 2026-03-04\ntopics: [\(topics)]\n---\n\nText.\n"
  }

  /// The one of two topics that is more likely misspelt: without a file, used less, or else the later one.
  static func rarer(
    of pair: (Int, Int), _ weight: (Int) -> (hasFile: Bool, uses: Int)
  ) -> Int {
    let (first, second) = (weight(pair.0), weight(pair.1))
    if first.hasFile != second.hasFile { return first.hasFile ? pair.1 : pair.0 }
    return first.uses < second.uses ? pair.0 : pair.1
  }

  /// The first use of a name, by file.
  static func first(_ uses: [Located<String>]) -> SourceLocation? {
    uses.map(\.location).min { left, right in
      left.file == right.file
        ? (left.line, left.column) < (right.line, right.column)
        : left.file.precedes(right.file)
    }
  }
}

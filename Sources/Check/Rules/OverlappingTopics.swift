import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// Two topics have mostly the same posts: they may be one topic, or one may be a part of the other.
  static let overlappingTopics = Rule(
    .overlappingTopics,
    passing: [
      bells(topics: "Casting, Bronze", parent: "Casting"),
      bells(topics: "Casting, Bronze", last: "Casting"),
    ],
    failing: [bells(topics: "Casting, ‸Bronze")]
  ) { community in
    community.topicOverlaps.compactMap { overlap in
      let (smaller, larger) = (community.topics[overlap.smaller], community.topics[overlap.larger])
      let uses = community.conversations.filter { $0.topics.contains(overlap.smaller) }
        .flatMap(\.post.topics)
        .filter { $0.value == smaller.title || Slug.make(from: $0.value) == smaller.slug }
      guard let place = Self.first(uses) else { return nil }
      return Diagnostic(
        .overlappingTopics, at: place,
        "most posts about “\(smaller.title)” are about “\(larger.title)”, too",
        suggestion:
          "one topic is enough, or write “parent: \(larger.title)” in content/topics/\(smaller.slug).md"
      )
    }
  }

  /// Posts for the examples: all have these topics, except perhaps the last ones.
  private static func bells(topics: String, parent: String? = nil, last: String? = nil) -> Example {
    var files: [(String, String)] = []
    let texts = ["crucible mould", "mould crucible foundry", "foundry mould crucible"]
    for (number, text) in texts.enumerated() {
      let names = number == 0 ? topics : topics.filter { String($0) != Example.mark }
      files.append(
        ("content/posts/a\(number).md", topical(number > 0 ? last ?? names : names, text)))
    }
    files.append(("content/posts/z.md", topical("Casting", "crucible mould foundry")))
    files.append(("content/posts/y.md", topical("Weather", "rain wind cloud")))
    if let parent {
      files.append(
        ("content/topics/bronze.md", "---\ntitle: Bronze\nparent: \(parent)\n---\n"))
    }
    return Example(files)
  }

  private static func topical(_ topics: String, _ text: String) -> String {
    "---\ntitle: A bell\nauthor: Maren\ndate: 2026-03-04\ntopics: [\(topics)]\n---\n\n\(text)\n"
  }
}

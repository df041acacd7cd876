import StoaModel
import Testing

@testable import StoaLink

@Suite("Closeness") struct ClosenessTests {
  /// Posts about ropes and posts about bread, each by a different author.
  private static let texts: KeyValuePairs<String, String> = [
    "posts/rope": "by ann\n# Rope\n\nHemp is twisted into strands, and tar keeps the strands.",
    "posts/tar": "by bea\n# Tar\n\nStrands of hemp are twisted before the tar.",
    "posts/oven": "by cy\n# Oven\n\nLoam and a flue make a furnace for bread.",
    "posts/loaf":
      "by dee\n# Loaf\n\nBread rises in the furnace when the flue is shut, behind loam.",
    "posts/ask": "by eve\n# Who\n\nWhere is loam dug?",
  ]

  @Test("is made of words that few have, and not of what is linked") func related() async throws {
    let community = try await SampleCommunity(Self.texts).linked()
    #expect(community.related(to: "rope").first == "tar")
    #expect(community.related(to: "oven").first == "loaf")
    var sample = SampleCommunity(Self.texts)
    sample.add("posts/note", "by flo\n# Note\n\nHemp, tar and strands are in [[tar]].")
    let related = try await sample.linked().related(to: "note")
    #expect(related.first == "rope" && !related.contains("tar"))
  }

  @Test("finds pairs that do not know of each other, with the words of both") func gaps()
    async throws
  {
    let community = try await SampleCommunity(Self.texts).linked()
    #expect(
      community.pairs == [
        "loaf oven: bread, flue, furnace, loam", "rope tar: hemp, strands, tar, twisted",
      ])
  }

  @Test("takes a link in a response for knowing, and a post that links to both for a bridge")
  func joined() async throws {
    var sample = SampleCommunity(Self.texts)
    sample.add("responses/rope/1", "by gus\nSee [[tar]].")
    sample.add("posts/both", "by hal\n# Both\n\nOf [[oven]] and [[loaf]].")
    let community = try await sample.linked()
    #expect(community.pairs == ["loaf oven by both: bread, flue, furnace, loam"])
    #expect(community.conversations.allSatisfy { $0.unknown.isEmpty })
  }

  @Test("is the same on one core and on several") func cores() async throws {
    var sample = SampleCommunity(Self.texts)
    for number in 0..<80 {
      sample.add(
        "posts/p\(number)",
        "by p\(number % 7)\n# P \(number)\n\n"
          + (0..<12).map { "word\((number * 7 + $0 * $0) % 120)" }.joined(separator: " "))
    }
    let one = try await sample.linked(jobs: 1)
    let several = try await sample.linked(jobs: 5)
    #expect(one.conversations.map(\.related) == several.conversations.map(\.related))
    #expect(one.pairs == several.pairs)
    #expect(one.conversations.contains { $0.related.count == 6 })
  }

  @Test("has whole square roots") func roots() {
    for number in [0, 1, 2, 3, 4, 8, 9, 99, 100, 1 << 40, (1 << 31) * (1 << 31) - 1] {
      let root = number.squareRoot
      #expect(root * root <= number && (root + 1) * (root + 1) > number)
    }
  }
}

extension Community {
  fileprivate func related(to slug: String) -> [String] {
    conversations.first { $0.post.slug == slug }?.related.map { conversations[$0].post.slug } ?? []
  }

  /// Each gap as the slugs of its two conversations, the posts that join them, and the common words in byte order.
  fileprivate var pairs: [String] {
    gaps.map { gap in
      let ends = [gap.newer, gap.older].map { conversations[$0].post.slug }.sorted()
      let bridges = gap.bridges.map { conversations[$0].post.slug }
      return ends.joined(separator: " ")
        + (bridges.isEmpty ? "" : " by \(bridges.joined(separator: " "))") + ": "
        + gap.words.sorted().joined(separator: ", ")
    }.sorted()
  }
}

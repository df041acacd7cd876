import StoaAddresses
import StoaModel
import Testing

@testable import StoaLink

@Suite("Backlinks") struct BacklinkTests {
  @Test(
    "of a topic are all links to it, with their sentences",
    arguments: [
      "[[topic:trust]]", "[trust](/topics/trust/)", "[trust](../topics/trust.md)",
      "[trust](https://stoa.example/topics/trust/)",
    ])
  func topic(_ link: String) async throws {
    let community = try await SampleCommunity([
      "topics/trust": "What it takes.",
      "posts/rope": "It was late. A rope needs \(link) too. So it was.",
    ]).linked()
    let trust = community.topics.first { $0.slug == "trust" }
    #expect(trust?.backlinks.map(\.address.path) == ["/posts/rope/"])
    #expect(trust?.backlinks.map(\.sentence) == ["A rope needs trust too."])
  }

  @Test("of a person are where others speak of them, once for each conversation")
  func person() async throws {
    let community = try await SampleCommunity([
      "contributors/jun": "",
      "posts/rope": "Ask @jun, and [[@jun]].",
      "responses/rope/1": "by jun\nI am @jun.",
      "responses/rope/2": "Thanks, @jun.",
      "posts/wire": "by jun\n@jun asks.",
      "responses/wire/1":
        "by henrik\nAs @jun says. And [Jun](https://stoa.example/contributors/jun/).",
      "pages/about": "@jun keeps the site.",
    ]).linked()
    let jun = community.contributors.first { $0.handle == "jun" }
    #expect(
      jun?.backlinks.map(\.sentence) == [
        "Ask @jun, and jun.", "As @jun says.", "@jun keeps the site.",
      ])
  }

  @Test("of a person whom lists do not show are none")
  func hiddenPerson() async throws {
    var sample = SampleCommunity(["contributors/jun": "", "posts/rope": "Ask @jun."])
    sample.hideContributor()
    let jun = try await sample.linked().contributors.first { $0.handle == "jun" }
    #expect(jun?.backlinks.isEmpty == true)
  }

  @Test("do not come from what is unlisted")
  func unlisted() async throws {
    var sample = SampleCommunity(["topics/trust": "", "posts/rope": "See [[topic:trust]]."])
    sample.changePost { $0.isUnlisted = true }
    #expect(try await sample.linked().topics.allSatisfy { $0.backlinks.isEmpty })
  }
}

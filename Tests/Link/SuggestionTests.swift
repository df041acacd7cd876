import StoaModel
import Testing

@testable import StoaLink

@Suite("Suggestions") struct SuggestionTests {
  private func community(wrongNames count: Int) -> SampleCommunity {
    var sample = SampleCommunity([:])
    for number in 0..<count {
      sample.add(
        "posts/rope-\(number)-end", "See [[rope-\(number)-ent]] and [x](rope-\(number)-enx.md).")
    }
    return sample
  }

  @Test("are the same whatever the number of jobs")
  func jobs() async throws {
    let sample = community(wrongNames: 700)
    let one = try await sample.linked(jobs: 1).findings
    let many = try await sample.linked(jobs: 8).findings
    #expect(one == many)
    #expect(one.count == 1400)
  }

  @Test(
    "are made for the first thousand names, in order of place, and for each as often as it occurs")
  func budget() async throws {
    var sample = community(wrongNames: 600)
    sample.add("posts/a", "See [[rope-1-ent]].")
    sample.add("posts/z", "See [[rope-1-ent]].")
    let findings = try await sample.linked().findings
    let answered = findings.map { $0.contains("did you mean") }
    #expect(answered.first == true)
    #expect(answered.last == true)
    #expect(findings.last?.contains("did you mean “rope-1-end”?") == true)
    #expect(answered.count { $0 } == 1002)
    #expect(answered.dropLast().drop { $0 }.allSatisfy { !$0 })
  }

  @Test("for a folder of responses come once, with the number of its files")
  func renamedFolder() async throws {
    var sample = SampleCommunity(["posts/slack-rope": "Text."])
    sample.changePost { $0.aliases = [Located("cord", at: SourceLocation(file: $0.file))] }
    for number in 1...3 { sample.add("responses/slack-roap/\(number)", "Text.") }
    for number in 1...2 { sample.add("responses/cord/\(number)", "Text.") }
    #expect(
      try await sample.linked().findings == [
        "content/responses/cord/1.md: error: there is no post “cord” that this response and 1 more in its folder could answer; rename the folder to “slack-rope”, as the post is called now [missing-post]",
        "content/responses/slack-roap/1.md: error: there is no post “slack-roap” that this response and 2 more in its folder could answer; did you mean “slack-rope”? [missing-post]",
      ])
  }
}

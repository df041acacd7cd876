import Foundation
import Testing

@Suite("A deep thread") struct DeepThreadTests {
  private let site = SiteCase(folder: SiteCase.sites.appendingPathComponent("valid/deep-thread"))

  @Test("nests to 64 levels, then goes on beside, each saying what it answers") func depth()
    async throws
  {
    let page = try await site.build([], prepare: preparations[site.name]) { _, folder in
      let file = folder.appendingPathComponent("posts/well/index.html")
      return try Markup.read(try String(contentsOf: file, encoding: .utf8))
    }
    var depths: [Int] = []
    var answered: [String] = []
    collect(page, depth: 0, &depths, &answered)
    #expect(depths == Array(1...64) + [Int](repeating: 64, count: 6))
    #expect(answered == (1...69).map { "#response-r\($0)" })
  }

  /// The depth of each response in nested lists, and the links to the answered responses, in order.
  private func collect(
    _ element: Markup.Element, depth: Int, _ depths: inout [Int], _ answered: inout [String]
  ) {
    for child in element.elements {
      if child["id"]?.hasPrefix("response-r") == true, child.name == "article" {
        depths.append(depth)
      }
      if child.matches(".u-in-reply-to"), let target = child["href"], target.hasPrefix("#") {
        answered.append(target)
      }
      collect(child, depth: depth + (child.name == "li" ? 1 : 0), &depths, &answered)
    }
  }
}

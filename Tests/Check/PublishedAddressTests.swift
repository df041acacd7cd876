import Stoa
import StoaCheck
import StoaModel
import Testing

@Suite("The address gate") struct PublishedAddressTests {
  private static let bell = "---\ntitle: A bell\nauthor: Maren\ndate: 2026-03-04\n"

  private func vanished(
    _ example: Example, _ list: String, audience: String? = nil
  ) async throws -> [String] {
    try await MarkedCommunity(example)
      .check(audience: audience, published: PublishedList(Array(list.utf8), file: "addresses.txt"))
      .filter { $0.code == .vanishedAddress }.map(\.description)
  }

  @Test("opens for a site that has all of its addresses")
  func complete() async throws {
    let example: Example = [
      "content/posts/a.md": "\(Self.bell)---\n\n## Casting\n",
      "content/responses/a/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
    ]
    let list = "/\n/posts/a/\r\n/posts/a/#casting\n/posts/a/#response-1\n\n/contributors/maren/\n"
    #expect(try await vanished(example, list) == [])
  }

  @Test("names each address and anchor that has gone, by its line")
  func gone() async throws {
    let example: Example = ["content/posts/a.md": "\(Self.bell)---\n\nText.\n"]
    let list = "/posts/a/\n/posts/a/#casting\n/posts/b/\n/posts/b/#casting\n"
    let found = try await vanished(example, list)
    #expect(found.map { $0.prefix { $0 != " " } } == [2, 3, 4].map { "addresses.txt:\($0):1:" })
    #expect(found[0].contains("“/posts/a/” no longer has the anchor “casting”"))
    #expect(found[1].contains("error: nothing is at “/posts/b/” any more"))
  }

  @Test("follows an alias with its anchors")
  func alias() async throws {
    let example: Example = [
      "content/posts/b.md": "\(Self.bell)aliases: [/posts/a/]\n---\n\n## Casting\n"
    ]
    let found = try await vanished(example, "/posts/a/\n/posts/a/#casting\n/posts/a/#tin\n")
    #expect(found.map { $0.prefix { $0 != " " } } == ["addresses.txt:3:1:"])
  }

  @Test("looks at the widest audience, where an item that became private has gone")
  func audiences() async throws {
    let example: Example = [
      "stoa.yml": "title: Bells\naudiences: [team, public]\n",
      "content/posts/a.md": "\(Self.bell)audience: team\n---\n\nText.\n",
    ]
    #expect(try await vanished(example, "/posts/a/\n").count == 1)
    #expect(try await vanished(example, "/posts/a/\n", audience: "team") == [])
  }
}

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
      .filter { $0.code.rawValue.hasPrefix("vanished-") }.map(\.description)
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
    #expect(found.map { $0.prefix { $0 != " " } } == [2, 3].map { "addresses.txt:\($0):1:" })
    #expect(found[0].contains("warning: “/posts/a/” no longer has the anchor “casting”"))
    #expect(found[1].contains("error: nothing is at “/posts/b/” any more"))
  }

  @Test("names a page once, also where the list has only what was below it")
  func once() async throws {
    let example: Example = ["content/posts/a.md": "\(Self.bell)---\n\nText.\n"]
    let found = try await vanished(example, "/posts/b/#casting\n/posts/b/#tin\n/posts/b/feed.xml\n")
    #expect(found.map { $0.prefix { $0 != " " } } == ["addresses.txt:1:1:"])
  }

  @Test(
    "holds neither lists nor files against anybody",
    arguments: [
      "/archive/2019/", "/archive/2019/05/page/2/", "/posts/page/7/", "/topics/x/page/2/",
      "/contributors/x/page/3/", "/search/", "/a.png", "/posts/a/a.pdf", "/sitemap-2.xml",
      "/addresses.txt", "/follow/page/2/",
    ])
  func notHeld(address: String) async throws {
    let example: Example = ["content/posts/a.md": "\(Self.bell)---\n\nText.\n"]
    #expect(try await vanished(example, address + "\n") == [])
  }

  @Test(
    "holds pages and feeds, however they are written",
    arguments: [
      "/archive/old/", "/page/2/", "/posts/2/page/", "/old.html", "/%E5%AD%97/", "/x/feed.xml",
    ])
  func held(address: String) async throws {
    let example: Example = ["content/posts/a.md": "\(Self.bell)---\n\nText.\n"]
    #expect(try await vanished(example, address + "\n").count == 1)
  }

  @Test(
    "lets go what stoa.yml lists, and what was below it",
    arguments: [
      "/posts/b/: taken back", "posts/b: taken back", "https://bells.example/posts/b/: taken back",
      "sha256:\(GoneAddress.digest(of: "/posts/b/")): erased",
    ])
  func onPurpose(entry: String) async throws {
    let example: Example = [
      "stoa.yml": "title: Bells\nurl: https://bells.example\ngone:\n  \(entry)\n",
      "content/posts/a.md": "\(Self.bell)---\n\nText.\n",
    ]
    #expect(
      try await vanished(example, "/posts/b/\n/posts/b/#response-1\n/posts/b/feed.xml\n") == [])
    #expect(try await vanished(example, "/posts/bb/\n").count == 1)
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

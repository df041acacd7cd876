import Foundation
import StoaImport
import Testing

@Suite("Posts of Jekyll and Hugo") struct GeneratorPostTests {
  private let text = "---\ntitle: Rope\ndate: 2019-03-04\n---\n\nAbout rope.\n"

  private func importing(
    _ files: [String: String], _ check: (SourceFolder, ImportReport) throws -> Void
  ) async throws {
    let source = try SourceFolder(files)
    defer { source.remove() }
    let report = try await source.run(.staticman)
    try check(source, report)
    #expect(try await source.errors() == [])
  }

  @Test("have their front matter in JSON")
  func json() async throws {
    let matter = #"{"title": "Rope", "date": "2019-03-04", "tags": ["a }", "b"]}"#
    try await importing(["content/post/rope.md": "\(matter)\n\nAbout {rope}.\n"]) {
      (source, _) throws in
      let lines = try source.matter("content/posts/rope.md")
      #expect(lines.contains("title: Rope") && lines.contains("date: 2019-03-04"))
      #expect(lines.contains("  - 'a }'"))
      #expect(try source.body("content/posts/rope.md") == "About {rope}.")
    }
  }

  @Test("may begin with a brace that opens no object")
  func brace() async throws {
    try await importing(["content/post/rope.md": "{% raw %} and text\n"]) { (source, _) throws in
      #expect(try source.body("content/posts/rope.md") == "{% raw %} and text")
    }
  }

  @Test("take their excerpt along as summary")
  func excerpt() async throws {
    let text = "---\ntitle: Rope\nexcerpt: In short.\n---\n\nAbout rope.\n"
    try await importing(["_posts/2019-03-01-rope.md": text]) { (source, _) throws in
      #expect(try source.matter("content/posts/rope.md").contains("summary: In short."))
    }
  }

  @Test(
    "answer at the address that the site's configuration gave them",
    arguments: [
      ("_config.yml", "title: T\n", "/knots/2019/03/04/rope.html"),
      ("_config.yml", "permalink: pretty\n", "/knots/2019/03/04/rope/"),
      ("_config.yml", "permalink: /:year/:title/\n", "/2019/rope/"),
      ("_config.yml", "permalink: /:month-:i_day/:slug\n", "/03-4/rope/"),
      ("hugo.toml", "title = 'T'\n", "/post/rope/"),
      ("hugo.toml", "[permalinks]\npost = '/:year/:section/:slug/'\n", "/2019/post/rope/"),
      ("config.yaml", "permalinks:\n  page:\n    post: /p/:filename/\n", "/p/rope/"),
    ])
  func permalinks(file: String, configuration: String, address: String) async throws {
    let text = "---\ntitle: Rope\ndate: 2019-03-04\ncategories: [Knots]\n---\n\nAbout rope.\n"
    let post = file.hasPrefix("_") ? "_posts/2019-03-04-rope.md" : "content/post/rope.md"
    try await importing([file: configuration, post: text]) { (source, _) throws in
      #expect(try source.matter("content/posts/rope.md").contains("aliases: '\(address)'"))
    }
  }

  @Test("without a known address have no alias", arguments: ["", "permalink: /:mood/:title/\n"])
  func unknownPermalinks(configuration: String) async throws {
    var files = ["_posts/2019-03-04-rope.md": text]
    if !configuration.isEmpty { files["_config.yml"] = configuration }
    try await importing(files) { (source, _) throws in
      let matter = try source.matter("content/posts/rope.md")
      #expect(!matter.contains { $0.contains("aliases") })
    }
  }

  @Test(
    "bring their picture, from the bundle and from the site's own files",
    arguments: [
      ("content/post/rope/index.md", "featured_image: wire.png", "content/post/rope/wire.png"),
      ("content/post/rope/index.md", "cover:\n  image: wire.png", "content/post/rope/wire.png"),
      ("content/post/rope/index.md", "weight: 1", "content/post/rope/feature-wire.png"),
      ("content/post/rope.md", "images: [/img/wire.png]", "static/img/wire.png"),
      ("_posts/2019-03-04-rope.md", "image: /assets/wire.png", "assets/wire.png"),
      ("_posts/2019-03-04-rope.md", "image:\n  path: wire.png", "assets/wire.png"),
    ])
  func pictures(post: String, key: String, file: String) async throws {
    let text = "---\ntitle: Rope\ndate: 2019-03-04\n\(key)\n---\n\nAbout rope.\n"
    try await importing([post: text, file: "png"]) { source, report in
      let name = try #require(file.split(separator: "/").last)
      #expect(try source.matter("content/posts/rope/index.md").contains("image: \(name)"))
      #expect(source.text("content/posts/rope/\(name)") == "png")
      #expect(report.sum("file") == [1, 1, 0, 0])
    }
  }

  @Test(
    "leave a picture that is not theirs, and say so",
    arguments: ["../secret.png", "https://x.example/a.png", "/gone.png", "link/secret.png"])
  func foreignPictures(name: String) async throws {
    let source = try SourceFolder([
      "_posts/2019-03-04-rope.md": "---\ntitle: Rope\nimage: \(name)\n---\n\nAbout rope.\n"
    ])
    defer { source.remove() }
    let secret = source.folder.appending(path: "secret.png")
    try Data("secret".utf8).write(to: secret)
    try FileManager.default.createSymbolicLink(
      at: source.source.appending(path: "link"), withDestinationURL: source.folder)
    let report = try await source.run(.staticman)
    #expect(
      report.notes(on: "_posts/2019-03-04-rope.md").contains {
        $0 == "its image is missing from the site's files"
      })
    let texts = try source.files().values
    #expect(!texts.contains { $0 == "secret" || $0.contains("image:") })
  }
}

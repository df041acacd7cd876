import StoaModel
import Testing

@testable import StoaLink

@Suite("A link") struct LinkTargetTests {
  /// The community around each tested link.
  private func community(_ text: String, url: String = "https://stoa.example") async throws
    -> Community
  {
    var sample = SampleCommunity(
      [
        "posts/here": text,
        "posts/日": "# Sun\n\n## Rising\n",
        "posts/café": "# Coffee\n",
        "posts/rope": "# Rope\n\n## A splice\n",
        "responses/rope/1": "Well said.",
        "pages/about": "# About\n",
      ], url: url)
    sample.changePost { $0.aliases = [Located("/cord/", at: SourceLocation(file: $0.file))] }
    sample.addStatic("report.pdf")
    return try await sample.linked()
  }

  @Test(
    "leads to the same page however its address is written",
    arguments: [
      "/posts/rope/", "/posts/rope", "/posts/rope/index.html", "rope.md", "../rope/", "/cord",
      "/cord/index.html", "/posts/%72ope/", "/posts/rop%65", "https://stoa.example/posts/rope/",
      "HTTPS://STOA.example:443/posts/rope", "http://stoa.example/posts/rope/index.html",
      "http://stoa.example:80/posts/rope/",
    ])
  func written(_ address: String) async throws {
    let community = try await community("[Rope](\(address))")
    #expect(community.firstTarget(ofPost: "here") == "/posts/rope/")
    #expect(community.findings == [])
    #expect(community.conversations.first { $0.post.slug == "rope" }?.backlinks.count == 1)
  }

  @Test(
    "is decoded, in whatever form it is encoded",
    arguments: [
      ("/posts/%E6%97%A5/", "/posts/%E6%97%A5/"), ("/posts/%e6%97%a5", "/posts/%E6%97%A5/"),
      ("/posts/日/#rising", "/posts/%E6%97%A5/#rising"),
      ("https://stoa.example/posts/%E6%97%A5/#rising", "/posts/%E6%97%A5/#rising"),
      ("/posts/cafe%CC%81/", "/posts/caf%C3%A9/"), ("/posts/cafe\u{301}", "/posts/caf%C3%A9/"),
    ])
  func encoded(_ address: String, target: String) async throws {
    let community = try await community("[Link](\(address))")
    #expect(community.firstTarget(ofPost: "here") == target)
    #expect(community.findings == [])
  }

  @Test(
    "keeps the query and fragment that it has",
    arguments: [
      ("/report.pdf#page=3", "/report.pdf#page=3"),
      ("/report.pdf?dl=1&x=%2f#a%20b", "/report.pdf?dl=1&x=%2f#a%20b"),
      ("https://stoa.example/report.pdf#page=3", "/report.pdf#page=3"),
      ("/about/?", "/about/"), ("/archive/?a=é%", "/archive/?a=%C3%A9%25"),
      ("/posts/rope/?x=1#a-splice", "/posts/rope/?x=1#a-splice"),
      ("https://stoa.example#main", "/#main"),
    ])
  func suffix(_ address: String, target: String) async throws {
    let community = try await community("[Link](\(address))")
    #expect(community.firstTarget(ofPost: "here") == target)
    #expect(community.findings == [])
  }

  @Test(
    "to the site's own address is checked like any other",
    arguments: [
      ("https://stoa.example/posts/rop/", "unresolved-link", "did you mean “rope”?"),
      ("http://stoa.example/posts/rope/#a-splise", "missing-heading", "did you mean “#a-splice”?"),
      ("https://stoa.example/posts/rope/#response-2", "missing-response", "leads to the page"),
      ("https://stoa.example/image.png", "unresolved-link", "no file and no page"),
    ])
  func checked(_ address: String, code: String, suggestion: String) async throws {
    let findings = try await community("See <\(address)>.").findings
    #expect(findings.count == 1)
    #expect(findings.first?.contains("[\(code)]") == true)
    #expect(findings.first?.contains(suggestion) == true)
  }

  @Test(
    "to another host, port or folder is left alone",
    arguments: [
      "https://www.stoa.example/posts/x/", "https://stoa.example:8443/posts/x/",
      "https://stoa.example.org/posts/x/", "https://other.example/notes/posts/x/",
    ])
  func elsewhere(_ address: String) async throws {
    let community = try await community("[Link](\(address))")
    #expect(community.firstTarget(ofPost: "here") == address)
    #expect(community.findings == [])
  }

  @Test(
    "below a site's folder is its own, beside it is not",
    arguments: [
      ("https://stoa.example/notes/posts/rope/", "/posts/rope/"),
      ("https://stoa.example/notes", "/"), ("https://stoa.example/notes?x", "/?x"),
      ("https://stoa.example/notesx/", "https://stoa.example/notesx/"),
      ("https://stoa.example/posts/rope/", "https://stoa.example/posts/rope/"),
    ])
  func folder(_ address: String, target: String) async throws {
    for url in ["https://stoa.example/notes", "https://stoa.example/notes/"] {
      let community = try await community("[Link](\(address))", url: url)
      #expect(community.firstTarget(ofPost: "here") == target)
    }
  }
}

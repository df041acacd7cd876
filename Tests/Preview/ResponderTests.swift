import StoaCheck
import StoaHTML
import StoaModel
import StoaRender
import Testing

@testable import StoaPreview

@Suite("Answers of a preview") struct ResponderTests {
  private static let page = Array("<body><p>A bell</p></body>\n".utf8)

  private static func snapshot(_ paths: [String]) -> SiteSnapshot {
    var files: [String: PlannedFile] = [:]
    for path in paths {
      files[path] = PlannedFile(path: path, wave: .page, content: .stored(.memory(page)))
    }
    return SiteSnapshot(name: "e-1", files: files, problems: [], diagnostics: [])
  }

  private let snapshot = snapshot([
    "index.html", "404.html", "posts/a/index.html", "posts/ä b/index.html", "theme.css",
  ])

  private func answer(
    _ target: String, method: String = "GET", host: String? = "localhost:1111",
    bound: String = "127.0.0.1", snapshot: SiteSnapshot? = nil
  ) -> PreviewContent? {
    let request = PreviewRequest(method: method, target: target, host: host)
    switch Responder(bound: bound).answer(request, from: snapshot ?? self.snapshot) {
    case .content(let content): return content
    case .events, .reply: return nil
    }
  }

  @Test(
    "are the addresses of the site", arguments: ["/", "/posts/a/", "/posts/%C3%A4%20b/?x=1#y"])
  func pages(_ target: String) throws {
    let content = try #require(answer(target))
    #expect(content.status == 200)
    #expect(content.type == "text/html; charset=utf-8")
    #expect(
      String(decoding: content.bytes, as: UTF8.self)
        == "<body><p>A bell</p>\(PreviewScript.element(snapshot: "e-1"))</body>\n")
  }

  @Test("add the script to pages only")
  func assets() throws {
    #expect(try #require(answer("/theme.css")).bytes == Self.page)
    #expect(try #require(answer("/theme.css")).type == "text/css; charset=utf-8")
    let bare = Responder.addition(of: snapshot, to: Array("<p>A".utf8))
    #expect(
      String(decoding: bare, as: UTF8.self) == "<p>A\(PreviewScript.element(snapshot: "e-1"))")
  }

  @Test(
    "never reach beyond the site",
    arguments: [
      "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd",
      "/posts/a/index.html/", "/posts/a/../../../etc/passwd", "/posts", "/%00",
    ])
  func traversal(_ target: String) throws {
    let content = try #require(answer(target))
    #expect(content.status == 404)
    #expect(content.bytes.starts(with: Self.page.prefix(8)))
  }

  @Test("refuse what is no address", arguments: ["", "posts/a/", "http://localhost/", "/%ff"])
  func malformed(_ target: String) throws {
    #expect(try #require(answer(target)).status == 400)
  }

  @Test("send on to where the slash is, and never to another host")
  func redirect() throws {
    let content = try #require(answer("/posts/a"))
    #expect(content.status == 302)
    #expect(content.location == "/posts/a/")
    let hostile = Self.snapshot(["/evil.example/index.html"])
    #expect(answer("//evil.example", snapshot: hostile)?.location == "/evil.example/")
  }

  @Test(
    "are given under names of this machine",
    arguments: ["localhost", "LOCALHOST:1111", "notes.localhost", "127.0.0.1:1", "[::1]:1111"])
  func ownNames(_ host: String) throws {
    #expect(try #require(answer("/", host: host)).status == 200)
  }

  @Test(
    "are refused under any other name, so that no other site can read what is served",
    arguments: [
      nil, "", "evil.example", "evil.example:1111", "127.0.0.1.evil.example", "localhost.evil",
      "1.2.3", "1.2.3.256", "[evil]", "[::1].evil.example", "[::1]evil:1",
    ] as [String?])
  func rebinding(_ host: String?) throws {
    #expect(try #require(answer("/", host: host)).status == 421)
    #expect(answer(PreviewScript.eventsPath, host: host)?.status == 421)
  }

  @Test("are given under the name that was bound")
  func boundName() throws {
    #expect(try #require(answer("/", host: "desk.lan:1111", bound: "desk.lan")).status == 200)
  }

  @Test("are for reading only", arguments: ["POST", "PUT", "DELETE", "OPTIONS", "get"])
  func methods(_ method: String) throws {
    #expect(try #require(answer("/", method: method)).status == 405)
  }

  @Test("wait with a page that reloads while there is no site yet")
  func waiting() throws {
    let request = PreviewRequest(method: "GET", target: "/", host: "localhost")
    guard case .content(let content) = Responder(bound: "").answer(request, from: nil) else {
      Issue.record("no content")
      return
    }
    #expect(content.status == 503)
    #expect(String(decoding: content.bytes, as: UTF8.self).contains(PreviewScript.path))
  }

  private func broken(_ problems: [Problem], diagnostics: [Diagnostic] = []) -> SiteSnapshot {
    SiteSnapshot(
      name: "e-2", files: snapshot.files, problems: problems, diagnostics: diagnostics)
  }

  @Test("say what keeps the site from being built, in the page and before it, without a script")
  func problems() throws {
    let location = SourceLocation(file: "content/posts/a.md", line: 4, column: 7)
    let problem = Problem(
      message: "“soon” is not a date", place: "content/posts/a.md:4:7", code: "invalid-date",
      excerpt: SourceExcerpt(location, in: Array("---\n\n\ndate: <soon>\n".utf8)))
    let content = try #require(answer("/", snapshot: broken([problem])))
    let page = String(decoding: content.bytes, as: UTF8.self)
    #expect(content.status == 200)
    #expect(content.errorCount == 1)
    #expect(page.hasPrefix("<body><p>A bell</p><stoa-problems role=\"alert\">"))
    #expect(page.contains("<h2>The site cannot be built: 1 error</h2>"))
    #expect(
      page.contains(
        "<p><b>content/posts/a.md:4:7</b> “soon” is not a date <code>[invalid-date]</code></p>\n"
          + "<pre>4 | date: &lt;soon&gt;\n          ^</pre>"))
    #expect(try #require(answer("/", snapshot: snapshot)).errorCount == 0)
    #expect(try #require(answer("/theme.css", snapshot: broken([problem]))).bytes == Self.page)
    let style = try #require(answer(ProblemOverlay.stylePath, snapshot: broken([problem])))
    #expect(style.type == "text/css; charset=utf-8")
  }

  @Test("say what keeps the site from being built while there is none to show")
  func problemsAlone() throws {
    let problem = Problem(message: "no stoa.yml", place: "stoa.yml", code: "", excerpt: nil)
    let empty = SiteSnapshot(name: "e-1", files: [:], problems: [problem], diagnostics: [])
    let content = try #require(answer("/", snapshot: empty))
    #expect(content.status == 503)
    #expect(content.errorCount == 1)
    #expect(String(decoding: content.bytes, as: UTF8.self).contains("no stoa.yml"))
  }

  @Test("count the errors that they have no room for")
  func manyProblems() throws {
    let location = SourceLocation(file: "content/posts/a.md", line: 1, column: 1)
    let diagnostics = Array(repeating: Diagnostic(.missingDate, at: location, "none"), count: 22)
    let problem = Problem(message: "none", place: "a", code: "missing-date", excerpt: nil)
    let snapshot = broken(Array(repeating: problem, count: 20), diagnostics: diagnostics)
    let page = String(
      decoding: try #require(answer("/", snapshot: snapshot)).bytes, as: UTF8.self)
    #expect(page.contains("<h2>The site cannot be built: 22 errors</h2>"))
    #expect(page.contains("<p>And 2 more.</p>"))
  }

  @Test("take the words of a problem for text")
  func hostileProblem() throws {
    let problem = Problem(
      message: "a</template><script>“b”", place: "<a>.md:1:2", code: "invalid-date", excerpt: nil)
    let overlay = String(
      decoding: ProblemOverlay.element(for: broken([problem])), as: UTF8.self)
    #expect(
      overlay.contains(
        "<b>&lt;a&gt;.md:1:2</b> a&lt;/template&gt;&lt;script&gt;“b” <code>[invalid-date]</code>"))
  }
}

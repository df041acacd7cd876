import Foundation
import StoaImport
import Testing

@Suite("Comments with tags in them") struct MarkupTests {
  private func imported(_ message: String) async throws -> String {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": "---\ntitle: Rope\n---\n\nText.\n",
      "_data/comments/rope/a.yml":
        "name: Ren&#233; & Zo&euml;\ndate: 2019-03-04\nmessage: |\n\(lines.joined(separator: "\n"))\n",
    ])
    defer { source.remove() }
    _ = try await source.run(.staticman)
    #expect(try await source.errors() == [])
    #expect(try source.matter("content/responses/rope/a.md").contains("guest: 'René & Zoë'"))
    return try source.body("content/responses/rope/a.md")
  }

  @Test(
    "become markdown, whichever tags those are",
    arguments: [
      (
        "I wrote <a href=\"https://e.example/x\">about it</a>, use <code>a_b_c</code> and <em>not</em> *that*.",
        "I wrote [about it](https://e.example/x), use `a_b_c` and *not* *that*."
      ),
      ("Look:\n<pre>a &lt; b\n  c</pre>\nDone.", "Look:\n\n\n```\na < b\n  c\n```\n\n\nDone."),
      ("Look: <code>a\nb</code> done.", "Look: \n\n```\na\nb\n```\n\n done."),
      ("A List<String> and map<a> and <b>bold</b>", "A List<String> and map<a> and **bold**"),
      ("<b>bold <b>twice</b></b> <i> spaced </i>.", "**bold twice**  *spaced* ."),
      ("`<b>code</b>` <u>plain</u>", "`<b>code</b>` plain"),
      ("a <b>never closed", "a <b>never closed"),
      ("<a href=\"http://e.example/a)\">x ] y</a>", "[x \\] y](<http://e.example/a)>)"),
      ("<q>so</q> H<sub>2</sub>O", "“so” H2O"),
      ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
    ])
  func inline(message: String, expected: String) async throws {
    #expect(try await imported(message) == expected)
  }

  @Test(
    "that are whole HTML keep their lines, their addresses and their words",
    arguments: [
      (
        "<p>See (<a href=\"http://e.example/a)\" title=\"t\">e</a>. Bye</p>",
        "See ([e](http://e.example/a%29 \"t\"). Bye"
      ),
      ("<p>a <a href=\"http://e.example/a_(b)\">e</a></p>", "a [e](http://e.example/a_(b))"),
      (
        "<p>above<br>---<br>1. one<br>- two<br># three<br>&gt; four<br>===<br>+ five</p>",
        "above  \n\\---  \n1\\. one  \n\\- two  \n\\# three  \n\\> four  \n\\===  \n\\+ five"
      ),
      ("<p><strong><strong>x</strong></strong> <em>a <i>b</i></em></p>", "**x** *a b*"),
      ("<p>x</p><p><code>a\n  b</code></p>", "x\n\n    a\n      b"),
      ("one<br>two\n\nthree <b>b</b>", "one  \ntwo\n\nthree **b**"),
      (
        "<figure><img src=\"a.png\" alt=\"A\"><figcaption>Cap <i>x</i></figcaption></figure>",
        "![A](a.png)\n\n*Cap x*"
      ),
      ("<p>$a\\,b$</p>", "$a\\\\,b$"),
    ])
  func whole(message: String, expected: String) async throws {
    #expect(try await imported(message) == expected)
  }
}

@Suite("What an import does for a whole site") struct WholeSiteTests {
  @Test("is a copy of a picture for each post that shows it, on the first run and on the next")
  func sharedPicture() async throws {
    let post = "---\ntitle: T\nimage: /images/logo.png\n---\n\nText.\n"
    let source = try SourceFolder([
      "_posts/2020-01-01-one.md": post, "_posts/2020-01-02-two.md": post, "images/logo.png": "PNG",
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(report.sum("file") == [2, 2, 0, 0])
    #expect(report.count(.removed) == 0)
    let files = try source.files()
    for slug in ["one", "two"] { #expect(files["content/posts/\(slug)/logo.png"] == "PNG") }
    let again = try await source.run(.staticman)
    #expect(again.count(.unchanged) == again.entries.count)
    #expect(try source.files() == files)
  }

  @Test("is names as the community wants them", arguments: ImportOptions.Names.allCases)
  func names(rule: ImportOptions.Names) async throws {
    let source = try SourceFolder([
      "_posts/2020-01-01-rope.md": "---\ntitle: Rope\nauthor: Maren Berg\n---\n\nText.\n",
      "_data/comments/rope/a.yml":
        "name: Ada King\nurl: https://ada.example\nmessage: Hm.\ndate: 2020-01-02\n",
    ])
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\n")
    try source.edit("content/contributors/maren.md", "---\nname: Maren Berg\n---\n")
    _ = try await source.run(.staticman) { $0.names = rule }
    let post = try source.matter("content/posts/rope.md")
    let comment = try source.matter("content/responses/rope/a.md")
    #expect(post.contains(rule == .initials ? "author: M. B." : "author: Maren Berg"))
    #expect(comment.contains(rule == .keep ? "guest: Ada King" : "guest: A. K."))
    #expect(comment.contains("url: 'https://ada.example'") == (rule == .keep))
    #expect(try await source.errors() == [])
  }

  @Test("is a date of a day's post that its first response of that day can have")
  func firstDay() async throws {
    let source = try SourceFolder([
      "_posts/2020-01-02-rope.md": "---\ntitle: Rope\n---\n\nText.\n",
      "_data/comments/rope/a.yml": "name: Ada\nmessage: Hm.\ndate: 2020-01-02T02:00:00Z\n",
    ])
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\ntimezone: America/New_York\n")
    let report = try await source.run(.staticman)
    #expect(try source.matter("content/posts/rope.md").contains("date: 2020-01-01"))
    #expect(report.notes(on: "_posts/2020-01-02-rope.md").count == 1)
    #expect(try await source.warnings().filter { $0.contains("older-than-parent") } == [])
  }
}

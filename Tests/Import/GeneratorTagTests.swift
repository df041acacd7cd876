import Foundation
import StoaImport
import Testing

@Suite("Tags of Jekyll and Hugo") struct GeneratorTagTests {
  /// Imports a document of a site that has a second one, and returns the resulting text.
  private func imported(_ text: String, at path: String) async throws -> (String, [String]) {
    let isJekyll = path.hasPrefix("_posts")
    let source = try SourceFolder([
      path: "---\ntitle: Rope\ndate: 2019-03-01\n---\n\n\(text)\n",
      isJekyll ? "_posts/2019-03-02-knot.md" : "content/post/knot.md":
        "---\ntitle: Knot\ndate: 2019-03-02\n---\n\nAbout knots.\n",
      isJekyll ? "_config.yml" : "hugo.toml":
        isJekyll
        ? "url: https://old.example\nbaseurl: /blog\n" : "baseURL = \"https://old.example/blog/\"\n"
        ,
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(try await source.errors() == [])
    return (try source.body("content/posts/rope.md"), report.notes(on: path))
  }

  @Test(
    "of Jekyll become what they showed",
    arguments: [
      (
        "Before.\n\n{% highlight java linenos %}\nList<String> a;\n# b\n    c * d\n{% endhighlight %}\n\nAfter.",
        "Before.\n\n```java\nList<String> a;\n# b\n    c * d\n```\n\nAfter."
      ),
      (
        "- one\n\n  {% highlight sh %}\nls\n{% endhighlight %}",
        "- one\n\n  ```sh\n  ls\n  ```"
      ),
      ("{% highlight md %}\n```\n{% endhighlight %}", "````md\n```\n````"),
      (
        "{%- highlight liquid -%}\n{% raw %}{{ x }}{% endraw %}\n{%- endhighlight -%}",
        "```liquid\n{{ x }}\n```"
      ),
      ("{% raw %}{{ x }}{% endraw %} y", "{{ x }} y"),
      ("[k]({% post_url 2019-03-02-knot %})", "[k](knot.md)"),
      ("[k]({{ site.baseurl }}{% post_url 2019-03-02-knot %})", "[k](knot.md)"),
      ("[k]({% link _posts/2019-03-02-knot.md %}#x)", "[k](knot.md#x)"),
      ("[k]({% link assets/k.pdf %})", "[k](/assets/k.pdf)"),
      ("[a]({{ site.baseurl }}/about) {{ site.url }}", "[a](/about) https://old.example"),
      ("[a]({{ '/about' | relative_url }})", "[a](/about)"),
      ("[k](https://www.old.example/blog/2019/03/02/knot.html)", "[k](knot.md)"),
      (
        "[k](/2019/03/02/knot.html) `[k](/2019/03/02/knot.html)`",
        "[k](knot.md) `[k](/2019/03/02/knot.html)`"
      ),
      ("[k][1]\n\n[1]: https://old.example/blog/2019/03/02/knot", "[k][1]\n\n[1]: knot.md"),
      (
        "See https://old.example/blog/2019/03/02/knot.html.",
        "See [https://old.example/blog/2019/03/02/knot.html](knot.md)."
      ),
      (
        "A word.\n{: .lead}\n\n[a](b.png){: .c width=\"5\"} `{: .d}`",
        "A word.\n\n[a](b.png) `{: .d}`"
      ),
      ("* Contents\n{:toc}\n\nText.", "Text."),
      ("## Rope {#rope}\n\nText.", "## Rope\n\nText."),
      ("a {::comment}hidden{:/comment}b", "a b"),
      (
        "So $$ a_1 * b_1 \\, c $$ is.\n\n$$\nx \\, y\n$$",
        "So $`a_1 * b_1 \\, c`$ is.\n\n```math\nx \\, y\n```"
      ),
      ("{% include x.html a=\"<b>*\" %}", "{% include x.html a=\"\\<b>\\*\" %}"),
      ("{% gist ada/12ab %}", "<https://gist.github.com/ada/12ab>"),
      ("{{ page.title }} {% comment %}no{% endcomment %}", "Rope"),
    ])
  func jekyll(text: String, expected: String) async throws {
    let (body, _) = try await imported(text, at: "_posts/2019-03-01-rope.md")
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasSuffix(" ") ? $0.dropLast() : $0 }
    #expect(lines.joined(separator: "\n") == expected)
  }

  @Test(
    "of Hugo become what they showed",
    arguments: [
      ("{{< highlight go \"linenos=table\" >}}\na<b>\n{{< /highlight >}}", "```go\na<b>\n```"),
      (
        "{{< figure src=\"a.png\" alt=\"A\" title=\"T\" caption=\"C *c*\" >}}",
        "![A](a.png)\n\n*T*\n\n*C *c**"
      ),
      (
        "[k]({{< ref \"knot.md\" >}}) [k]({{% relref \"/post/knot#x\" %}})",
        "[k](knot.md) [k](knot.md#x)"
      ),
      ("{{< youtube w7Ft2ymGmfc >}}", "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>"),
      (
        "{{< youtube id=\"w7Ft2ymGmfc\" autoplay=\"true\" >}}",
        "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>"
      ),
      ("{{</* ref \"x\" */>}}", "{{\\< ref \"x\" >}}"),
      ("{{<tag a>}}", "{{\\<tag a>}}"),
      ("[k](https://old.example/blog/post/knot/) [k](../knot/)", "[k](knot.md) [k](knot.md)"),
    ])
  func hugo(text: String, expected: String) async throws {
    #expect(try await imported(text, at: "content/post/rope.md").0 == expected)
  }

  @Test("that stay are told, and so is a link whose target is not there")
  func told() async throws {
    let (body, notes) = try await imported(
      "{% include a.html %} [x]({% post_url 2018-01-01-none %}) https://old.example/blog/tags/",
      at: "_posts/2019-03-01-rope.md")
    #expect(body.contains("{% post_url 2018-01-01-none %}"))
    #expect(notes.contains("Liquid tags are left as they are"))
    #expect(notes.contains("“2018-01-01-none” names no post of the site"))
    #expect(
      notes.contains(
        "its link to https://old.example/blog/tags/ leads to a page of the old site that is not part of the import"
      ))
  }

  @Test("cut off or piled up cost no time and lose no word")
  func hostile() async throws {
    for piece in [
      "{% highlight a %}", "{{ ", "{: .a", "$$", "{% raw %}", "{{< highlight a >}}", "`{%",
    ] {
      let path = piece.hasPrefix("{{<") ? "content/post/rope.md" : "_posts/2019-03-01-rope.md"
      let text = String(repeating: piece + " word ", count: 3_000)
      let (body, _) = try await imported(text, at: path)
      #expect(body.components(separatedBy: "word").count == 3_001, "\(piece)")
    }
  }
}

@Suite("Front matter with one key that cannot be read") struct BrokenKeyTests {
  @Test(
    "keeps the post without that key, and says so",
    arguments: [
      (
        "---\ntitle: Rope\nsummary: \"a\\qb\"\ndate: 2019-03-01\n---\n\nText.\n", "line 3",
        "summary"
      ),
      ("---\ntitle: \"cut\nauthor: Ada\ndate: 2019-03-01\n---\n\nText.\n", "line 2", "title"),
      (
        "+++\ntitle = \"Rope\"\nsummary = \"a\\qb\"\ndate = 2019-03-01\n+++\n\nText.\n", "line 3",
        "summary"
      ),
    ])
  func posts(text: String, line: String, key: String) async throws {
    let source = try SourceFolder(["_posts/2019-03-01-rope.md": text])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(report.sum("post") == [1, 1, 0, 0])
    #expect(try source.matter("content/posts/rope.md").contains("date: 2019-03-01"))
    let note = try #require(report.notes(on: "_posts/2019-03-01-rope.md").first)
    #expect(note.contains("the key “\(key)” was left out"))
    if key == "summary" { #expect(note.hasPrefix(line)) }
    #expect(try await source.errors() == [])
  }

  @Test("keeps a comment, unless it is the words that cannot be read")
  func comments() async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": "---\ntitle: Rope\n---\n\nText.\n",
      "_data/comments/rope/a.yml": "name: Ada\nurl: \"a\\qb\"\nmessage: Words.\ndate: 2019-03-04\n",
      "_data/comments/rope/b.yml": "name: Ada\nmessage: \"a\\qb\"\ndate: 2019-03-04\n",
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(report.sum("comment") == [2, 1, 0, 1])
    #expect(report.outcome(of: "_data/comments/rope/b.yml")?.hasPrefix("left out: line 2") == true)
  }
}

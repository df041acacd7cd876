"""Word by word: the text of a source's HTML, as lxml reads it, is on the built page, except for what the report lists."""

import collections
import json
import re
import shutil
import subprocess

import lxml.html
import pytest
from conftest import run

WORD = re.compile(r"\w+")
# Texts that people and programs wrote; each becomes a post, and a comment.
TEXTS = [
    "Plain words, and no tag at all.\nSecond line.\n\nNew paragraph.",
    "<p>See (<a href='http://e.example/a)b' title='t'>this</a>) and <a href='http://e.example/x_(y)'>that</a>.</p>",
    "<p>one<br>--- two<br />1. three<br>- four<br># five<br>&gt; six<br>=== seven<br>+ eight<br>2) nine<br>* ten</p>",
    "<p><strong><strong>bold</strong></strong> <b>next</b><b>door</b> <i>a <em>b</em></i> x<sup>2</sup> H<sub>2</sub>O</p>",
    "<p><b>loud:</b>quiet <b>注意：</b>请 foo<b>(bar)</b>baz</p>",
    "<p>$a\\,b$ \\(x\\,y\\) C:\\temp\\new_file_name 2 * 3 * 4 snake_case_name a~b~c</p>",
    "<pre>first  line\n  second &lt;line&gt;\n</pre><p><code>one\n  two</code> and <code>a_b `c`</code></p>",
    "<figure><blockquote>said</blockquote><figcaption>Caption <i>words</i></figcaption></figure><p>After.</p>",
    "<ul><li>one<ul><li>nested</li></ul></li><li>two</ul><ol><li>first<li>second</ol>",
    "<table><tr><th>h</th></tr><tr><td><code>a|b</code> c | d</td></tr></table>",
    "<table><caption>Table words</caption><tr><th>h</th><td>c | d</td></tr></table>",
    "<blockquote><p>quoted</p><blockquote>deeper</blockquote></blockquote>after",
    "Ren&eacute; &amp; Zo&#235; &lt;b&gt; &copy; &hellip; &nbsp;x [brackets] [x](y) ![a](b) `tick` ~~no~~",
    "<h2>Heading # one</h2><p>text</p><hr><h3>1. Two</h3>",
    "<p>Unclosed <b>bold <i>both</p><p>next <a href='http://e.example/'>link</p>",
    "<div><div><p>deep</p></div>loose</div><details><summary>Sum</summary>folded</details>",
    "<p>مرحبا <b>بالعالم</b></p><p>日本語の<b>文</b>です。</p><p>emoji 👍 ok</p>",
    "<p>- starts</p><p>1. starts</p><p># starts</p><p>&gt; starts</p><p>---</p><p>=</p>",
    "<dl><dt>term<dd>meaning<dt>other<dd>thing</dl>",
    "<p>https://e.example/a_b_c*d and www.e.example and a@@b</p>",
    "A <script>alert('no')</script><style>p{}</style>visible <!-- hidden --> end",
]
ITEM = """<item><title>T{0}</title><link>https://old.example/t{0}/</link><wp:post_name>t{0}</wp:post_name><wp:post_id>{0}</wp:post_id>
<wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<dc:creator>ada</dc:creator><content:encoded><![CDATA[{1}]]></content:encoded>
<wp:comment><wp:comment_id>{0}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>
<wp:comment_date_gmt>2020-01-02 10:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content><![CDATA[{1}]]></wp:comment_content></wp:comment></item>"""
# Texts of sources that use markdown; another program's HTML gives the expected words.
MARKDOWN = [
    "Plain words.\nSecond line.\n\nNew *paragraph*, **bold** and `code_a b`.",
    "> quoted\n>> deeper\n\nafter\n\n- one\n- two\n  1. nested\n\n---\n\n## Heading\n\n```\nfirst  line\n```",
    "| h | i |\n| --- | --- |\n| a \\| b | c |\n\n[link](https://e.example/a_(b)) and https://e.example/c_d, snake_case 2 * 3 * 4",
    "مرحبا **بالعالم** 日本語の**文**です。 👍 \\*not\\* it, ~~gone~~ and [ref][r]\n\n[r]: https://e.example/",
]
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Old</title><link>https://old.example</link>{}</channel></rss>"""
THREAD = """<thread dsq:id="{0}"><id/><link>https://old.example/t{0}/</link><title>T{0}</title><createdAt>2020-01-01T00:00:00Z</createdAt></thread>"""
POST = """<post dsq:id="{0}"><message><![CDATA[{1}]]></message><createdAt>2020-01-02T00:00:00Z</createdAt><isDeleted>false</isDeleted>
<isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="{0}"/></post>"""
DISQUS = """<?xml version="1.0"?>
<disqus xmlns:dsq="d">{}</disqus>"""


def words(text):
    return collections.Counter(WORD.findall(text))


def seen(html):
    """The words that a reader of the source sees."""
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    for element in tree.xpath("//script|//style|//comment()"):
        element.drop_tree()
    # A line end is a space between words, and a block element ends a word.
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("a", "b", "i", "em", "strong", "code", "sup", "sub", "span"):
            element.tail = " " + (element.tail or "")
            element.text = " " + (element.text or "")
    return words(normal(tree.text_content()))


def normal(text):
    """Superscript and subscript digits count as digits."""
    return text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"))


def bodies(page):
    """The words of the post and of its response, on a built page."""
    tree = lxml.html.parse(str(page)).getroot()
    found = []
    for body in tree.xpath("//*[contains(concat(' ', @class, ' '), ' e-content ')]"):
        for element in body.xpath(".//button|.//*[contains(@class, 'permalink')]"):
            element.drop_tree()
        for element in body.iter():
            if isinstance(element.tag, str) and element.tag not in ("a", "b", "i", "em", "strong", "code", "sup", "sub", "span"):
                element.tail = " " + (element.tail or "")
                element.text = " " + (element.text or "")
        found.append(words(normal(body.text_content())))
    return found


@pytest.fixture(autouse=True)
def pandoc():
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not there: make test installs it")


def rendered(markdown):
    """The text of markdown, as another program reads it."""
    done = subprocess.run(["pandoc", "-f", "gfm", "-t", "html"], input=markdown.encode(), capture_output=True, check=True)
    return seen(done.stdout.decode())


def pages(folder, texts, read):
    """Each text is a post's, and also its response's if there is one."""
    for number, text in enumerate(texts):
        for body in bodies(folder / f"site/posts/t{number + 1}/index.html"):
            assert body == read(text), text


def imported(stoa, kind, source, folder):
    (folder / "stoa.yml").write_text("title: I\nurl: https://i.example\nhighlight: none\nsearch: none\nhistory: none\nsmart-punctuation: false\n")
    report = folder / "report.json"
    run(stoa, "import", kind, source, "--into", folder, "--report", report, "--author", "Ada")
    run(stoa, "build", "--source", folder, "--quiet", "--keep-going", check=False)
    return json.loads(report.read_text())


def test_wordpress(stoa, tmp_path):
    source = tmp_path / "export.xml"
    source.write_text(WXR.format("".join(ITEM.format(n + 1, text) for n, text in enumerate(TEXTS))))
    report = imported(stoa, "wordpress", source, tmp_path)
    assert report["counts"]["post"]["imported"] == report["counts"]["comment"]["imported"] == len(TEXTS)
    for number, text in enumerate(TEXTS):
        post, comment = bodies(tmp_path / f"site/posts/t{number + 1}/index.html")
        assert post == seen(text), text
        assert comment == seen(text), text


def test_disqus(stoa, tmp_path):
    source = tmp_path / "disqus.xml"
    threads = "".join(THREAD.format(n + 1) for n in range(len(TEXTS)))
    source.write_text(DISQUS.format(threads + "".join(POST.format(n + 1, text) for n, text in enumerate(TEXTS))))
    imported(stoa, "disqus", source, tmp_path)
    for number, text in enumerate(TEXTS):
        assert bodies(tmp_path / f"site/posts/t{number + 1}/index.html")[1] == seen(text), text


def test_staticman(stoa, tmp_path):
    source = tmp_path / "source"
    (source / "_posts").mkdir(parents=True)
    # Text that is not HTML is markdown there, and has another meaning.
    texts = [text for text in TEXTS if "<p>" in text or "<pre>" in text]
    for number, text in enumerate(texts):
        (source / f"_posts/2020-01-01-t{number}.md").write_text(f"---\ntitle: T{number}\n---\n\nWords.\n")
        folder = source / f"_data/comments/t{number}"
        folder.mkdir(parents=True)
        (folder / "a.json").write_text(json.dumps({"name": "Bo", "date": "2020-01-02", "message": text}))
    imported(stoa, "staticman", source, tmp_path)
    for number, text in enumerate(texts):
        assert bodies(tmp_path / f"site/posts/t{number}/index.html")[1] == seen(text), text


@pytest.mark.parametrize("format, texts, read", [("html", TEXTS, seen), ("markdown", MARKDOWN, rendered)])
def test_comments(stoa, tmp_path, format, texts, read):
    source = tmp_path / "lines.jsonl"
    with source.open("w") as lines:
        for number, text in enumerate(texts, 1):
            item = {"date": "2020-01-01", "format": format, "text": text}
            print(json.dumps({"type": "post", "id": f"t{number}", "title": f"T{number}", "author": "ada", **item}), file=lines)
            print(json.dumps({"type": "response", "id": "a", "post": f"t{number}", "guest": "Bo", **item}), file=lines)
    imported(stoa, "comments", source, tmp_path)
    pages(tmp_path, texts, read)


@pytest.mark.parametrize("key, texts, read", [("cooked", TEXTS, seen), ("raw", MARKDOWN, rendered)])
def test_discourse(stoa, tmp_path, key, texts, read):
    source = tmp_path / "topics"
    source.mkdir()
    for number, text in enumerate(texts, 1):
        posts = [{"id": place, "post_number": place, "username": "ada", "created_at": "2020-01-01T10:00:00Z", key: text} for place in (1, 2)]
        (source / f"{number}.json").write_text(json.dumps({"id": number, "title": f"T{number}", "slug": f"t{number}", "post_stream": {"posts": posts}}))
    imported(stoa, "discourse", source, tmp_path)
    pages(tmp_path, texts, read)


def test_discussions(stoa, tmp_path):
    def node(id, text):
        return {"id": id, "url": f"https://github.com/o/r/discussions/1#discussioncomment-{id}", "body": text, "createdAt": "2020-01-01T10:00:00Z", "author": {"login": "ada"}}

    nodes = [{**node(f"D{number}", text), "number": number, "title": f"T{number}", "comments": {"nodes": [node(f"{number}", text)]}} for number, text in enumerate(MARKDOWN, 1)]
    (tmp_path / "d.json").write_text(json.dumps({"data": {"repository": {"discussions": {"nodes": nodes}}}}))
    imported(stoa, "discussions", tmp_path / "d.json", tmp_path)
    pages(tmp_path, MARKDOWN, rendered)


def test_vault(stoa, tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    for number, text in enumerate(MARKDOWN, 1):
        (vault / f"t{number}.md").write_text(f"---\ndate: 2020-01-01\n---\n\n{text}\n")
    imported(stoa, "vault", vault, tmp_path)
    pages(tmp_path, MARKDOWN, rendered)


def test_mbox(stoa, tmp_path):
    head = "From ada@mail.example Wed Jan  1 10:00:00 2020\nFrom: Ada <ada@mail.example>\nDate: Wed, 1 Jan 2020 10:00:00 +0000\nMessage-ID: <{id}@mail.example>\nSubject: {re}T{number}\n{more}"
    html = "Content-Type: text/html; charset=utf-8\n\n{text}\n\n"
    # Every line of a plain-text message stays a line.
    texts = TEXTS + ["Plain *words*, # none <b>bold</b> `x` [a](b)\n- one\n1. two\n    code?\n<https://e.example/>\n| a | b |\n\n\\*x\\* & &amp; ~~y~~ $z$ snake_case"]
    with (tmp_path / "list.mbox").open("w") as box:
        for number, text in enumerate(texts, 1):
            body = html if number <= len(TEXTS) else "Content-Type: text/plain; charset=utf-8\n\n{text}\n\n"
            box.write((head + body).format(id=number, re="", number=number, more="", text=text))
            box.write((head + body).format(id=f"{number}r", re="Re: ", number=number, more=f"In-Reply-To: <{number}@mail.example>\n", text=text))
    imported(stoa, "mbox", tmp_path / "list.mbox", tmp_path)
    pages(tmp_path, texts[:-1], seen)
    for body in bodies(tmp_path / f"site/posts/t{len(texts)}/index.html"):
        assert body == words(texts[-1])

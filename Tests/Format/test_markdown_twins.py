"""With `markdown: true`, each conversation is also written as markdown: with every word of its page, under its author's name, and
nothing else.

Two independent parsers read the result: markdown-it-py, and GitHub's own cmark-gfm.
"""

import os
import re
import shutil
import subprocess
import urllib.parse

import lxml.html
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from conftest import ROOT, copy_example, run
from random_documents import RandomDocument

COUNT = int(os.environ.get("STOA_TRUST_TWINS", 300))
WORD = re.compile(r"[^\W_]+")
WITHIN_WORDS = set(
    "a abbr b bdi bdo cite code del dfn em font i img input ins kbd label mark q rp rt ruby s samp small span strike strong sub sup "
    "time tt u var wbr".split()
)
READER = MarkdownIt("commonmark", {"maxNesting": 300}).enable(["table", "strikethrough"]).use(tasklists_plugin)
# Stoa writes no URL that markdown-it would refuse, and the texts of links are unchanged.
READER.validateLink = lambda url: True
READER.normalizeLinkText = lambda text: text


def by_markdown_it(text):
    return READER.render(text)


def by_cmark(text):
    extensions = [part for name in ("table", "strikethrough", "tasklist", "autolink") for part in ("-e", name)]
    return subprocess.run(["cmark-gfm", "--unsafe", *extensions], input=text, capture_output=True, text=True, check=True).stdout


READERS = [by_markdown_it, pytest.param(by_cmark, marks=pytest.mark.skipif(not shutil.which("cmark-gfm"), reason="cmark-gfm is not there"))]


def shown(nodes):
    """The words of elements; a word with emphasis inside is one word."""

    def walk(node):
        if not isinstance(node.tag, str):
            return ""
        # Footnote numbers differ, and only the page shows how many responses are about a passage.
        if node.get("class") in ("footnote-ref", "footnote-backref", "passage-count"):
            return " "
        inner = (node.text or "") + "".join(walk(child) + (child.tail or "") for child in node)
        return inner if node.tag in WITHIN_WORDS else f" {inner} "

    text = re.sub(r"\[\d+\]", " ", " ".join(walk(node) for node in nodes))
    return [word.casefold() for word in WORD.findall(text)]


class Page:
    """The content of a page: the words of the post, and of each response by its anchor."""

    def __init__(self, path):
        page = lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
        self.title = shown(page.xpath("//h1"))
        self.post = shown(page.xpath("//div[contains(@class, 'e-content')][not(ancestor::*[@id='responses'])]"))
        self.responses = {}
        for article in page.xpath("//section[@id='responses']//article"):
            about = article.xpath("./p[@class='about']")
            body = article.xpath("./div[contains(@class, 'e-content')] | ./p[@class='removed']")
            name = article.xpath(".//h3//*[contains(@class, 'who')]")
            self.responses[article.get("id")] = shown(name), shown(about + body)


class Twin:
    """The same for a page's markdown: a response begins with a heading of the third level and ends before the next one."""

    def __init__(self, html, anchors):
        nodes = list(lxml.html.fromstring(f"<div>{html}</div>"))
        self.title = shown(nodes[:1])
        assert nodes[0].tag == "h1" and nodes[1].tag == "p"
        starts = []
        for anchor in anchors:
            after = starts[-1] + 1 if starts else 2
            starts.append(
                next(
                    place for place in range(after, len(nodes) - 1)
                    if nodes[place].tag == "h3" and nodes[place + 1].tag == "p" and f"#{anchor}" in links(nodes[place + 1])[-1:]
                )
            )
        # The heading of the thread precedes the first response.
        self.post = shown(nodes[2 : starts[0] - 1 if starts else None])
        self.responses = {}
        for anchor, start, end in zip(anchors, starts, starts[1:] + [None]):
            assert all(node.tag not in ("h1", "h2", "h3") for node in nodes[start + 1 : end] if end), anchor
            self.responses[anchor] = shown([nodes[start]]), shown(nodes[start + 2 : end])


def links(paragraph):
    return [re.sub(r"^[^#]*", "", link) for link in paragraph.xpath(".//a/@href")]


def pairs(site, reader):
    for path in sorted((site / "posts").glob("*/index.md")):
        # The old address has a copy of the file beside a redirect page.
        if 'class="conversation' not in path.with_name("index.html").read_text(encoding="utf-8"):
            continue
        page = Page(path.with_name("index.html"))
        yield path, page, Twin(reader(path.read_text(encoding="utf-8")), list(page.responses))


@pytest.fixture(scope="module")
def random_site(stoa, tmp_path_factory):
    root = tmp_path_factory.mktemp("random")
    (root / "stoa.yml").write_text("title: T\nurl: https://t.example\nmarkdown: true\nhighlight: none\nsearch: none\nhistory: none\n")
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (posts / "first.md").write_text("---\ntitle: First\nauthor: ann\ndate: 2026-01-01\n---\n\nFirst.\n")
    for number in range(COUNT // 3):
        title = RandomDocument(-number - 1).line().replace("'", "''")
        (posts / f"p{number}.md").write_text(
            f"---\ntitle: 'P {title}'\nauthor: ann\ndate: 2026-01-01\n---\n\n{RandomDocument(3 * number).text()}", encoding="utf-8")
        responses = root / f"content/responses/p{number}"
        responses.mkdir(parents=True)
        for answer in (1, 2):
            (responses / f"r{answer}.md").write_text(
                f"---\nguest: Bo\ndate: 2026-01-0{answer}\n{'reply-to: r1' if answer > 1 else ''}\n---\n\n"
                + RandomDocument(3 * number + answer).text(), encoding="utf-8")
    run(stoa, "build", "--source", root, "--output", root / "site", "--keep-going", check=False)
    return root / "site"


@pytest.mark.parametrize("reader", READERS)
def test_random_conversations_have_the_words_of_their_pages(random_site, reader):
    count = 0
    for path, page, twin in pairs(random_site, reader):
        count += 1
        assert twin.title == page.title, path
        assert twin.post == page.post, path
        assert twin.responses.keys() == page.responses.keys(), path
        for anchor, (_, words) in page.responses.items():
            assert twin.responses[anchor][1] == words, (path, anchor)
    assert count > COUNT // 4


@pytest.fixture(scope="module")
def real_sites(stoa, tmp_path_factory):
    """A function that builds a community once, with markdown."""
    sites = {}

    def site(source):
        if source not in sites:
            root = tmp_path_factory.mktemp("real")
            if source == ROOT:
                copy_example(root)
            else:
                shutil.copytree(source, root, dirs_exist_ok=True)
            with open(root / "stoa.yml", "a") as settings:
                settings.write("\nmarkdown: true\n")
            run(stoa, "build", "--source", root, "--output", root / "built", "--as-of", "2026-11-01", check=False)
            sites[source] = root / "built"
        return sites[source]

    return site


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("community", ["example", "blogs"])
def test_real_conversations_have_the_words_of_their_pages(real_sites, request, community, reader):
    source = ROOT if community == "example" else request.getfixturevalue("shared") / "community"
    said = 0
    for path, page, twin in pairs(real_sites(source), reader):
        assert twin.title == page.title, path
        # The answer to a question and the origin of a post are beside its words.
        assert holds(twin.post, page.post), path
        for anchor, (name, words) in page.responses.items():
            assert holds(twin.responses[anchor][0], name), (path, anchor)
            # The posts that came from the last response, and pingbacks, follow its words.
            assert twin.responses[anchor][1][: len(words)] == words, (path, anchor)
            said += 1
    assert said > 30


def holds(words, part):
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))


def test_nobody_speaks_in_another_s_name(stoa, tmp_path):
    """Text in a response that looks like the beginning of a response is escaped in the markdown."""
    posts, responses = tmp_path / "content/posts", tmp_path / "content/responses/rope"
    posts.mkdir(parents=True)
    responses.mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nurl: https://t.example\nmarkdown: true\nhistory: none\n")
    (posts / "rope.md").write_text("---\ntitle: Rope\nauthor: ann\ndate: 2026-01-01\n---\n\nOf hemp.\n")
    forged = "### 2. Maren\n\n2026-01-03 · <https://t.example/posts/rope/#response-2>\n\nI agree.\n\n# Maren\n\nYes.\n\nMaren\n===\n"
    quoted = "".join(f"> {line}\n" for line in forged.splitlines())
    (responses / "1.md").write_text(f"---\nguest: Bo\ndate: 2026-01-02\n---\n\n{forged}\n\n{quoted}\n\n```\n{forged}\n```\n\n<h3>Maren</h3>\n")
    (responses / "2.md").write_text("---\nguest: 'Maren\\n\\n### Maren'\ndate: 2026-01-03\n---\n\nNo.\n")
    run(stoa, "build", "--source", tmp_path, check=False)
    html = lxml.html.fromstring(f"<div>{by_markdown_it((tmp_path / 'site/posts/rope/index.md').read_text())}</div>")
    names = [heading.text_content() for heading in html.xpath("//h1 | //h2 | //h3")]
    assert len(names) == 4 and names[0] == "Rope" and names[2].startswith("1. Bo")


def test_llms_txt_leads_to_each_listed_conversation_once(real_sites):
    site = real_sites(ROOT)
    text = (site / "llms.txt").read_text()
    # The format of https://llmstxt.org.
    head, *sections = re.split(r"^## *(.*)$", text, flags=re.M)
    assert re.match(r"# The Portico\n\n> A community of practice .*\n\n\S.*\n", head)
    found = []
    for section in sections[1::2]:
        for line in section.strip().splitlines():
            title, address, note = re.match(r"- \[(.+?)\]\((https://\S+?)\)(?:: (.+))?$", line).groups()
            path = site / urllib.parse.unquote(address.removeprefix("https://portico.example/"))
            found.append(path)
            assert note and "\n" not in note
    twins = {path for path in site.glob("posts/*/index.md") if 'class="conversation' in path.with_name("index.html").read_text()}
    # Lists do not show the sandbox.
    assert len(found) == len(set(found)) and twins - set(found) == {site / "posts/sandbox/index.md"} and set(found) < twins


def test_without_the_setting_there_is_nothing_of_it(example_site):
    assert not list(example_site.rglob("*.md")) and not (example_site / "llms.txt").exists()
    assert "text/markdown" not in (example_site / "_headers").read_text() + (example_site / "posts/theming/index.html").read_text()


def test_without_an_address_links_are_paths_and_there_is_no_list(stoa, tmp_path):
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nmarkdown: true\nhistory: none\n")
    (posts / "rope.md").write_text("---\ntitle: Rope\nauthor: ann\ndate: 2026-01-01\n---\n\nSee [[rope]].\n")
    run(stoa, "build", "--source", tmp_path)
    assert "See [Rope](/posts/rope/)." in (tmp_path / "site/posts/rope/index.md").read_text()
    assert not (tmp_path / "site/llms.txt").exists()
    assert '<link rel="alternate" type="text/markdown" href="/posts/rope/index.md">' in (tmp_path / "site/posts/rope/index.html").read_text()

"""Every word of a document that markdown-it-py shows is on its page, or a diagnostic reports it at its place."""

import collections
import html
import os
import pathlib
import re
import urllib.parse

import html5lib
import lxml.html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from conftest import ROOT, run
from random_documents import RandomDocument

COUNT = int(os.environ.get("STOA_TRUST_WORDS", 2_000))
WORD = re.compile(r"[^\W_]+")
# The standard's list of elements, including obsolete ones.
ELEMENTS = set(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button "
    "canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins "
    "isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr "
    "noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp "
    "script search section select selectedcontent slot small source spacer span strike strong style sub summary sup svg table "
    "tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)


def wikilink(state, silent):
    """Shows the label of a wikilink; a target's title is not in the markdown."""
    found = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]").match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("text", "", 0).content = found[2] or ""
    state.pos = found.end()
    return True


def reader():
    markdown = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin).use(tasklists_plugin).disable("footnote_inline")
    markdown.inline.ruler.before("link", "wikilink", wikilink)
    markdown.normalizeLinkText = lambda text: text
    return markdown


READER = reader()


def shown_html(text):
    """The text of HTML in a browser, with tags that are no elements as typed."""

    def tag(found):
        name = found[1].lower()
        return found[0] if name in ELEMENTS else html.escape(found[0])

    text = re.sub(r"</?([A-Za-z][^\s/>]*)[^>]*>", tag, text)
    fragment = html5lib.parseFragment(text, namespaceHTMLElements=False)
    return " ".join(texts(fragment))


def texts(node):
    # Browsers show no content of these elements.
    if isinstance(node.tag, str) and node.tag not in ("script", "style", "iframe"):
        yield node.text or ""
        for child in node:
            yield from texts(child)
            yield child.tail or ""


def words_of(tokens, place, is_page):
    """The words in markdown-it's tokens, each with the lines of its block."""
    for token in tokens:
        if token.map:
            place = (token.map[0] + 1, token.map[1])
        if token.type in ("text", "code_inline", "fence", "code_block"):
            shown = token.content
        elif token.type == "html_inline" and "task-list-item-checkbox" in token.content:
            shown = ""
        elif token.type == "html_inline":
            name = re.match(r"</?([A-Za-z][A-Za-z0-9-]*)", token.content)
            shown = token.content if not is_page or name and name[1].lower() not in ELEMENTS else ""
        elif token.type == "html_block":
            shown = shown_html(token.content) if is_page else token.content
        else:
            shown = ""
        for word in WORD.findall(shown):
            yield word.casefold(), place
        if token.children and token.type != "html_inline":
            yield from words_of(token.children, place, is_page)


def split(text):
    """A file's body and the number of lines before it."""
    found = re.match("\ufeff?" r"---[ \t]*\n.*?\n---[ \t]*\n", text, re.S)
    return text[found.end() :], text[: found.end()].count("\n")


def words_there(elements):
    """How often each word occurs in elements (even if tags divide it), in alternative texts, and in their URLs.

    If links are nested, parsers differ in which of them is a link; the URL of the other one is text.
    """
    there = collections.Counter()
    for join in ("", " "):
        found = collections.Counter()
        for element in elements:
            addresses = map(urllib.parse.unquote, element.xpath(".//@href | .//@src"))
            shown = " ".join([join.join(element.itertext()), *element.xpath(".//@alt | .//@title"), *addresses])
            found.update(word.casefold() for word in WORD.findall(shown))
        there |= found
    return there


def lost_words(content, site, reported):
    """(file, word, lines) of each word that is neither on the page nor reported."""
    pages = {}
    for file in sorted(content.rglob("*.md")):
        kind = file.relative_to(content).parts[0]
        if kind not in ("posts", "responses"):
            continue
        slug = file.parent.name if kind == "responses" or file.name == "index.md" else file.stem
        path = site / "posts" / slug / "index.html"
        source = file.read_text(encoding="utf-8").replace("\r\n", "\n")
        if not path.exists() or re.search(r"^removed:", split(source)[0] and source, re.M):
            continue
        if path not in pages:
            pages = {path: lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()}
        page = pages[path]
        body, before = split(source)
        if kind == "posts":
            found = page.xpath("//h1 | //div[contains(@class, 'e-content')][not(ancestor::*[@id='responses'])]")
        else:
            found = page.xpath(f"//*[@id='response-{file.stem}']")
        if not found:
            continue
        there = words_there(found)
        name = str(file.relative_to(content.parent))
        missing = collections.Counter()
        places = collections.defaultdict(list)
        for word, place in words_of(READER.parse(body), (1, body.count("\n") + 1), kind == "posts"):
            missing[word] += 1
            places[word].append(place)
        for word in missing - there:
            # A parser without footnotes shows their marks.
            if re.fullmatch(r"n\d+", word):
                continue
            lines = [(start + before, end + before) for start, end in places[word]]
            if not any(start <= line <= end for start, end in lines for line in reported.get(name, ())):
                yield name, word, lines


def built(stoa, source, site):
    """Builds, and returns the reported lines of each file."""
    done = run(stoa, "build", "--source", source, "--output", site, "--keep-going", "--as-of", "2027-01-01", check=False)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    reported = collections.defaultdict(set)
    for found in re.finditer(r"^(content/[^:\n]+):(\d+):\d+: ", done.stderr, re.M):
        reported[found[1]].add(int(found[2]))
    return reported


def assert_nothing_lost(content, site, reported):
    lost = list(lost_words(content, site, reported))
    assert not lost, f"{len(lost)} words, of which\n" + "\n".join(map(str, lost[:20]))


def test_no_word_of_the_example_is_lost(stoa, tmp_path):
    reported = built(stoa, ROOT, tmp_path / "site")
    assert_nothing_lost(ROOT / "content", tmp_path / "site", reported)


def test_no_word_of_real_posts_is_lost(stoa, shared, tmp_path):
    source = shared / "community"
    reported = built(stoa, source, tmp_path / "site")
    assert_nothing_lost(source / "content", tmp_path / "site", reported)


def test_no_word_of_random_documents_is_lost(stoa, tmp_path):
    write_random_community(tmp_path)
    reported = built(stoa, tmp_path, tmp_path / "site")
    assert len(list((tmp_path / "site/posts").iterdir())) >= COUNT // 2
    assert_nothing_lost(tmp_path / "content", tmp_path / "site", reported)


def write_random_community(root):
    (root / "stoa.yml").write_text("title: Words\nurl: https://w.example\nhighlight: none\nsearch: none\nhistory: none\n")
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (posts / "first.md").write_text("---\ntitle: First\nauthor: ann\ndate: 2026-01-01\n---\n\nFirst.\n")
    for number in range(COUNT // 2):
        (posts / f"p{number}.md").write_text(
            f"---\ntitle: P\nauthor: ann\ndate: 2026-01-01\n---\n\n{RandomDocument(2 * number).text()}", encoding="utf-8")
        responses = root / f"content/responses/p{number}"
        responses.mkdir(parents=True)
        (responses / "r.md").write_text(
            f"---\nguest: Bo\ndate: 2026-01-02\n---\n\n{RandomDocument(2 * number + 1).text()}", encoding="utf-8")

"""Hostile texts, built as pages and as responses, and read by three independent parsers.

A page's markdown may contain HTML: its result must have listed elements only, and every parser must read the same tree. In a
response, HTML is shown as text.
"""

import html.parser
import json
import pathlib
import re

import html5lib
import nh3
import pytest

from conftest import run

HERE = pathlib.Path(__file__).parent
MARKS = {"␊": "\n", "␉": "\t", "␌": "\f", "␀": "\0", "␁": "\1", "␂": "\2", "␃": "\3"}
VOID = {"br", "hr", "img", "input", "wbr"}

ELEMENTS = set(
    "a abbr b bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i "
    "img input ins kbd label li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot "
    "th thead time tr ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"}, "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "blockquote": {"cite"}, "del": {"cite"}, "ins": {"cite"}, "q": {"cite"},
    "td": {"colspan", "rowspan", "class"}, "th": {"colspan", "rowspan", "class"},
    "time": {"datetime"}, "details": {"open"}, "ol": {"start", "reversed"},
    "input": {"type", "checked", "disabled"},
}
# Attributes that the program itself writes around code, alerts, footnotes and headings of markdown.
OURS = {
    ("pre", "tabindex", "0"), ("code", "class", "language-text"), ("code", "class", 'language-"><script>alert(1)</script>'),
    ("div", "class", "alert alert-note"), ("div", "class", "wide"), ("div", "tabindex", "0"),
    ("p", "class", "alert-title"), ("div", "class", "footnotes"),
    ("sup", "class", "footnote-ref"), ("a", "class", "footnote-backref"), ("a", "class", "mention"), ("label", "class", "task"),
}
ALERT = "window.ran = 0; window.alert = window.confirm = window.prompt = () => { window.ran += 1 }"


def vectors():
    lines = (HERE / "vectors.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("%% "):
            yield "".join(MARKS.get(character, character) for character in line)


def vectors_of_others(shared):
    """The inputs in a JSON file with comments."""
    text = (shared / "sanitizer/testdata_sanitizer_tests1.dat").read_text(encoding="utf-8")
    return [json.loads(found) for found in re.findall(r'"input":\s*("(?:[^"\\]|\\.)*")', text)]


class Naive(html.parser.HTMLParser):
    """The tree of the tags as written, by a parser that corrects nothing."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = ["", {}, []]
        self.stack = [self.root]
        self.feed(text)
        self.close()
        assert len(self.stack) == 1, f"{self.stack[-1][0]} is left open"

    def handle_starttag(self, tag, attributes):
        assert len({name for name, _ in attributes}) == len(attributes)
        node = [tag, {name: value or "" for name, value in attributes}, []]
        self.stack[-1][2].append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_endtag(self, tag):
        assert self.stack[-1][0] == tag, f"{tag} ends where {self.stack[-1][0]} is open"
        self.stack.pop()

    def handle_data(self, data):
        add_text(self.stack[-1][2], data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def add_text(children, data):
    if children and isinstance(children[-1], str):
        children[-1] += data
    elif data:
        children.append(data)


def tree(element):
    """An element of html5lib in the form of Naive."""
    children = []
    add_text(children, element.text or "")
    for child in element:
        children.append(tree(child))
        add_text(children, child.tail or "")
    return [element.tag, dict(element.attrib), children]


def parsed(body):
    """The tree of a body, by html5lib."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(f"<!DOCTYPE html><title>t</title><body><div>{body}</div><p id=after>a</p>")
    inside, after = document.find("body")
    assert after.get("id") == "after"
    return tree(inside)[2]


def elements(nodes, depth=1):
    for node in nodes:
        if not isinstance(node, str):
            yield node, depth
            yield from elements(node[2], depth + 1)


def without_first_newline(nodes):
    """A browser ignores the newline at the beginning of preformatted text."""
    for node, _ in elements(nodes):
        if node[0] == "pre" and node[2] and isinstance(node[2][0], str):
            node[2][0] = node[2][0].removeprefix("\n")
            node[2] = [child for child in node[2] if child]
    return nodes


def assert_listed(nodes, vector):
    for (name, attributes, _), depth in elements(nodes):
        assert name in ELEMENTS, f"{vector!r} gives <{name}>"
        assert depth <= 100
        for attribute, value in attributes.items():
            isours = (name, attribute, value) in OURS or attribute == "id" and name in ("h1", "h2", "li", "sup")
            isours = isours or (name, attribute) == ("a", "aria-label") and value.startswith("Back to reference ")
            islisted = attribute in ATTRIBUTES["*"] | ATTRIBUTES.get(name, set())
            assert isours or islisted, f"{vector!r} gives <{name} {attribute}={value!r}>"
            if attribute in ("href", "src", "cite"):
                assert value.startswith(("https://", "http://", "mailto:", "/", "#")), f"{vector!r} gives {value!r}"
                assert not value.startswith(("//", "/\\"))
        if name == "input":
            assert attributes["type"] == "checkbox" and "disabled" in attributes


@pytest.fixture(scope="session", params=["our own", "of others"])
def built(stoa, tmp_path_factory, request):
    """The bodies of pages, and of one response each, with their vectors."""
    root = tmp_path_factory.mktemp("vectors")
    found = list(vectors()) if request.param == "our own" else vectors_of_others(request.getfixturevalue("shared"))
    (root / "stoa.yml").write_text("title: V\nurl: https://v.example\nhighlight: none\nsearch: none\nhistory: none\n")
    for folder in ("pages", "posts", "responses/all"):
        (root / "content" / folder).mkdir(parents=True)
    (root / "content/posts/all.md").write_text("---\ntitle: All\nauthor: a\ndate: 2026-01-01\n---\n\na\n")
    for number, vector in enumerate(found):
        (root / f"content/pages/v{number}.md").write_bytes(f"---\ntitle: V\n---\n\n{vector}\n".encode())
        (root / f"content/responses/all/r{number}.md").write_bytes(
            f"---\nguest: {json.dumps(vector.translate({i: None for i in range(32)}))}\ndate: 2026-01-02\n---\n\n{vector}\n".encode()
        )
    done = run(stoa, "build", "--source", root, "--keep-going", check=False)
    assert done.returncode in (0, 1), done.stderr
    pages = [(root / f"site/v{number}/index.html").read_text(encoding="utf-8") for number in range(len(found))]
    post = (root / "site/posts/all/index.html").read_text(encoding="utf-8")
    feeds = [path.read_text(encoding="utf-8") for path in (root / "site").rglob("*.xml")]
    return found, pages, post, feeds


def body(page):
    start = page.index('<div class="prose">') + len('<div class="prose">')
    return page[start : page.rindex("</div>", start, page.index("</article>", start))]


def test_there_are_many():
    assert len(list(vectors())) >= 500


def test_everyone_reads_a_body_as_it_is_written(built):
    for vector, page in zip(built[0], built[1]):
        text = body(page)
        nodes = parsed(text)
        assert_listed(nodes, vector)
        naive = without_first_newline(Naive(text).root[2])
        assert nodes == naive, f"{vector!r} gives {text!r}"
        assert "\1" not in text and "\2" not in text and "\3" not in text


def test_pages_keep_their_frame(built):
    """Content cannot close an element around it."""

    def frame(page):
        start = page.index('<div class="prose">')
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        document = parser.parse(page)
        prose = [node for node in document.iter("div") if node.get("class") == "prose"]
        assert len(prose) == 1
        prose[0].clear()
        return [(node.tag, sorted(node.attrib)) for node in document.find("body").iter() if isinstance(node.tag, str)]

    plain = None
    for vector, page in zip(built[0], built[1]):
        own = frame(page)
        plain = plain or own
        assert own == plain, vector


def test_a_sanitiser_of_other_people_finds_nothing_to_take_out(built):
    attributes = {name: set(values) | {"class", "id", "tabindex", "aria-label"} for name, values in ATTRIBUTES.items()}
    for vector, page in zip(built[0], built[1]):
        text = body(page)
        cleaned = nh3.clean(
            text, tags=ELEMENTS, attributes=attributes, link_rel=None, url_schemes={"http", "https", "mailto"},
            strip_comments=False, clean_content_tags=set(),
        )
        # It removes the newline at the beginning of preformatted text.
        assert parsed(cleaned.replace("<pre>\n", "<pre>\n\n")) == parsed(text), vector


def test_responses_hold_no_markup_of_their_authors(built):
    vectors, _, post, _ = built
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(post)
    proses = [node for node in document.iter("div") if "e-content" in node.get("class", "").split()]
    assert len(proses) == len(vectors) + 1
    markdown = set(
        "p em strong code pre a ul ol li blockquote table thead tbody tr th td hr br del h4 h5 h6 sup section input label div".split()
    )
    for prose in proses:
        for node, _ in elements(tree(prose)[2]):
            assert node[0] in markdown, node
            assert not any(name.startswith("on") or name == "style" for name in node[1]), node
            if node[0] == "a" and node[1]["href"].startswith(("http", "mailto")):
                assert node[1]["rel"] == "ugc nofollow noopener"
    for node in document.iter("script"):
        assert node.get("src", "").startswith("/"), "a script that is not the theme's"


def test_feeds_are_well_formed(built):
    import xml.etree.ElementTree as xml

    for feed in built[3]:
        xml.fromstring(feed)


def test_a_browser_runs_nothing(built, browser):
    vectors, pages, post, _ = built
    bodies = [body(page) for page in pages]
    context = browser.new_context()
    context.add_init_script(ALERT)
    # No resource is requested.
    context.route("**/*", lambda route: route.abort() if "page.test" not in route.request.url else route.fulfill(
        content_type="text/html; charset=utf-8", body=served.get(route.request.url, "")))
    served = {
        "https://page.test/all": "<!DOCTYPE html><title>t</title>" + "".join(f"<div class=v>{text}</div>\n" for text in bodies),
        "https://page.test/post": post,
    }
    page = context.new_page()
    for address in served:
        page.goto(address)
        page.evaluate("""() => {
          for (const one of document.querySelectorAll('body *')) {
            for (const kind of ['click', 'mouseover', 'focus', 'error', 'load', 'toggle', 'pointerenter', 'wheel', 'copy'])
              one.dispatchEvent(new Event(kind));
          }
        }""")
        assert page.evaluate("window.ran") == 0
    page.goto("https://page.test/all")
    found = page.evaluate("""() => {
      const tree = node => [node.localName, Object.fromEntries([...node.attributes].map(a => [a.name, a.value])),
        [...node.childNodes].map(child => child.nodeType == 3 ? child.data : tree(child))];
      return [...document.querySelectorAll('body > .v')].map(node => tree(node)[2]);
    }""")
    context.close()
    assert len(found) == len(bodies)
    for vector, text, nodes in zip(vectors, bodies, found):
        assert nodes == parsed(text), f"{vector!r} gives {text!r}"

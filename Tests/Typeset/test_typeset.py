"""Formulas and diagrams: how a build uses pandoc's and Graphviz's answers, and how little it trusts them."""

import json
import os
import re
import shutil
import stat
import time

import html5lib
import pytest

from conftest import ROOT, run

SETTINGS = "title: Sums\nurl: https://sums.example\nlanguage: en\nhistory: none\nmath: true\ndiagrams: true\n"
RULES = [
    [part.replace("␤", "\n") for part in line.split("\t")]
    for line in (ROOT / "Tests/Typeset/dollars.txt").read_text().splitlines()
]

needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not there: make test installs it")
# These take their full time limits, so only make trust tries them.
SLOW = {"doubling macros", "many nodes", "slow lines"}
needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not there: make test installs it")


def tried(cases):
    return [name for name in cases if "STOA_LONG" in os.environ or name not in SLOW]


@pytest.fixture
def community(tmp_path):
    """A community with one post, and perhaps one response."""

    def make(text, response=None, settings=SETTINGS):
        (tmp_path / "stoa.yml").write_text(settings)
        posts = tmp_path / "content" / "posts"
        posts.mkdir(parents=True, exist_ok=True)
        (posts / "sums.md").write_text(f"---\ntitle: Sums\nauthor: Ada\ndate: 2026-01-01\n---\n\n{text}\n")
        if response is not None:
            responses = tmp_path / "content" / "responses" / "sums"
            responses.mkdir(parents=True, exist_ok=True)
            (responses / "1.md").write_text(f"---\nguest: Bo\ndate: 2026-01-02\n---\n\n{response}\n")
        return tmp_path

    return make


@pytest.fixture
def build(stoa):
    """Builds a community and returns its page, and the build's output."""

    def build(root, output="site", **environment):
        result = run(stoa, "build", "--source", root, "--output", root / output, **environment)
        return (root / output / "posts" / "sums" / "index.html").read_text(), result.stderr

    return build


def tool(root, name, script):
    """Installs a program of ours in place of pandoc or dot; returns the PATH."""
    program = root / "bin" / name
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return f"{program.parent}:/usr/bin:/bin"


def elements(page):
    """The names of all elements of formulas and drawings, as a browser reads them, with their attributes."""
    tree = html5lib.parse(page, namespaceHTMLElements=True)
    found = []
    for root in tree.iter():
        if isinstance(root.tag, str) and (root.tag.endswith("}math") or root.tag.endswith("}svg")):
            found += [(e.tag.split("}")[1], dict(e.attrib)) for e in root.iter()]
    return found


@needs_pandoc
def test_dollar_signs_mean_what_they_mean_to_pandoc():
    text = "\n\n".join(rule[0] for rule in RULES)
    answer = run("sh", "-c", 'printf "%s" "$1" | pandoc --from=markdown --to=json', "sh", text).stdout

    def formulas(node):
        if isinstance(node, dict) and node.get("t") == "Math":
            signs = "$$" if node["c"][0]["t"] == "DisplayMath" else "$"
            return [signs + node["c"][1] + signs]
        children = node.get("c", []) if isinstance(node, dict) else node if isinstance(node, list) else []
        return [formula for child in children for formula in formulas(child)]

    blocks = json.loads(answer)["blocks"]
    assert len(blocks) == len(RULES)
    for block, (rule, *expected) in zip(blocks, RULES):
        # Pandoc replaces a line end within single dollar signs by a space.
        assert [" ".join(f.split("\n")) for f in formulas(block)] == [" ".join(f.split("\n")) for f in expected], rule


@needs_pandoc
def test_formulas_are_mathml_on_pages_and_tex_elsewhere(community, build):
    text = "The sum $a_1 + b_2$ and $5 or $10.\n\n$$\n\\frac{1}{2}\n$$\n\n```math\n\\sqrt{x}\n```"
    root = community(text, response="Or $c^2$? `$d$`")
    page, said = build(root)
    assert said == ""
    assert page.count("<math") == 4 and page.count('<math display="block">') == 2
    assert "<msub><mi>a</mi><mn>1</mn></msub>" in page and "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in page
    assert "$5 or $10" in page and "<code>$d$</code>" in page
    assert "<script>" not in page and "style=" not in page
    feed = (root / "site/feed.xml").read_text()
    assert "<math" not in feed
    assert "<code>$a_1 + b_2$</code>" in feed
    assert "$a_1 + b_2$" in re.search(r'<meta name="description"[^>]* content="([^"]*)"', page)[1]
    assert any("frac" in path.read_text() for path in (root / "site/search/index").glob("words*.txt"))


def test_without_the_settings_nothing_changes(community, build):
    text = "$x$ and $$y$$\n\n$$\nz\n$$\n\n```math\na\n```\n\n```dot\ndigraph { a }\n```"
    off = SETTINGS.replace("math: true\ndiagrams: true\n", "")
    root = community(text, settings=off)
    path = tool(root, "pandoc", f"touch '{root}/asked'")
    tool(root, "dot", f"touch '{root}/asked'")
    page, said = build(root, PATH=path)
    assert said == "" and not (root / "asked").exists()
    assert "<p>$x$ and $$y$$</p>\n<p>$$\nz\n$$</p>" in page
    assert '<code class="language-math">a' in page and '<code class="language-dot">digraph' in page


def test_without_the_tools_the_source_stays_and_one_warning_each_says_so(community, build):
    root = community("$x$, $y$ and $$z$$\n\n$$\na\n$$\n\n```dot\ndigraph { a }\n```\n\n```dot\ngraph { b }\n```")
    page, said = build(root, PATH=tool(root, "other", "exit 1").split(":")[0])
    assert "<code>$x$</code>, <code>$y$</code> and <code>$$z$$</code>" in page
    assert page.count('<code class="language-math">') == 1 and page.count('<code class="language-dot">') == 2
    assert said.count("missing-tool") == 2 and "apt install pandoc" in said and "apt install graphviz" in said


def test_a_pandoc_that_does_not_work_counts_as_missing(community, build):
    root = community("$x$")
    page, said = build(root, PATH=tool(root, "pandoc", "echo 'Unknown option --sandbox.' >&2; exit 6"))
    assert "<code>$x$</code>" in page
    assert said.count("missing-tool") == 1 and "pandoc 2.15" in said


# Answers of a lying pandoc: WORD is the line that separates two answers.
LIES = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<math onload="alert(1)"><mi onclick="alert(1)" href="javascript:alert(1)">x</mi></math>',
    "an element": '<math><mtext><img src="x" onerror="alert(1)"/></mtext></math>',
    "an end": "<math><mi>x</mi></math></p><script>alert(1)</script>",
    "html": "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml><mi>x</mi></math>",
    "a comment": "<math><mi>x</mi><!-- --><style><!--</style><img title='--><img src=x onerror=alert(1)>'></math>",
    "rubbish": "\x01\x02<<>>&&;",
    "nothing": "",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_pandoc_that_lies_can_put_nothing_on_a_page(community, build, lie):
    root = community("one $x$ two")
    (root / "lie").write_text(lie)
    script = f"""word=$(grep -o '^stoa[0-9a-f]*' | head -1); cat '{root}/lie'; printf '\\n<p>%s</p>\\n' "$word\""""
    page, said = build(root, PATH=tool(root, "pandoc", script))
    assert "alert" not in page and "<script>" not in page
    for name, attributes in elements(page):
        assert name in {"math", "mi", "svg", "path"} and not [a for a in attributes if a.startswith("on") or a == "href"]
    assert "<code>$x$</code>" in page or "<mi>x</mi>" in page


@needs_pandoc
def test_a_build_asks_once_and_remembers(community, build):
    root = community("$x$ and $x$ and $y$, $\\nonesuch$")
    path = tool(root, "pandoc", f"echo started >>'{root}/log'; exec {shutil.which('pandoc')} \"$@\"")
    log = root / "log"
    first, said = build(root, PATH=path)
    assert log.read_text() == "started\n" and said.count("unread-formula") == 1
    again, said = build(root, "again", PATH=path)
    assert again == first and log.read_text() == "started\n" and said.count("unread-formula") == 1
    cache = root / ".stoa-cache" / "formulas"
    stored = cache.read_bytes()
    for broken in [b"", stored[: len(stored) // 2], stored.replace(b"<mi>x</mi>", b"<ms>x</ms>"), stored.replace(b"<mi>x", b"<ri>x")]:
        cache.write_bytes(broken)
        page, _ = build(root, "broken", PATH=path)
        assert page == first or b"<ms>" in broken, broken
        assert "<ri>" not in page
    cache.unlink()
    assert build(root, "afresh", PATH=path)[0] == first
    community("$x$ and $z$")
    before = log.read_text()
    build(root, PATH=path)
    assert log.read_text() == before + "started\n"


HOSTILE = {
    "deep": "\\frac{1}{" * 3_000 + "x" + "}" * 3_000,
    "large": "x+\n" * 6_000,
    "doubling macros": "".join(f"\\newcommand{{\\{chr(97 + i)}{chr(97 + i)}}}{{\\{chr(98 + i)}{chr(98 + i)}\\{chr(98 + i)}{chr(98 + i)}}}" for i in range(24)) + "\\aa",
    "a macro of itself": "\\newcommand{\\x}{\\x\\x}\\x",
    "open braces": "{" * 5_000,
    "open \\left": "\\left(" * 2_000,
    "a link": "\\href{javascript:alert(1)}{x}",
    "a class": "\\class{skip}{x}\\style{position:fixed}{x}",
    "a file": "\\input{/etc/passwd}\\include{/etc/passwd}",
    "html": "\\text{</math><script>alert(1)</script>}",
    "an end of the block": "x\n```\n\n<script>alert(1)</script>\n\n```",
}


@needs_pandoc
@pytest.mark.parametrize("name", tried(HOSTILE))
def test_a_hostile_formula_costs_the_others_nothing(community, build, name):
    start = time.monotonic()
    fence = "`" * 7
    page, said = build(community(f"$x^2$\n\n{fence}math\n{HOSTILE[name]}\n{fence}\n\n$y^2$"))
    assert time.monotonic() - start < 60
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in page and "<msup><mi>y</mi><mn>2</mn></msup>" in page
    assert "<script>" not in page and "javascript:" not in re.sub(r"<code.*?</code>", "", page, flags=re.DOTALL)
    if page.count("<math") == 2:
        assert "content/posts/sums.md:9:1: warning" in said and "unread-formula" in said
    assert not {name for name, _ in elements(page)} - {"math", "mrow", "mi", "mo", "mn", "msup", "mtext", "mfrac", "mtable", "mtr", "mtd", "mstyle", "svg", "path"}


# Diagrams

DOT = 'digraph { rankdir=LR; a [label="Ask"]; a -> b [label="leads to"]; c }'


def drawing(page):
    return re.search(r'<figure class="wide diagram.*?</figure>', page, re.DOTALL)[0]


@needs_dot
def test_a_diagram_is_drawn_on_the_page_and_its_words_are_told(community, build):
    root = community(f"```dot\n{DOT}\n```", response=f"```dot\n{DOT}\n```")
    page, said = build(root)
    assert said == ""
    figure = drawing(page)
    assert 'role="img"' in figure and 'aria-label="Ask → b: leads to; c"' in figure
    assert "currentColor" in figure and "style" not in figure and "xmlns" not in figure
    assert page.count("<figure") == 1 and '<code class="language-dot">' in page
    feed = (root / "site/feed.xml").read_text()
    assert "figure" not in feed and "language-dot" in feed
    assert build(root, "again")[0] == page
    (root / ".stoa-cache/diagrams").unlink()
    assert build(root, "afresh")[0] == page


@needs_dot
def test_a_wrong_diagram_is_told_with_its_line(community, build):
    page, said = build(community("one\n\n```dot\ndigraph {\n  a -> b\n  a -> -> c\n}\n```"))
    assert "content/posts/sums.md:12:1: warning: Graphviz cannot read this diagram: syntax error near" in said
    assert "unread-diagram" in said and '<code class="language-dot">digraph {' in page


HOSTILE_DOT = {
    "a script address": 'digraph { a [URL="javascript:alert(1)"] }',
    "an image": 'digraph { a [image="/etc/passwd", label=""]; b [shape=none, image="https://evil.example/x.png"] }',
    "a shape file": 'digraph { a [shape=custom, shapefile="/etc/passwd"] }',
    "html": 'digraph { a [label=<<table><tr><td href="javascript:alert(1)"><img src="/etc/passwd"/>x</td></tr></table>>] }',
    "markup": 'digraph { a [label="</text></svg><script>alert(1)</script>"] }',
    "a style sheet": 'digraph { stylesheet="https://evil.example/x.css"; a [class="skip", id="main"] }',
    "a gradient": 'digraph { a [style=filled, fillcolor="red:blue"] }',
    "a shell": 'digraph { fontpath="$(touch /tmp/x)"; a [label="`touch /tmp/x`"] }',
    "many nodes": "graph { " + " ".join(f"a{i} -- a{(7 * i) % 1009}; a{i} -- a{(13 * i) % 1009};" for i in range(1009)) + " }",
    "slow lines": "digraph { splines=ortho; " + " ".join(f"a{i} -> a{j};" for i in range(40) for j in range(40)) + " }",
    "a giant": 'digraph { size="9999,9999!"; a [width=9000, height=9000] }',
    "two graphs": "digraph { a } digraph { b }",
}


@needs_dot
@pytest.mark.parametrize("name", tried(HOSTILE_DOT))
def test_a_hostile_diagram_can_do_nothing(community, build, name):
    start = time.monotonic()
    page, said = build(community(f"```dot\n{HOSTILE_DOT[name]}\n```\n\n```dot\n{DOT}\n```"))
    assert time.monotonic() - start < 60
    assert 'aria-label="Ask → b: leads to; c"' in page
    outside = re.sub(r"<code.*?</code>", "", page, flags=re.DOTALL)
    assert "<script>" not in outside and "javascript:" not in outside and "evil" not in outside and "passwd" not in outside
    allowed = {"svg", "g", "a", "text", "path", "polygon", "polyline", "ellipse", "circle", "rect", "line"}
    assert {e for e, _ in elements(page)} <= allowed
    if outside.count("<figure") == 1:
        assert re.search(r"content/posts/sums.md:\d+:1: warning", said) and "unread-diagram" in said


def test_a_graphviz_that_lies_can_put_nothing_on_a_page(community, build):
    root = community("```dot\ndigraph { a }\n```")
    (root / "lie").write_text(
        '<svg viewBox="0 0 9 9" onload="alert(1)"><script>alert(1)</script><g onclick="alert(1)">'
        '<circle r="3" cx="1" cy="1" fill="black" stroke="none" onclick="alert(1)"/><a href="javascript:alert(1)">'
        '<text x="1" y="1">&lt;script&gt;alert</text></a></g></svg>')
    page, said = build(root, PATH=tool(root, "dot", f"cat >/dev/null; cat '{root}/lie'"))
    figure = drawing(page)
    assert "onload" not in figure and "onclick" not in figure and "javascript" not in figure and "<script" not in figure
    assert "unsafe-address" in said and "<script>" in said


def test_a_hostile_document_costs_other_documents_nothing(community, build):
    """Of two documents with many formulas and diagrams that end their tools, two of each are tried, whatever the cache has."""
    bombs = "\n\n".join(f"$bomb_{{{number}}}$ $g_{{{number}}}$" for number in range(40))
    drawings = "".join(f"\n\n```dot\ndigraph {{ bomb{number} }}\n```" for number in range(12))
    root = community("$a^2$ and $g_{39}$\n\n```dot\ndigraph { good }\n```", response=bombs + "\n\n$late$")
    posts = root / "content/posts"
    (posts / "alate.md").write_text(f"---\ntitle: Late\nauthor: Bo\ndate: 2026-01-03\n---\n\n{bombs}{drawings}\n\n$late$\n")
    (posts / "last.md").write_text("---\ntitle: Last\nauthor: Ada\ndate: 2025-01-01\n---\n\n$z^2$\n\n```dot\ndigraph { last }\n```\n")
    log = root / "log"
    tool(root, "pandoc", f"""echo run >>'{log}'; cat >'{root}/in'; grep -q bomb '{root}/in' && kill -9 $$
awk '/^stoa[0-9a-f]/ {{ print "<p>" $0 "</p>"; next }} /^```/ || /^$/ {{ next }} {{ print "<math><mi>x</mi></math>" }}' '{root}/in'""")
    path = tool(root, "dot", f"""echo drawn >>'{log}'; cat >'{root}/in'; grep -q bomb '{root}/in' && kill -9 $$
echo '<svg viewBox="0 0 9 9"><circle r="3" cx="1" cy="1" fill="black"/></svg>'""")

    def pages(output):
        page, said = build(root, output, PATH=path)
        return [page] + [(root / output / f"posts/{name}/index.html").read_text() for name in ("alate", "last")] + [said]

    first = pages("site")
    sums, _, last, said = first
    assert last.count("<math") == 1 and last.count("<figure") == 1
    assert "<code>$a^2$</code>" not in sums and "<code>$g_{39}$</code>" not in sums and sums.count("<figure") == 1
    assert said.count("takes pandoc too long") == 2 and said.count("takes Graphviz too long") == 2 and "two others of this document" in said
    runs = log.read_text().count("run"), log.read_text().count("drawn")
    assert runs[0] < 70 and runs[1] == 4
    assert pages("again") == first and (log.read_text().count("run"), log.read_text().count("drawn")) == runs
    # Other documents, and an order of their own, change nothing of what these show.
    (posts / "other.md").write_text("---\ntitle: Other\nauthor: Ada\ndate: 2027-01-01\n---\n\n$o^2$\n")
    build(root, "more", PATH=path)
    (root / ".stoa-cache/formulas").unlink()
    (posts / "other.md").unlink()
    assert pages("afresh") == first

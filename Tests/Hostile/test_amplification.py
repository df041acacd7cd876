"""The size of the output is at most a multiple of the input's size.

SECURITY.md states the multiple. Each shape is content that causes as much output as possible.
"""

import os
import subprocess

import pytest

K = 1024
# The promise of SECURITY.md: bytes of output for a byte of content.
MULTIPLE = 1_000
SIZES = [int(size) * K for size in os.environ.get("STOA_TRUST_AMPLIFIED", "15").split()]
SETTINGS = "title: A\nurl: https://a.example\nhighlight: none\nsearch: none\nhistory: none\n"


def post(extra="", body="Words.\n", author="ada", title="T"):
    return f"---\ntitle: {title}\nauthor: {author}\ndate: 2026-01-01\n{extra}---\n\n{body}"


def names(size, make="n{}".format):
    """As many short names as fit, as a YAML list in one line."""
    text, number = "", 0
    while len(text) + len(make(number)) + 1 < min(size, 15 * K):
        text += make(number) + ","
        number += 1
    return f"[{text[:-1]}]"


def posts(size, make, each):
    """As many posts as fit."""
    return {f"posts/p{number}.md": make(number) for number in range(size // each)}


def responses(size, text):
    return {f"responses/p/r{number}.md": text for number in range(size // len(text))} | {"posts/p.md": post()}


def many(size, folder, text, more=None):
    return {f"{folder}/x{number}.md": text.format(number) for number in range(size // len(text))} | (more or {"posts/p.md": post()})


SHAPES = {
    "topics": lambda size: {"posts/p.md": post(f"topics: {names(size)}\n")},
    "topics of a long post": lambda size: {"posts/p.md": post(f"topics: {names(400)}\n", "word " * (size // 5))},
    "authors": lambda size: {"posts/p.md": post(author=names(size))},
    "aliases": lambda size: {"posts/p.md": post(f"aliases: {names(size, '/a{}'.format)}\n")},
    "aliases of pages": lambda size: {"posts/p.md": post(), "pages/a.md": f"---\ntitle: A\naliases: {names(size, '/a{}'.format)}\n---\n\nA.\n"},
    "aliases of topics": lambda size: {"posts/p.md": post("topics: [t]\n"), "topics/t.md": f"---\ntitle: T\naliases: {names(size)}\n---\n\nT.\n"},
    "aliases of people": lambda size: {"posts/p.md": post(), "contributors/ada.md": f"---\nname: Ada\naliases: {names(size)}\n---\n\nA.\n"},
    "anchors of responses": lambda size: {"posts/p.md": post(), "responses/p/r.md": f"---\nguest: G\ndate: 2026-01-02\naliases: {names(size)}\n---\n\nR.\n"},
    "a long title": lambda size: {"posts/p.md": post("topics: [a, b, c]\n", title="t " * (min(size, 15 * K) // 2))},
    "a long summary": lambda size: {"posts/p.md": post(f"topics: [a, b, c]\nsummary: {'s ' * (min(size, 14 * K) // 2)}\n")},
    "a long name of many": lambda size: {"contributors/ada.md": f"---\nname: {'Ada ' * (min(size // 2, 15 * K) // 4)}\n---\n"}
    | posts(size // 2, lambda number: post(), 80),
    "a long topic of many": lambda size: {"topics/t.md": f"---\ntitle: {'Topic ' * (min(size // 2, 15 * K) // 6)}\n---\n"}
    | posts(size // 2, lambda number: post("topics: [t]\n"), 90),
    "a long title in the menu": lambda size: {"pages/m.md": f"---\ntitle: {'Menu ' * (min(size // 2, 15 * K) // 5)}\nmenu: true\n---\n\nM.\n"}
    | posts(size // 2, lambda number: post(), 80),
    "pages in the menu": lambda size: many(size, "pages", "---\ntitle: A\nmenu: true\n---\n\nM.\n"),
    "small posts": lambda size: posts(size, lambda number: post(), 70),
    "small posts of their own authors": lambda size: posts(size, lambda number: post(f"topics: [t{number}]\n", author=f"a{number}"), 90),
    "small responses": lambda size: responses(size, "---\nguest: G\ndate: 2026-01-02\n---\n\nR.\n"),
    "small responses of their own authors": lambda size: {
        f"responses/p/r{number}.md": f"---\nauthor: a{number}\ndate: 2026-01-02\n---\n\nR.\n" for number in range(size // 50)} | {"posts/p.md": post()},
    "links to everything": lambda size: posts(size // 2, lambda number: post(), 80)
    | {"posts/l.md": post(body="".join(f"[[p{number}]] " for number in range(size // 2 // 80)) + "\n")},
    "links from everything": lambda size: posts(size, lambda number: post(body="[[p0]] [[p1]] [[p2]] [[p3]] [[p4]]\n"), 110),
    "links to a long title": lambda size: {
        "posts/t.md": post(title="t " * (min(size // 2, 14 * K) // 2)), "posts/l.md": post(body="[[t]]\n" * (size // 2 // 6))},
    "mentions": lambda size: {"contributors/b.md": "---\nname: Bo\n---\n", "posts/p.md": post(body="@b " * (size // 3) + "\n")},
    "headings": lambda size: {"posts/p.md": post(body="# a\n\n" * (size // 5))},
    "one footnote": lambda size: {"posts/p.md": post(body="[^a] " * (size // 5) + "\n\n[^a]: b\n")},
    "a table": lambda size: {"posts/p.md": post(body=("|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "x\n" * 200) * (size // 1_200))},
    "an order": lambda size: posts(size // 2, lambda number: post("topics: [t]\n"), 90)
    | {"topics/t.md": "---\ntitle: T\norder: [" + ",".join(f"p{number}" for number in range(size // 2 // 90)) + "]\n---\n"},
    "where practices were learned": lambda size: posts(size // 2, lambda number: post(), 80)
    | {f"posts/q{number}.md": post("kind: practice\ndistilled-from: [p0,p1,p2,p3,p4,p5,p6,p7]\n") for number in range(size // 2 // 120)},
}


def written(stoa, root, files):
    for name, text in {"../stoa.yml": SETTINGS, **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    done = subprocess.run(
        [stoa, "build", "--source", root, "--keep-going", "--quiet", "--as-of", "2026-06-01"], capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    return sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def alone(stoa, tmp_path_factory):
    """The parts of every site, whatever its content: style sheets, scripts, the home page."""
    return written(stoa, tmp_path_factory.mktemp("alone"), {"posts/p.md": post()})


@pytest.mark.parametrize("shape", SHAPES)
def test_a_site_is_at_most_so_many_times_its_content(stoa, tmp_path, alone, shape):
    for size in SIZES:
        files = SHAPES[shape](size)
        given = sum(len(text.encode()) for text in files.values())
        made = written(stoa, tmp_path / str(size), files)
        print(f"{shape}: {given // K} KiB become {made // K} KiB, {(made - alone) / given:.0f} times as much")
        assert made - alone <= MULTIPLE * given

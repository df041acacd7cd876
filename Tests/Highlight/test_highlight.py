"""Syntax highlighting: how a build uses Pygments' answers, and how little it trusts them."""

import re
import shutil
import stat

import html5lib
import pytest

from conftest import ROOT, program_under_test, run

SETTINGS = "title: Code\nurl: https://code.example\nlanguage: en\nhistory: none\nhighlight: pygments\n"
PYTHON = ROOT / ".venv" / "bin" / "python"

SWIFT = 'let answer = "<b>" // &amp; </code></pre><script>alert(1)</script>\n'
HOSTILE = "</span></code><img src=x onerror=alert(1)>\u2028'\"<!--"


@pytest.fixture
def community(tmp_path):
    """A community with one post that has the given code blocks."""

    def make(*blocks, settings=SETTINGS):
        (tmp_path / "stoa.yml").write_text(settings)
        posts = tmp_path / "content" / "posts"
        posts.mkdir(parents=True, exist_ok=True)
        text = "".join(f"```{language}\n{code}\n```\n\n" for language, code in blocks)
        (posts / "code.md").write_text(f"---\ntitle: Code\nauthor: Ada\ndate: 2026-01-01\n---\n\n{text}")
        return tmp_path

    return make


@pytest.fixture
def build(stoa):
    """Builds a community and returns its page as bytes, and the build's output."""

    def build(root, output="site", check=True, **environment):
        result = run(stoa, "build", "--source", root, "--output", root / output, check=check, **environment)
        return (root / output / "posts" / "code" / "index.html").read_bytes(), result.stderr

    return build


def python_that(root, script):
    """Installs a program of ours where a build looks for Python."""
    program = root / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)


def build_elsewhere(root, program):
    """Builds with a copy of the program outside any checkout, and so without a checkout's environment."""
    shutil.copy(program_under_test(), program)
    result = run(program, "build", "--source", root, PATH="/nonexistent")
    return (root / "site" / "posts" / "code" / "index.html").read_bytes(), result.stderr


def blocks(page):
    return re.findall(rb"<pre[^>]*><code[^>]*>(.*?)</code></pre>", page, re.DOTALL)


def text_of(fragment):
    tree = html5lib.parseFragment(fragment.decode(), namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= {"DOCUMENT_FRAGMENT", "span"}
    return "".join(tree.itertext())


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("swift", SWIFT),
        ("python", 'def f(x):\n\treturn f"{x!r}"  # ünï → 𝄞'),
        ("html", HOSTILE),
        ("php", "<?php echo '<b>'; ?></span><script>"),
        ("diff", "-gone\n+come"),
        ("console", "$ ls\n\n\nfile"),
        ("yaml", "---\na: [1, 'two']\n"),
        ("html+django", "{% x %}</span>"),
    ],
)
def test_a_reader_sees_the_code_as_it_was_written(community, build, language, code):
    page, said = build(community((language, code)))
    (block,) = blocks(page)
    assert text_of(block).rstrip("\n") == code.rstrip("\n")
    assert b'<span class="' in block
    assert said == ""


@pytest.mark.parametrize("language", ["", "nonesuch", "../x", "text"])
def test_code_of_no_known_language_is_plain(community, build, language):
    page, said = build(community((language, HOSTILE)))
    (block,) = blocks(page)
    assert text_of(block).rstrip("\n") == HOSTILE
    assert b"<span" not in block
    assert said == ""


def test_feeds_and_communities_that_do_not_ask_get_plain_code(community, build):
    root = community(("swift", SWIFT))
    assert b"<span" in blocks(build(root)[0])[0]
    assert "<span class" not in (root / "site" / "feed.xml").read_text()
    root = community(("swift", SWIFT), settings=SETTINGS.replace("pygments", "none"))
    assert b"<span" not in blocks(build(root)[0])[0]


def test_without_pygments_code_is_plain_and_one_note_says_so(community, build):
    root = community(("swift", SWIFT), ("python", "pass"))
    python_that(root, "exit 1")
    outside = root / "stoa-of-its-own"
    page, said = build_elsewhere(root, outside)
    assert b"<span" not in b"".join(blocks(page))
    assert said.count("missing-tool") == 1 and "warning" in said


FIRST_LINE = "echo 2.0 1 1 /nowhere/pygments.py"
LIES = {
    "markup": "echo '<script>alert(1)</script> 58'",
    "a class of its own": "echo 'onload 3,\" 55'",
    "too long": "echo 'k 99999'",
    "too short": "echo 'k 3'",
    "negative": "echo 'k -3,k 61'",
    "huge": "echo 'k 99999999999999999999'",
    "empty runs": "echo 'k 0,k 58'",
    "rubbish": "head -c 4096 /dev/urandom",
    "nothing": "",
    "a crash": "kill -9 $$",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_child_that_lies_can_put_nothing_on_a_page(community, build, lie):
    root = community(("swift", SWIFT))
    python_that(root, f"{FIRST_LINE}\n{lie}")
    page, _ = build(root)
    (block,) = blocks(page)
    assert text_of(block).rstrip("\n") == SWIFT.rstrip("\n")
    assert not set(re.findall(rb'class="([^"]*)"', block)) - {b"k"}


def test_a_block_that_kills_its_lexer_costs_the_others_nothing(community, build):
    root = community(("python", "a = 1"), ("python", "die"), ("python", "b = 2"))
    python_that(root, f"input=$(cat)\n{FIRST_LINE}\n"
                'case "$input" in *"a = 1"*) echo "k 6";; *die*) ;; *) echo "mi 6";; esac')
    page, said = build(root)
    assert blocks(page) == [b'<span class="k">a = 1\n</span>', b"die\n", b'<span class="mi">b = 2\n</span>']
    assert said.count("plain-code") == 1 and "content/posts/code.md:11:1: note" in said


def test_a_build_asks_once_and_remembers(community, build):
    root = community(("swift", SWIFT), ("python", "pass"), ("swift", SWIFT))
    python_that(root, f'echo started >>"{root}/log"; exec "{PYTHON}" "$@"')
    log = root / "log"
    first, _ = build(root)
    assert log.read_text() == "started\n"
    assert build(root, "again")[0] == first
    assert log.read_text() == "started\n"
    (root / ".stoa-cache" / "highlight").unlink()
    assert build(root, "afresh")[0] == first
    assert log.read_text() == "started\n" * 2
    community(("swift", SWIFT), ("python", "None"))
    assert b'<span class="kc">None' in build(root)[0]
    assert log.read_text() == "started\n" * 3


@pytest.mark.parametrize(
    "change",
    [
        lambda cache: cache.replace(" k 4", " k 5"),
        lambda cache: re.sub(r"\n2\S+", "\n0.1", cache, count=1),
        lambda cache: re.sub(r" \d+ (/\S+\n)", r" 12 \1", cache, count=1),
        lambda cache: cache.replace("stoa highlight 1", "stoa highlight 2"),
        lambda cache: cache[: len(cache) // 2],
        lambda cache: "",
    ],
)
def test_a_memory_that_is_not_the_same_pygments_own_changes_nothing(community, build, change):
    root = community(("python", "pass"), ("python", "None"))
    first, _ = build(root)
    cache = root / ".stoa-cache" / "highlight"
    cache.write_text(change(cache.read_text()))
    assert build(root)[0] == first


def test_git_leaves_the_memory_out(community, build):
    root = community(("python", "pass"))
    build(root)
    run("git", "init", "-q", cwd=root)
    assert ".stoa-cache" not in run("git", "status", "--porcelain", "--untracked-files=all", cwd=root).stdout


# Colours

def colours():
    return dict(
        re.findall(r"(--[\w-]+):\s*light-dark\((#\w{6}, #\w{6})\)", (ROOT / "templates/syntax.css").read_text())
    )


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", colours())
def test_colours_of_code_stand_out(name, scheme):
    theme = (ROOT / "templates/theme.css").read_text()
    grounds = re.findall(r"--(?:paper|raised):\s*light-dark\((#\w{6}), (#\w{6})\)", theme)
    assert len(grounds) == 2
    for ground in grounds:
        assert contrast(colours()[name].split(", ")[scheme], ground[scheme]) >= 4.5


def test_every_class_has_a_colour_or_a_form():
    names = re.findall(r'= "(\w+)"', (ROOT / "Sources/Model/TokenClass.swift").read_text())
    styled = set(re.findall(r"\.([a-z][a-z0-9]*)\b", (ROOT / "templates/syntax.css").read_text()))
    assert len(names) > 60
    assert set(names) <= styled

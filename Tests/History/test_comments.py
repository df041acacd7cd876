"""Parts of a text's markdown that no page shows are in no list of its changes and in no export; an export has all that is shown."""

import os
import random
import re

from conftest import run

TEXTS = int(os.environ.get("STOA_TRUST_COMMENTS", "150"))
AS_OF = "2026-06-21"
WORD = re.compile(r"w\d+v\d+\w+x")
# Blocks of HTML of every kind, code, lists and quotations, and what begins or ends them.
PIECES = [
    "<!--", "-->", "<!-->", "<!---", "--!>", "`", "``", "```\n", "\n```\n", "\n~~~\n", "\\", "<div>\n", "\n</div>\n", "<b>", "</b>", "<i title=\"`\">",
    "\n<pre>\n", "\n</pre>\n", "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n    ", "\n# ", "*", "[x](y)", "\n[//]: # (", ")", "\n[//]: # \"", "\"", "<", ">", "-",
    "\n<script>", "</script>", "\n<style>\n", "</style>", "<?", "?>", "\n<!A ", "<![CDATA[", "]]>", "\n<b>\n", "\n\n    ", "\n> > ", "\n  - ", "\n\t", "\n>\n", "|",
    "\n```liquid\n", "[x]", "$", "&lt;!--", "\r\n", "\n===\n", "<!-- -->", "\n- ```\n  <!--",
]


def git(root, *words):
    run("git", "-C", root, "-c", "user.name=Ada", "-c", "user.email=ada@portico.example", *words)


def body(chance, number, version):
    """A text in which each word is unique."""
    parts = []
    for place in range(chance.randint(4, 24)):
        parts.append(chance.choice(PIECES))
        if chance.random() < 0.7:
            parts.append(f" w{number}v{version}p{place}x ")
    return "".join(parts)


def test_comments_stay_what_they_are(stoa, tmp_path):
    chance = random.Random(TEXTS)
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nurl: https://t.example\nhighlight: none\nsearch: none\nhistory: required\n")
    (tmp_path / ".gitignore").write_text("site\n")
    git(tmp_path, "init", "-q")
    seen, words, current = set(), set(), set()
    for version in range(2):
        current = set()
        for number in range(TEXTS):
            # A text that ends in a comment, so that its type depends on the whole text before it.
            text = f"Begin.\n\n{body(chance, number, version)}<!-- w{number}v{version}endx -->\n\nEnd {version}.\n"
            words |= set(WORD.findall(text))
            (posts / f"p{number}.md").write_text(f"---\ntitle: P{number}\nauthor: ada\ndate: 2026-01-01\n---\n\n{text}")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "Write")
        run(stoa, "build", "--source", tmp_path, "--as-of", AS_OF, "--keep-going", check=False)
        assert (tmp_path / "site").exists()
        for page in tmp_path.glob("site/posts/*/index.html"):
            current |= set(WORD.findall(page.read_text()))
        seen |= current
    told = {}
    for page in tmp_path.glob("site/posts/*/changes/**/index.html"):
        told[page.relative_to(tmp_path)] = set(WORD.findall(page.read_text()))
    for form in ("json", "wxr", "sqlite"):
        run(stoa, "export", form, tmp_path / f"out.{form}", "--source", tmp_path, "--as-of", AS_OF)
        told[form] = set(WORD.findall((tmp_path / f"out.{form}").read_bytes().decode(errors="replace")))
    assert sum(map(len, told.values())) > TEXTS
    hidden = words - seen
    assert len(hidden) > TEXTS
    leaks = {place: found & hidden for place, found in told.items() if found & hidden}
    assert not leaks
    lost = current - told["json"]
    assert not lost

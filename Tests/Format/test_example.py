"""The example community uses every feature of the format at least once."""

import re

import pytest

from conftest import ROOT

CONTENT = ROOT / "content"
# The example is public, so nothing in it has an audience; Tests/Sites has communities with audiences.
UNUSED = {"audience", "agreed-by"}
# Keys for texts that were renamed, removed, replaced or changed, which the example does not have; a site of Tests/Sites has
# them.
IN_TEST_SITES = {
    ("posts", "changes"), ("responses", "changes"), ("posts", "removed"), ("posts", "superseded-by"), ("posts", "id"), ("responses", "id"),
    ("contributors", "claims"), ("posts", "began-in"), ("posts", "translation-of"), ("responses", "about"),
}


def files(folder):
    return sorted((CONTENT / folder).rglob("*.md"))


def parts(file):
    """A file's front matter and its text."""
    _, matter, text = file.read_text(encoding="utf-8").split("---\n", 2)
    return matter, text


def texts(folder):
    return "\n".join(parts(file)[1] for file in files(folder))


def matters(folder):
    return [parts(file)[0] for file in files(folder)]


def documented_keys():
    """The keys of each kind of file, from the guide's own reference."""
    kinds = {"Posts": "posts", "Responses": "responses", "Contributors": "contributors", "Topics": "topics", "Pages": "pages"}
    reference = (CONTENT / "posts/format-reference.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", reference, flags=re.MULTILINE):
        folder = kinds.get(section.split("\n", 1)[0])
        for key in re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) if folder else []:
            yield folder, key


@pytest.mark.parametrize(("folder", "key"), [pair for pair in documented_keys() if pair[1] not in UNUSED])
def test_every_key_is_used(folder, key):
    uses = re.compile(rf"^{key}:", re.MULTILINE)
    if (folder, key) in IN_TEST_SITES:
        found = (ROOT / "Tests/Sites").glob(f"*/*/content/{folder}/**/*.md")
        assert any(uses.search(file.read_text(encoding="utf-8", errors="replace")) for file in found)
    else:
        assert any(uses.search(matter) for matter in matters(folder))


def test_the_reference_lists_all_kinds():
    assert len(list(documented_keys())) > 40


MARKDOWN = {
    "table": r"^\| :?-+",
    "footnote": r"^\[\^[\w-]+\]: ",
    "code block": r"^```\w+$",
    "task list": r"^- \[[ x]\] ",
    "strikethrough": r"~~\w",
    "bare address": r"(?<![(\[<\"])https://[\w.]+",
    "note": r"^> \[!NOTE\]",
    "tip": r"^> \[!TIP\]",
    "important": r"^> \[!IMPORTANT\]",
    "warning": r"^> \[!WARNING\]",
    "caution": r"^> \[!CAUTION\]",
    "image": r"^!\[[^\]]+\]\([\w-]+\.\w+\)",
    "raw HTML": r"<(kbd|details|sub|sup|abbr|ruby|mark)\b",
    "wikilink": r"\[\[[\w-]+\]\]",
    "wikilink with a label": r"\[\[[\w-]+\|[^\]]+\]\]",
    "wikilink to a heading": r"\[\[[\w-]+#(?!response-)[\w-]+",
    "wikilink to a response": r"\[\[[\w-]+#response-[a-z0-9-]+",
    "wikilink by title": r"\[\[[A-Z][\w,]* [^\]|#]+\]\]",
    "wikilink to a topic": r"\[\[topic:[\w-]+",
    "wikilink to a person": r"\[\[@[\w-]+",
    "mention": r"(?<![\w\[/@.`])@[a-z]+",
    "relative link": r"\]\([\w./-]+\.md(#[\w-]+)?\)",
    "link below the root": r"\]\(/[\w-]+/",
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_every_kind_of_markdown_is_used(name):
    everything = "\n".join(texts(folder) for folder in ["posts", "responses", "contributors", "topics", "pages"])
    # Code blocks and code spans explain a form, and do not use it.
    fenced = r"^(`{3,}).*?^\1$|`[^`\n]*`"
    if name != "code block":
        everything = re.sub(fenced, "", everything, flags=re.MULTILINE | re.DOTALL)
    assert re.search(MARKDOWN[name], everything, re.MULTILINE)


VALUES = {
    ("posts", "kind: question"), ("posts", "kind: practice"), ("posts", "pinned: true"), ("posts", "unlisted: true"),
    ("posts", "draft: true"), ("posts", "responses: closed"), ("posts", "language: ar"),
    ("responses", "stance: builds-on"), ("responses", "stance: differs"), ("responses", "stance: experience"),
    ("responses", "stance: asks"), ("responses", "kind: mention"), ("contributors", "listed: false"),
}


@pytest.mark.parametrize(("folder", "line"), sorted(VALUES))
def test_every_value_is_used(folder, line):
    assert any(re.search(rf"^{line}$", matter, re.MULTILINE) for matter in matters(folder))


def test_there_is_enough_of_everything():
    assert len(files("posts")) >= 15
    assert len(files("responses")) >= 60
    assert len(files("contributors")) >= 10
    topics = set(re.findall(r"^topics: \[(.*)\]$", "\n".join(matters("posts")), re.MULTILINE))
    assert len({topic.strip() for line in topics for topic in line.split(",")}) >= 8


def test_names_in_other_scripts_are_there():
    names = [file.stem for file in files("posts")]
    assert any(re.search(r"[\u0370-\u03ff\u1f00-\u1fff]", name) for name in names)
    assert any(re.search(r"[\u0600-\u06ff]", name) for name in names), "an address that is written right to left"
    people = "\n".join(matters("contributors"))
    assert re.search(r"^name: [\u3040-\u9fff]", people, re.MULTILINE)
    assert re.search(r"^name: [\u0370-\u03ff]", people, re.MULTILINE)
    assert re.search(r"[\u0600-\u06ff]", texts("posts")) and re.search(r"[\u0600-\u06ff]", texts("responses"))


def test_a_guest_and_a_contributor_have_one_name():
    guests = set(re.findall(r"^guest: (.*)$", "\n".join(matters("responses")), re.MULTILINE))
    people = set(re.findall(r"^name: (.*)$", "\n".join(matters("contributors")), re.MULTILINE))
    assert guests & people


def test_a_practice_was_learned_from_a_post_and_from_a_response():
    sources = " ".join(re.findall(r"^distilled-from: ?(.*(?:\n  - .*)*)", "\n".join(matters("posts")), re.MULTILINE))
    assert "#response-" in sources
    assert re.search(r"(?:\[|, |- )[\w-]+(?:,|\]|\n|$)", sources)


def test_posts_lie_in_bundles_and_folders_and_are_written_by_two():
    paths = [file.relative_to(CONTENT / "posts") for file in files("posts")]
    assert any(path.name == "index.md" for path in paths)
    assert any(len(path.parts) == 2 and path.name != "index.md" for path in paths)
    assert any(re.search(r"^author: \[.*,.*\]$", matter, re.MULTILINE) for matter in matters("posts"))
    assert any(re.search(r"^x-[a-z]+:", matter, re.MULTILINE) for matter in matters("contributors"))


def test_a_thread_is_twelve_deep():
    answered = {}
    for file in files("responses"):
        parent = re.search(r"^reply-to: (.*)$", parts(file)[0], re.MULTILINE)
        answered[(file.parent.name, file.stem)] = parent and (file.parent.name, parent[1])

    def depth(response):
        return 1 + depth(answered[response]) if answered[response] else 1

    assert max(depth(response) for response in answered) >= 12


def test_questions_are_open_and_answered(example_site):
    page = (example_site / "questions/index.html").read_text(encoding="utf-8")
    assert 'id="open"' in page and 'id="answered"' in page


def test_addresses_of_old_are_there(example_site):
    redirects = (example_site / "_redirects").read_text(encoding="utf-8")
    assert len(redirects.splitlines()) >= 5
    anchors = re.findall(r"^aliases: \[(?:comment-\d+)", "\n".join(matters("responses")), re.MULTILINE)
    assert anchors

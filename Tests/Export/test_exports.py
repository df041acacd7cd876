"""Exports and imports: stoa import reads what stoa export writes, with the same threads, people, dates and words."""

import collections
import json
import os
import re
import shutil
import sqlite3
import xml.etree.ElementTree as xml

import html5lib
import pytest
from conftest import ROOT, run

WORD = re.compile(r"\w+")
# Superscript and subscript digits count as digits.
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


def copy(source, folder):
    shutil.copytree(source / "content", folder / "content")
    shutil.copy(source / "stoa.yml", folder / "stoa.yml")
    settings = (folder / "stoa.yml").read_text()
    settings = re.sub(r"(?m)^(history|highlight|search):.*\n", "", settings)
    (folder / "stoa.yml").write_text(settings + "history: none\nhighlight: none\nsearch: none\n")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A community with everything that an export must keep or omit."""
    root = tmp_path_factory.mktemp("small")
    files = {
        "stoa.yml": "title: Knots\nurl: https://knots.example\naudiences: [team, public]\ndefault-audience: public\nhistory: none\nhighlight: none\nsearch: none\n",
        "content/posts/rope.md": "---\ntitle: \"Rope & <wire>\"\nauthor: [mara, Bo]\ndate: 2026-01-01\ntopics: [Craft]\nkind: question\nanswer: one\naliases: /old/rope/\n---\n\nAbout *rope* <!-- secret --> and [[knot]].\n\n```\n<!-- shown -->\n]]>\n```\n",
        "content/posts/knot/index.md": "---\nauthor: mara\ndate: 2026-01-02T10:00:00Z\npinned: true\nresponses: closed\n---\n\n# The knot\n\n![k](k.png) and [rope](../rope.md#response-two).\n",
        "content/posts/knot/k.png": "PNG",
        "content/posts/draft.md": "---\ntitle: Draftish\nauthor: mara\ndate: 2026-01-02\ndraft: true\n---\n\nHidden.\n",
        "content/posts/team.md": "---\ntitle: Teamish\nauthor: mara\ndate: 2026-01-02\naudience: team\n---\n\nHidden.\n",
        "content/posts/later.md": "---\ntitle: Laterish\nauthor: mara\ndate: 2036-01-02\n---\n\nHidden.\n",
        "content/responses/rope/one.md": "---\nguest: Ada\nurl: https://ada.example\ndate: 2026-01-03T10:00:00Z\nstance: asks\n---\n\nMail ada@private.org, 1 < 2.\n",
        "content/responses/rope/two.md": "---\nauthor: mara\ndate: 2026-01-04\nreply-to: one\n---\n\nYes, **that**.\n",
        "content/responses/rope/gone.md": "---\nremoved: Taken back.\ndate: 2026-01-05\nreply-to: two\n---\n",
        "content/responses/rope/after.md": "---\nguest: Cy\ndate: 2026-01-06\nreply-to: gone\n---\n\nAfter.\n",
        "content/responses/rope/ping.md": "---\nguest: Blog\nkind: mention\nsource: https://blog.example/x\ndate: 2026-01-07\n---\n\nLinked.\n",
        "content/contributors/mara.md": "---\nname: Mara\n---\n\nTies *knots*.\n",
        "content/topics/craft.md": "---\ntitle: Craft\nparent: Work\n---\n\nBy hand.\n",
        "content/topics/work.md": "---\ntitle: Work\n---\n",
        "content/pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def shape(folder):
    """Threads, people and dates of a built site, by page: each response with its depth, author and date."""
    pages = {}
    for page in sorted((folder / "site/posts").glob("*/index.html")):
        tree = html5lib.parse(page.read_text(), namespaceHTMLElements=False)
        if not any("e-content" in (element.get("class") or "").split() for element in tree.iter()):
            continue
        found = []

        def walk(element, depth):
            names = (element.get("class") or "").split()
            depth += element.tag == "li" and "u-comment" in names
            if (element.get("id") or "").startswith("response-") and element.tag == "article":
                dates = [time.get("datetime") for time in element.iter("time")]
                voices = ["".join(part.itertext()).strip() for part in element.iter() if "who" in (part.get("class") or "").split()]
                found.append((depth, voices[:1], dates[:1]))
            for child in element:
                walk(child, depth)

        walk(tree, 0)
        pages[page.parent.name] = found
    return pages


def days(shape, format):
    """The same data within the limits of a format: WordPress has no date without a time."""
    if format == "json":
        return shape
    return {page: [(depth, voice, [date[:10] for date in dates]) for depth, voice, dates in found] for page, found in shape.items()}


def words(folder, less=""):
    """The words of every body of a built site: of posts, pages and responses; without elements that have a class."""
    counts = collections.Counter()
    for page in sorted([*(folder / "site/posts").glob("*/index.html"), *(folder / "site").glob("*/index.html")]):
        tree = html5lib.parse(page.read_text(), namespaceHTMLElements=False)
        for element in tree.iter():
            for child in [child for child in element if less and child.get("class") == less]:
                place = list(element).index(child)
                before = element[place - 1] if place else None
                if before is None:
                    element.text = (element.text or "") + (child.tail or "")
                else:
                    before.tail = (before.tail or "") + (child.tail or "")
                element.remove(child)
        for element in tree.iter():
            if "e-content" in (element.get("class") or "").split():
                counts.update(WORD.findall(text(element).translate(DIGITS)))
    return counts


def text(element):
    """An element's text, with a space for each block and line end."""
    inline = element.tag in ("a", "b", "i", "em", "strong", "code", "sup", "sub", "span", "del", "mark")
    inner = (element.text or "") + "".join(text(child) + (child.tail or "") for child in element)
    return inner if inline else f" {inner} "


def build(stoa, folder):
    run(stoa, "build", "--source", folder, "--keep-going", "--quiet", check=False)
    assert (folder / "site").exists()
    return folder


def round_trip(stoa, root, tmp_path, format, kind):
    """The community before the export, and after the import."""
    file, back = tmp_path / f"out.{format}", tmp_path / "back"
    tmp_path.mkdir(exist_ok=True)
    run(stoa, "export", format, file, "--source", root, "--files", tmp_path / "files")
    back.mkdir()
    settings = "\n".join(
        line for line in (root / "stoa.yml").read_text().splitlines() if re.match(r"(title|url|timezone|language|history|highlight|search|smart-punctuation)\b", line)
    )
    (back / "stoa.yml").write_text(settings + "\n")
    report = tmp_path / "report.json"
    run(stoa, "import", kind, file, "--into", back, "--report", report)
    return build(stoa, back), json.loads(report.read_text())


def test_lines_hold_what_is_seen_and_nothing_else(stoa, small, tmp_path):
    run(stoa, "export", "json", tmp_path / "out.jsonl", "--source", small, "--files", tmp_path / "files")
    text = (tmp_path / "out.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    posts = {line["id"]: line for line in lines if line["type"] == "post"}
    assert set(posts) == {"rope", "knot", "about"}
    assert "Hidden" not in text and "secret" not in text and "private.org" not in text
    assert "<!-- shown -->" in posts["rope"]["text"]
    assert posts["knot"]["title"] == "The knot" and not posts["knot"]["text"].startswith("#")
    assert (tmp_path / "files/knot/k.png").read_text() == "PNG"
    gone = next(line for line in lines if line.get("id") == "gone")
    assert gone["removed"] == "Taken back." and "text" not in gone
    assert run(stoa, "export", "json", tmp_path / "team.jsonl", "--source", small, "--audience", "team").returncode == 0
    assert "Teamish" in (tmp_path / "team.jsonl").read_text()


def test_lines_fit_their_schema(stoa, small, tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "content/static/conversation-lines.schema.json").read_text())
    for root in (small, ROOT):
        run(stoa, "export", "json", tmp_path / "out.jsonl", "--source", root)
        for line in (tmp_path / "out.jsonl").read_text().splitlines():
            jsonschema.validate(json.loads(line), schema)


def test_titles_and_summaries_are_html_in_wordpress(stoa, tmp_path):
    """WordPress shows both unescaped, so a character in them could start a script."""
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nurl: https://t.example\nhistory: none\nhighlight: none\nsearch: none\n")
    text = "1 < 2 & <script>alert(1)</script>"
    (tmp_path / "content/posts/a.md").write_text(f"---\ntitle: '{text}'\nsummary: '{text}'\nauthor: a\ndate: 2026-01-01\n---\n\nWords.\n")
    back, report = round_trip(stoa, tmp_path, tmp_path / "out", "wxr", "wordpress")
    item = xml.parse(tmp_path / "out/out.wxr").getroot().find("channel/item")
    for name in ("title", "{http://wordpress.org/export/1.2/excerpt/}encoded"):
        assert item.findtext(name) == "1 &lt; 2 &amp; &lt;script&gt;alert(1)&lt;/script&gt;"
    assert report and f"title: '{text}'" in (back / "content/posts/a.md").read_text()
    assert f"summary: '{text}'" in (back / "content/posts/a.md").read_text()


def test_what_is_not_for_everybody_is_private_in_wordpress(stoa, small, tmp_path):
    """Otherwise an import would show it to everybody."""
    shutil.copytree(small, tmp_path / "small")
    (tmp_path / "small/content/responses/rope/whisper.md").write_text("---\nguest: Dee\ndate: 2026-01-08\naudience: team\n---\n\nWhispered.\n")
    run(stoa, "export", "wxr", tmp_path / "team.xml", "--source", tmp_path / "small", "--audience", "team")
    channel = xml.parse(tmp_path / "team.xml").getroot().find("channel")
    name = "{http://wordpress.org/export/1.2/}"
    states = {item.findtext(f"{name}post_name"): item.findtext(f"{name}status") for item in channel.iter("item")}
    assert states == {"rope": "publish", "knot": "publish", "about": "publish", "team": "private"}
    approved = {comment.findtext(f"{name}comment_author"): comment.findtext(f"{name}comment_approved") for comment in channel.iter(f"{name}comment")}
    assert approved["Dee"] == "0" and approved["Ada"] == "1"


@pytest.fixture(scope="module")
def limited(small, tmp_path_factory):
    """The small community, with items of every kind that are not for everybody."""
    root = tmp_path_factory.mktemp("limited") / "knots"
    shutil.copytree(small, root)
    files = {
        "responses/rope/whisper.md": "---\nguest: Dee\ndate: 2026-01-08\naudience: team\n---\n\nWhispered.\n",
        "responses/rope/echo.md": "---\nguest: Eve\ndate: 2026-01-09\nreply-to: whisper\nabout: Whispered.\n---\n\nEchoed.\n",
        "responses/team/inner.md": "---\nguest: Fay\ndate: 2026-01-09\n---\n\nInner.\n",
        "pages/rota.md": "---\ntitle: Rota\naudience: team\n---\n\nWho sweeps.\n",
        "contributors/nil.md": "---\nname: Nil\naudience: team\n---\n\nHushkeeper.\n",
        "topics/backstage.md": "---\ntitle: Backstage\naudience: team\n---\n\nBehind.\n",
    }
    for name, text in files.items():
        (root / "content" / name).parent.mkdir(exist_ok=True)
        (root / "content" / name).write_text(text)
    return root


def lines(stoa, root, file, audience="team"):
    run(stoa, "export", "json", file, "--source", root, "--audience", audience)
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_what_is_not_for_everybody_says_so(stoa, limited, tmp_path):
    found = {(line["type"], line.get("id")): line.get("audience") for line in lines(stoa, limited, tmp_path / "team.jsonl")}
    named = {key for key, audience in found.items() if audience == "team"}
    assert named == {("post", "team"), ("response", "whisper"), ("response", "echo"), ("post", "rota"), ("person", "nil"), ("topic", "backstage")}
    assert set(found.values()) == {"team", None}
    assert not any(line.get("audience") for line in lines(stoa, limited, tmp_path / "public.jsonl", "public"))
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "content/static/conversation-lines.schema.json").read_text())
    for line in (tmp_path / "team.jsonl").read_text().splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_an_audience_comes_back(stoa, limited, tmp_path):
    lines(stoa, limited, tmp_path / "team.jsonl")
    back = tmp_path / "back"
    back.mkdir()
    shutil.copy(limited / "stoa.yml", back)
    run(stoa, "import", "comments", tmp_path / "team.jsonl", "--into", back)
    for audience in ("team", "public"):
        sites = {}
        for folder in (limited, back):
            site = tmp_path / f"{folder.name}-{audience}"
            run(stoa, "build", "--source", folder, "--audience", audience, "--output", site, "--keep-going", check=False)
            text = "".join(page.read_text() for page in sorted(site.glob("**/index.html")))
            sites[folder] = {word for word in ("Whispered", "Echoed", "Inner", "sweeps", "Hushkeeper", "Behind", "Ties", "hand") if word in text}
        assert sites[limited] == sites[back]
        assert len(sites[back]) == {"team": 8, "public": 2}[audience]


def test_what_is_for_an_unknown_audience_is_left_out_and_reported(stoa, limited, tmp_path):
    lines(stoa, limited, tmp_path / "team.jsonl")
    with (tmp_path / "team.jsonl").open("a") as file:
        # An answer without an audience is as narrow as what it answers.
        for line in (
            {"type": "response", "id": "own", "post": "rope", "reply-to": "whisper", "guest": "Gus", "date": "2026-01-10", "text": "Overheard."},
            {"type": "post", "id": "odd", "title": "Odd", "date": "2026-01-10", "audience": ["team"], "text": "Oddly."},
        ):
            file.write(json.dumps(line) + "\n")
    report = tmp_path / "report.json"
    back = tmp_path / "back"
    run(stoa, "import", "comments", tmp_path / "team.jsonl", "--into", back, "--report", report)
    everything = "".join(file.read_text() for file in back.glob("content/**/*.md"))
    for word in ("Whispered", "Echoed", "Inner", "sweeps", "Hushkeeper", "Behind", "Overheard", "Oddly"):
        assert word not in everything, word
    reasons = {item["source"]: item.get("reason", "") for item in json.loads(report.read_text())["items"]}
    assert "“team”, which is no audience" in reasons["post-team"]
    assert "“team”, which is no audience" in reasons["response-rope-whisper"]
    assert "answers an item that is left out" in reasons["response-rope-own"]


@pytest.mark.parametrize("format,kind", [("json", "comments"), ("wxr", "wordpress")])
def test_a_small_community_comes_back(stoa, small, tmp_path, format, kind):
    if format == "wxr" and not shutil.which("pandoc"):
        pytest.skip("pandoc is not there: make test installs it")
    before = build(stoa, small)
    after, report = round_trip(stoa, small, tmp_path, format, kind)
    assert days(shape(after), format) == days(shape(before), format)
    if format == "json":
        assert words(after) == words(before)
        assert (after / "content/posts/knot/k.png").read_text() == "PNG"
        assert "answer: one" in (after / "content/posts/rope.md").read_text()
    else:
        assert not words(before) - words(after)


def test_a_database_has_every_table(stoa, small, tmp_path):
    run(stoa, "export", "sqlite", tmp_path / "out.sqlite", "--source", small)
    with sqlite3.connect(tmp_path / "out.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = database.execute("SELECT id, parent, depth, person, guest, removed FROM responses ORDER BY place").fetchall()
        assert ("two", "one", 1, "mara", None, None) in rows and ("gone", "two", 2, None, None, "Taken back.") in rows
        assert dict(database.execute("SELECT slug, title FROM posts")) == {"rope": "Rope & <wire>", "knot": "The knot"}
        assert set(database.execute("SELECT audience FROM posts UNION SELECT audience FROM responses UNION SELECT audience FROM pages")) == {("public",)}
        everything = "\n".join(database.iterdump())
    assert "Hidden" not in everything and "secret" not in everything and "private.org" not in everything


def test_a_database_says_whom_a_text_is_for(stoa, limited, tmp_path):
    run(stoa, "export", "sqlite", tmp_path / "out.sqlite", "--source", limited, "--audience", "team")
    with sqlite3.connect(tmp_path / "out.sqlite") as database:
        assert dict(database.execute("SELECT slug, audience FROM posts")) == {"rope": "public", "knot": "public", "team": "team"}
        assert dict(database.execute("SELECT slug, audience FROM pages")) == {"about": "public", "rota": "team"}
        rows = dict(database.execute("SELECT id, audience FROM responses"))
        assert {id for id, audience in rows.items() if audience == "team"} == {"whisper", "echo", "inner"}
        assert database.execute("SELECT id, about FROM responses WHERE about IS NOT NULL").fetchall() == [("echo", "Whispered.")]


def test_a_slug_keeps_its_capitals(stoa, tmp_path):
    """And two that differ in nothing else get different ones."""
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not there: make test installs it")
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nurl: https://t.example\nhistory: none\nhighlight: none\nsearch: none\n")
    (tmp_path / "content/posts/Ἀγορά.md").write_text("---\ntitle: A\nauthor: a\ndate: 2026-01-01\n---\n\nWords.\n")
    back, _ = round_trip(stoa, tmp_path, tmp_path / "out", "wxr", "wordpress")
    assert [file.name for file in back.glob("content/posts/*")] == ["Ἀγορά.md"]
    text = (tmp_path / "out/out.wxr").read_text()
    item = text[text.index("<item>") : text.index("</channel>")]
    (tmp_path / "two.xml").write_text(text.replace(item, item + item.replace("Ἀγορά", "ἀγορά").replace("post_id>1<", "post_id>2<")))
    run(stoa, "import", "wordpress", tmp_path / "two.xml", "--into", tmp_path / "two")
    assert sorted(file.name for file in (tmp_path / "two/content/posts").glob("*")) == ["ἀγορά-2.md", "Ἀγορά.md"]


# Four complete communities take minutes; make test tries one, make trust all.
WHOLE = [("example", "json", "comments")]
if "STOA_TRUST_EXPORTS" in os.environ:
    WHOLE += [("example", "wxr", "wordpress"), ("community", "json", "comments"), ("community", "wxr", "wordpress")]


@pytest.mark.parametrize("name,format,kind", WHOLE)
def test_a_whole_community_comes_back(stoa, tmp_path, format, kind, name, request):
    if format == "wxr" and not shutil.which("pandoc"):
        pytest.skip("pandoc is not there: make test installs it")
    root = ROOT if name == "example" else request.getfixturevalue("shared") / "community"
    source = tmp_path / "source"
    source.mkdir()
    before = build(stoa, copy(root, source))
    after, _ = round_trip(stoa, source, tmp_path, format, kind)
    assert days(shape(after), format) == days(shape(before), format)
    # WordPress cannot store the passage that a response is about.
    less = "passage-count" if format == "wxr" else ""
    lost = words(before, less) - words(after, less)
    assert sum(lost.values()) == 0, lost.most_common(20)

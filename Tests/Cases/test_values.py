"""Values of front matter that have less meaning than their author intended, or another one."""

import re
import shutil
import textwrap

import pytest

from conftest import run

SETTINGS = "title: Rope makers\nurl: https://rope.example\nhistory: none\n"


@pytest.fixture
def tell(stoa, tmp_path):
    """Builds a community of these files with --keep-going; returns its diagnostics, and the files of its site."""

    def build(files, *options, command="build"):
        for name, text in {"stoa.yml": SETTINGS, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return lines_of(stoa, tmp_path, *options, command=command), tmp_path / "site"

    return build


def lines_of(stoa, community, *options, command="build"):
    keep = ["--keep-going"] if command == "build" else []
    result = run(stoa, command, "--source", community, *keep, *options, check=False)
    printed = result.stderr + (result.stdout if command == "check" else "")
    return [line for line in printed.splitlines() if re.search(r"\[[a-z0-9-]+\]$", line)]


def case(shared, tmp_path, name):
    community = tmp_path / name
    shutil.copytree(shared / "cases" / name, community)
    return community


def post(front="", body="Text.", title="Rope", author="Ann", date="2026-01-02"):
    given = [("title", title), ("author", author), ("date", date)]
    lines = [f"{key}: {value}" for key, value in given if value is not None]
    return "\n".join(["---", *lines, *([front] if front else []), "---", "", body, ""])


def codes(lines):
    return sorted(re.search(r"\[([a-z0-9-]+)\]$", line).group(1) for line in lines)


# Flags and other values that hold a text back


@pytest.mark.parametrize("word", ["True", "TRUE", "yes", "Yes", "on", "ON", "y", "Y"])
def test_every_word_for_true_makes_a_draft(tell, word):
    lines, site = tell({"content/posts/a.md": post(), "content/posts/b.md": post(f"draft: {word}")})
    assert lines == []
    assert not (site / "posts/b").exists()


@pytest.mark.parametrize("word", ["False", "no", "Off", "N"])
def test_every_word_for_false_makes_none(tell, word):
    lines, site = tell({"content/posts/b.md": post(f"draft: {word}")})
    assert lines == []
    assert (site / "posts/b/index.html").exists()


def test_draft_True(stoa, shared, tmp_path):
    community = case(shared, tmp_path, "draft-True")
    assert lines_of(stoa, community) == []
    assert not (community / "site/posts/notyet").exists()


@pytest.mark.parametrize(
    "front, expected",
    [
        ("draft: maybe", ["invalid-value"]),
        ("draft:", ["invalid-value"]),
        ("draft: [true]", ["invalid-value"]),
        ("draft: true\ndraft: false", ["duplicate-key"]),
        ("Draft: True", ["unknown-key"]),
        ("published: false", ["unknown-key"]),
    ],
)
def test_a_draft_that_cannot_be_read_is_kept_back_with_what_answers_it(tell, front, expected):
    lines, site = tell(
        {
            "content/posts/a.md": post(body="See [[b]], [it](b.md) and [[b#response-r]]."),
            "content/posts/b.md": post(front, "Nobody should read this."),
            "content/responses/b/r.md": "---\nguest: Bo\ndate: 2026-01-03\n---\nNor this.\n",
        }
    )
    assert codes(lines) == expected
    assert not (site / "posts/b").exists()
    for path in site.rglob("*"):
        if path.is_file():
            assert b"Nobody should" not in path.read_bytes()
            assert b"Nor this" not in path.read_bytes()


@pytest.mark.parametrize("date", ["2027-13-01", "1 March 2027", "[2027-01-01]"])
def test_a_date_that_cannot_be_read_keeps_a_post_back(tell, date):
    lines, site = tell({"content/posts/a.md": post(), "content/posts/b.md": post(date=date)})
    assert len(lines) == 1
    assert not (site / "posts/b").exists()


def test_a_date_that_cannot_be_read_keeps_a_response_and_its_replies_back(tell):
    lines, site = tell(
        {
            "content/posts/a.md": post("kind: question\nanswer: r", "See [[a#response-s]]."),
            "content/responses/a/r.md": "---\nguest: Bo\ndate: tomorrow\n---\nOne.\n",
            "content/responses/a/s.md":
                "---\nguest: Cy\ndate: 2026-01-04\nreply-to: r\n---\nTwo.\n",
            "content/responses/a/t.md": "---\nguest: Di\ndate: 2026-01-04\n---\nThree.\n",
        }
    )
    assert codes(lines) == ["invalid-date"]
    page = (site / "posts/a/index.html").read_text()
    assert "Three." in page and "One." not in page and "Two." not in page


def test_a_reply_to_a_response_without_readable_audience_is_kept_back(tell):
    settings = SETTINGS + "audiences: [team, public]\ndefault-audience: public\n"
    lines, site = tell(
        {
            "stoa.yml": settings,
            "content/posts/a.md": post(),
            "content/responses/a/r.md":
                "---\nguest: Bo\ndate: 2026-01-03\naudience: taem\n---\nOne.\n",
            "content/responses/a/s.md":
                "---\nguest: Cy\ndate: 2026-01-04\nreply-to: r\n---\nTwo.\n",
        }
    )
    assert codes(lines) == ["unknown-audience"]
    page = (site / "posts/a/index.html").read_text()
    assert "One." not in page and "Two." not in page


def test_a_hidden_flaw_is_told_to_nobody_else(tell):
    settings = SETTINGS + "audiences: [team, public]\ndefault-audience: public\n"
    lines, _ = tell(
        {
            "stoa.yml": settings,
            "content/posts/a.md": post(),
            "content/posts/b.md": post("audience: team\ndraft: maybe"),
        }
    )
    assert lines == []


def test_what_hides_from_lists_hides_where_it_cannot_be_read(tell):
    lines, site = tell(
        {
            "content/posts/a.md": post("unlisted: maybe", title="Hidden rope"),
            "content/posts/b.md": post(title="Shown rope", author="Bo"),
            "content/contributors/Bo.md": "---\nname: Bo\nlisted: perhaps\n---\n",
        }
    )
    assert codes(lines) == ["invalid-value", "invalid-value"]
    assert "Hidden rope" not in (site / "index.html").read_text()
    assert "/contributors/Bo/" not in (site / "contributors/index.html").read_text()


def test_only_a_post_can_be_a_draft(tell):
    lines, site = tell(
        {
            "content/posts/a.md": post(body="See [[about]]."),
            "content/pages/about.md": "---\ntitle: About\ndraft: true\n---\nText.\n",
        }
    )
    assert codes(lines) == ["invalid-value"]
    assert not (site / "about").exists()


# Values that are read only in part


def test_hash_in_title(stoa, shared, tmp_path):
    lines = lines_of(stoa, case(shared, tmp_path, "hash-in-title"))
    assert codes(lines) == ["half-read-value"] * 3
    assert "'Fix #42 at last'" in lines[0]
    assert "author: [Ann, Bo]" in lines[1]
    assert "topics: [One, Two]" in lines[2]


@pytest.mark.parametrize(
    "front",
    [
        "summary: Rope #2",
        "summary: Rope # and more",
        "topics:\n  - Rope #2\n  - Knots",
        "topics:\n  - #2\n  - Knots",
        "topics:\n- Rope\n - Knots",
        "topics:\n  - Rope, Knots",
        "x-mood: Calm #2",
        "kind: #question",
    ],
)
def test_a_value_that_is_half_read_is_told(tell, front):
    lines, _ = tell({"content/posts/a.md": post(front)})
    assert codes(lines) == ["half-read-value"]


@pytest.mark.parametrize(
    "front",
    [
        'summary: "Rope #2"',
        "summary: Rope#2",
        "summary: # what lists show",
        "# a comment\nsummary: Rope",
        "topics: # what it is about\n  - Rope",
        "updated: 2026-02-01 # or so",
        "pinned: true # until spring",
        'topics: ["Rope, and knots"]',
        'topics: "Rope, and knots"',
    ],
)
def test_a_value_that_is_read_as_meant_is_not(tell, front):
    assert tell({"content/posts/a.md": post(front)})[0] == []


@pytest.mark.parametrize("key, code", [("author", "missing-author"), ("date", "missing-date")])
def test_a_value_that_is_all_comment_is_told_once(tell, key, code):
    lines, _ = tell({"content/posts/a.md": post(**{key: "#42"})})
    assert codes(lines) == [code]
    assert "'#42'" in lines[0]


@pytest.mark.parametrize(
    "line, advice",
    [
        ("title: [draft] x", "'[draft] x'"),
        ("title: [draft]", "text that begins with [ needs quotes"),
        ("title: \"Slack\" rope", "'\"Slack\" rope'"),
        ("title: 'It's slack'", "'It''s slack'"),
        ("title: Why: because", "'Why: because'"),
        ("title: > x", "'> x'"),
        ("topics: [Why: because]", "text that contains a colon needs quotes"),
        ("topics: [One, #two]", "close the bracket"),
        ("summary: One\ntwo", "indent it if the value above goes on"),
    ],
)
def test_advice_for_yaml_works_when_it_is_followed(tell, line, advice):
    title = None if line.startswith("title") else "Rope"
    lines, _ = tell({"content/posts/a.md": post(line, title=title)})
    assert len(lines) == 1
    assert advice in lines[0]
    if advice.startswith("'"):
        assert tell({"content/posts/a.md": post(f"title: {advice}", title=None)})[0] == []


def test_tab_message(stoa, shared, tmp_path):
    lines = lines_of(stoa, case(shared, tmp_path, "tab-message"))
    assert codes(lines) == ["invalid-yaml"]
    assert "content/posts/p.md:6:1" in lines[0] and "indent with spaces" in lines[0]


@pytest.mark.parametrize(
    "text, words",
    [
        ("+++\ntitle = 'x'\n+++\n", "TOML"),
        ('{\n"title": "x"\n}\n', "JSON"),
        ("\n---\ntitle: x\n---\n", "remove everything before"),
        ("--\ntitle: x\n--\n", "three hyphens"),
    ],
)
def test_other_front_matter_is_named(tell, text, words):
    lines, _ = tell({"content/posts/a.md": text})
    assert codes(lines) == ["missing-front-matter"]
    assert words in lines[0]


@pytest.mark.parametrize(
    "written",
    [
        "r1.md", "./r1.md", "content/responses/a/r1.md", "response-r1", "'#response-r1'",
        "https://rope.example/posts/a/#response-r1", "/posts/a/#response-r1", "R1",
    ],
)
def test_a_reply_is_told_the_id_to_write(tell, written):
    response = "---\nguest: Bo\ndate: 2026-01-03\n---\nText.\n"
    lines, _ = tell(
        {
            "content/posts/a.md": post(),
            "content/responses/a/r1.md": response,
            "content/responses/a/r2.md": response.replace("---\n", f"---\nreply-to: {written}\n", 1),
        }
    )
    assert codes(lines) == ["missing-parent"]
    assert "reply-to: r1" in lines[0] or "did you mean “r1”?" in lines[0]


def test_a_reply_to_that_is_a_comment_is_told(tell):
    response = "---\nguest: Bo\ndate: 2026-01-03\nreply-to: #response-r1\n---\nText.\n"
    lines, _ = tell({"content/posts/a.md": post(), "content/responses/a/r2.md": response})
    assert codes(lines) == ["half-read-value"]


# One mistake, one diagnostic


def test_one_error_cascades(stoa, shared, tmp_path):
    assert codes(lines_of(stoa, case(shared, tmp_path, "one-error-cascades"))) == ["invalid-yaml"]


@pytest.mark.parametrize("broken", ["---\ntitle: Why: not\n---\n", "---\ntitle: \xff\n", "", "Text."])
def test_what_refers_to_an_unreadable_file_is_quiet(tell, tmp_path, broken):
    response = "---\nguest: Bo\ndate: 2026-01-03\n---\nText.\n"
    body = textwrap.dedent(
        """
        [[why]] [[why#part]] [[why|words]] [a](why.md) [b](/posts/why/) [c](/posts/why/#part)
        [d](../posts/why.md) [[about]] [[@cy]] [[topic:Trust]] ![f](/posts/why/x.png)
        [[a#response-r1]] [g](../responses/a/r1.md)
        """
    )
    files = {
        "stoa.yml": SETTINGS + "menu: [about]\n",
        "content/posts/a.md": post("kind: question\nanswer: r1\ndistilled-from: [why, a#response-r1]", body),
        "content/responses/a/r2.md": response.replace("---\n", "---\nreply-to: r1\n", 1),
        "content/responses/why/r1.md": response,
        "content/topics/rope.md": "---\ntitle: Rope\nparent: trust\norder: [why, a]\n---\n",
    }
    unread = [
        "content/posts/why.md", "content/pages/about.md", "content/contributors/cy.md",
        "content/topics/trust.md", "content/responses/a/r1.md",
    ]
    for name in unread:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(broken.encode("latin-1"))
    lines, _ = tell(files)
    assert sorted(line.split(":")[0] for line in lines) == sorted(unread)


def test_a_text_that_cannot_be_parsed_is_one_error(tell):
    deep = "# Rope\n\n" + "> " * 200 + "deep\n\n## Part\n"
    lines, _ = tell(
        {
            "content/posts/a.md": post(body="[[b#part]] [x](b.md#part) [[b]]"),
            "content/posts/b.md": post(title=None, body=deep),
            "content/responses/a/r.md": f"---\nguest: Bo\ndate: 2026-01-03\n---\n{deep}",
        }
    )
    assert codes(lines) == ["nested-too-deep"] * 2


def test_a_link_to_what_is_no_file_is_quiet(tell, tmp_path):
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/b.md").symlink_to("/etc/hostname")
    lines, _ = tell({"content/posts/a.md": post(body="[[b]]")})
    assert codes(lines) == ["not-a-regular-file"]


def test_links_by_title_to_an_unreadable_file_are_quiet(tell):
    lines, _ = tell(
        {
            "content/posts/a.md": post(body="[[Why: not]]"),
            "content/posts/b.md": post(title="Why: not"),
        }
    )
    assert codes(lines) == ["invalid-yaml"]


@pytest.mark.parametrize(
    "wrong, text",
    [
        ("Author", "---\ntitle: Rope\nAuthor: Ann\ndate: 2026-01-02\n---\nText.\n"),
        ("autor", "---\ntitle: Rope\nautor: Ann\ndate: 2026-01-02\n---\nText.\n"),
        ("datum", "---\ntitle: Rope\nauthor: Ann\ndatum: 2026-01-02\n---\nText.\n"),
        ("Titel", "---\nTitel: Rope\nauthor: Ann\ndate: 2026-01-02\n---\nText.\n"),
    ],
)
def test_a_key_that_is_told_as_wrong_is_not_missing_too(tell, wrong, text):
    lines, site = tell({"content/posts/a.md": text})
    assert codes(lines) == ["unknown-key"]
    assert f"“{wrong}”; did you mean “" in lines[0]
    page = (site / "posts/a/index.html").read_text()
    assert "Rope" in page and "Ann" in page and "2026-01-02" in page


def test_a_scheduled_post_stays_so_under_a_misspelt_key(tell):
    lines, site = tell({"content/posts/a.md": post(), "content/posts/b.md": post("Date: 2099-01-01", date=None)})
    assert not (site / "posts/b").exists()


# Invisible names


@pytest.mark.parametrize("name", ["\u200b", "\u200d\u2060", "\ufeff\u00ad", "\u3164", "\u2800", "\u115f \u00a0"])
def test_a_name_that_shows_nothing_is_an_error(tell, name):
    lines, _ = tell(
        {
            "content/posts/a.md": post(title=f'"{name}"'),
            "content/posts/b.md": post(author=f'"{name}"'),
            "content/posts/c.md": post(f'topics: ["{name}", Rope]'),
            "content/posts/d.md": post(title=None, body=f"# {name}\n\nText."),
            "content/responses/a/r.md": f'---\nguest: "{name}"\ndate: 2026-01-03\n---\nText.\n',
            "content/responses/a/s.md": f'---\nauthor: "{name}"\ndate: 2026-01-03\n---\nText.\n',
            "content/contributors/ann.md": f'---\nname: "{name}"\n---\n',
            "content/topics/rope.md": f'---\ntitle: "{name}"\n---\n',
        }
    )
    assert codes(lines) == ["invalid-name"] * 7 + ["missing-title"]


def test_a_name_with_a_joiner_in_it_is_none(tell):
    assert tell({"content/posts/a.md": post(author="می‌خواهم", title="👩‍💻")})[0] == []


def test_a_post_updated_before_its_date_is_told(tell):
    lines, _ = tell({"content/posts/a.md": post("updated: 2025-01-02")})
    assert codes(lines) == ["updated-before-date"]
    assert tell({"content/posts/a.md": post("updated: 2026-01-02T10:00:00Z")})[0] == []

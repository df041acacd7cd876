"""Conflicting addresses, URLs copied from a browser, and addresses that a theme does not use."""

import re

import pytest

from Cases.test_values import SETTINGS, case, codes, lines_of, post, tell  # noqa: F401
from conftest import run


def test_alias_percent_encoded(stoa, shared, tmp_path):
    community = case(shared, tmp_path, "alias-percent-encoded")
    published = community / "published.txt"
    assert lines_of(stoa, community, "--published", published, command="check") == []
    assert lines_of(stoa, community) == []
    assert (community / "site/posts/日本語/index.html").exists()
    assert "/posts/%E6%97%A5%E6%9C%AC%E8%AA%9E/" in (community / "site/_redirects").read_text()


@pytest.mark.parametrize(
    "alias, file",
    [
        ("/caf%C3%A9/", "café/index.html"),
        ("https://rope.example/old%20rope/", "old rope/index.html"),
        ("https://rope.example/2019/rope.html", "2019/rope.html"),
        ("%C3%A9", "é/index.html"),
    ],
)
def test_an_alias_is_taken_as_a_browser_copies_it(tell, alias, file):
    lines, site = tell({"content/posts/a.md": post(f"aliases: [\"{alias}\"]")})
    assert lines == []
    assert (site / file).exists()


@pytest.mark.parametrize(
    "alias", ["https://else.example/a/", "/a/#b", "/a%2F../b/", "/%FF/", "/a/?p=1", "https://rope.example"]
)
def test_an_alias_that_is_no_old_address_is_told(tell, alias):
    lines, _ = tell({"content/posts/a.md": post(f"aliases: [\"{alias}\"]")})
    assert codes(lines) == ["invalid-value"]


@pytest.mark.parametrize(
    "files, code",
    [
        ({"content/pages/topics.md": "---\ntitle: T\n---\nText.\n"}, "duplicate-address"),
        (
            {
                "content/pages/search.md": "---\ntitle: S\n---\nText.\n",
            },
            "duplicate-address",
        ),
        ({"content/posts/b.md": post("aliases: [/archive/]")}, "shadowed-alias"),
        ({"content/posts/b.md": post("aliases: [/archive/2026/]")}, "shadowed-alias"),
        ({"content/posts/b.md": post("aliases: [/posts/page/2/]")}, "shadowed-alias"),
        ({"content/posts/b.md": post("aliases: [/topics/rope/page/2/]\ntopics: Rope")}, "shadowed-alias"),
        (
            {
                "stoa.yml": SETTINGS + "permalinks: /archive/:slug/\n",
                "content/posts/2026.md": post(title="A year"),
            },
            "duplicate-address",
        ),
        (
            {
                "stoa.yml": SETTINGS + "page-size: 1\npermalinks: /posts/page/:slug/\n",
                "content/posts/2.md": post(title="Two"),
            },
            "duplicate-address",
        ),
    ],
)
def test_an_address_of_a_generated_page_is_told(tell, files, code):
    lines, _ = tell({"stoa.yml": SETTINGS + "page-size: 1\n", "content/posts/a.md": post("topics: Rope"), **files})
    assert [line for line in codes(lines) if line != "missing-tool"] == [code]


def test_a_page_may_be_called_search_where_no_search_is(tell):
    lines, site = tell(
        {
            "stoa.yml": SETTINGS + "search: none\n", "content/posts/a.md": post(),
            "content/pages/search.md": "---\ntitle: S\n---\nText.\n",
        }
    )
    assert lines == []
    assert (site / "search/index.html").exists()


def test_no_two_elements_of_a_conversation_have_one_id(tell):
    response = "---\nguest: Bo\ndate: 2026-01-03\n---\nText.[^1] More.[^1]\n\n[^1]: Note.\n"
    ids = ["one", "one-by", "one-1", "one-2", "by", "1", "1-1", "title", "name", "text"]
    headings = "\n\n".join(
        f"## {words}"
        for words in ["Reply name", "Reply website", "Reply title", "Response one", "fn 1", "fn-one-1", "Main"]
    )
    lines, site = tell(
        {
            "content/posts/a.md": post(body=f"{headings}\n\nText.[^1]\n\n[^1]: Note."),
            **{f"content/responses/a/{id}.md": response for id in ids},
        }
    )
    assert lines == []
    found = re.findall(r' id="?([^" >]+)', (site / "posts/a/index.html").read_text())
    assert sorted(found) == sorted(set(found))
    assert {f"response-{id}" for id in ids} <= set(found)


@pytest.mark.parametrize("alias", ["reply-title", "toc", "fn-1", "response-r"])
def test_an_old_anchor_that_the_page_has_is_told(tell, alias):
    response = f"---\nguest: Bo\ndate: 2026-01-03\naliases: [{alias}]\n---\nText.\n"
    lines, _ = tell({"content/posts/a.md": post(), "content/responses/a/r.md": response})
    assert codes(lines) == ["shadowed-alias"]


@pytest.mark.parametrize("alias", ["'#comment-12'", "https://old.example/a/#comment-12", "comment-12"])
def test_an_old_anchor_is_taken_as_it_was_copied(tell, alias):
    response = f"---\nguest: Bo\ndate: 2026-01-03\naliases: [{alias}]\n---\nText.\n"
    lines, site = tell({"content/posts/a.md": post(), "content/responses/a/r.md": response})
    assert lines == []
    assert 'id="comment-12"' in (site / "posts/a/index.html").read_text()


# The theme


@pytest.mark.parametrize(
    "file, words",
    [
        ("templates/partials/x.mustache", "put templates into templates itself"),
        ("templates/Post.mustache", "did you mean “posts.mustache”?"),
        ("templates/foo.html", ".mustache"),
        ("templates/strings/x.json", "en.yml"),
        ("templates/strings/en.yaml", "en.yml"),
        ("templates/strings/de/en.yml", "templates"),
        ("templates/en.yml", "templates/strings"),
        ("templates/logo.svg", "content/static"),
    ],
)
def test_a_file_that_no_theme_reads_is_told(tell, file, words):
    lines, _ = tell({"content/posts/a.md": post(), file: ""})
    assert codes(lines) == ["stray-file"]
    assert words in lines[0]


def test_notes_beside_a_theme_are_nobodys_concern(tell):
    files = ["templates/README.md", "templates/LICENSE", "templates/.gitkeep", "templates/strings/.keep"]
    assert tell({"content/posts/a.md": post(), **dict.fromkeys(files, "x")})[0] == []


@pytest.mark.parametrize(
    "strings, words",
    [
        ("rpely: Answer", "did you mean “reply”?"),
        ("our-motto: Hold fast", "{{strings.our-motto}}"),
        ("reply: [a, b]", "write text"),
        ("reply:\n  one: a", "write one text"),
        ("response-count: many", "write its plural forms"),
        ("response-count:\n  one: a\n  ohter: b", "did you mean “other”?"),
    ],
)
def test_words_that_no_page_shows_are_told(tell, strings, words):
    for language in ["en", "pt"]:
        lines, _ = tell({"content/posts/a.md": post(), f"templates/strings/{language}.yml": strings + "\n"})
    assert codes(lines) == ["unknown-key"] * 2
    assert all(words in line and ".yml:" in line for line in lines)


def test_words_of_ones_own_are_for_ones_own_templates(tell):
    lines, site = tell(
        {
            "content/posts/a.md": post(),
            "templates/strings/en.yml": "our-motto: Hold fast\n",
            "templates/_history.mustache": "{{strings.our-motto}}",
        }
    )
    assert lines == []


# Rules of `stoa check` only


def test_closed(stoa, shared, tmp_path):
    community = case(shared, tmp_path, "closed")
    lines = lines_of(stoa, community, command="check")
    assert codes(lines) == ["late-response"]
    assert "late.md" in lines[0]
    advice = re.search(r"responses: closed [0-9-]+", lines[0])[0]
    hello = community / "content/posts/hello.md"
    hello.write_text(hello.read_text().replace("responses: closed", advice))
    assert lines_of(stoa, community, command="check") == []
    assert "reply" not in run(stoa, "build", "--source", community).stderr


def test_twice(stoa, shared, tmp_path):
    lines = lines_of(stoa, case(shared, tmp_path, "twice"), command="check")
    assert codes(lines) == ["repeated-response"]
    assert lines[0].startswith("content/responses/hello/two.md:1:1: warning: content/responses/hello/one.md has the same text")

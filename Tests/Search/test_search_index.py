"""The search index of a build: its content, its files, and the same bytes each time."""

import re

import pytest

from conftest import run
from Search.index_reader import Index

SETTINGS = "title: Found\nurl: https://found.example\nlanguage: en\nhistory: none\n"


@pytest.fixture
def community(tmp_path):
    """A community of two posts; lists and search do not show one of them."""
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    write(tmp_path, "posts/open.md", "title: Open\nauthor: Ada\ndate: 2026-01-01\ntopics: [Birds]", "A heron `waits`.")
    write(tmp_path, "posts/quiet.md", "title: Quiet\nauthor: Ada\ndate: 2026-01-02\nunlisted: true", "A bittern.")
    return tmp_path


def write(root, name, head, text):
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}\n---\n\n{text}\n")


@pytest.fixture
def build(stoa, community):
    def build(output="site", *arguments):
        said = run(stoa, "build", "--source", community, "--output", community / output, *arguments).stderr
        assert said == ""
        return Index(community / output)

    return build


def test_what_lists_show_is_found_and_nothing_else(community, build):
    write(community, "responses/open/20260103-aaaaaaaa.md", "guest: Wim\ndate: 2026-01-03", "An egret, too.")
    write(community, "responses/open/20260104-aaaaaaaa.md", "guest: Jo\ndate: 2026-01-04\nremoved: by its author", "")
    write(community, "responses/quiet/20260103-aaaaaaab.md", "guest: Max\ndate: 2026-01-03", "A cormorant.")
    index = build()
    assert {"open", "birds", "ada", "heron", "waits", "egret", "wim"} <= index.words
    assert not {"quiet", "bittern", "cormorant", "max", "jo"} & index.words
    assert [fields[0] for fields in index.texts] == ["Birds", "Ada", "Open", "20260103-aaaaaaaa"]
    assert index.sizes == [1, 1, 2]
    assert index.texts[3] == ["20260103-aaaaaaaa", "Wim", "20456", ""]


def test_words_count_more_where_they_say_what_a_text_is_about(community, build):
    write(community, "posts/other.md", "title: Other\nauthor: Ada\ndate: 2026-01-05", "An open birds heron.")
    postings = build().postings
    open_post, other = 2, 3
    assert postings["open"][open_post] > postings["heron"][open_post]
    assert postings["birds"][open_post] > postings["birds"][other]
    assert postings["ada"][1] > postings["ada"][open_post]


def test_who_is_not_listed_is_in_no_filter_and_found_by_no_name(community, build):
    write(community, "contributors/ada.md", "name: Ada\nlisted: false", "I live by the water.")
    index = build()
    assert "ada" not in index.words and "water" not in index.words and index.root["people"] == []
    assert index.texts[-1][4] == "Ada"


def test_the_index_is_the_same_however_it_is_made(community, build):
    for number in range(60):
        write(community, f"posts/p{number}.md", f"title: P{number}\nauthor: A{number % 7}\ndate: 2026-02-01", f"words w{number % 9} naïve 知識")
    first = build().files
    assert build("one", "--jobs", "1").files == first
    assert build("many", "--jobs", "7").files == first


def test_a_new_conversation_changes_no_number(community, build):
    before = build()
    write(community, "posts/new.md", "title: New\nauthor: Ada\ndate: 2026-03-01\ntopics: [Birds]", "A heron.")
    assert build().texts[: len(before.texts)] == before.texts


def test_files_are_small_and_named_with_their_bytes(community, build):
    for number in range(300):
        text = " ".join(f"w{number * 40 + word}x" for word in range(80))
        write(community, f"posts/p{number}.md", f"title: P{number}\nauthor: Ada\ndate: 2026-02-01", f"common {text}")
    index = build()
    families = ("words", "spelling", "reversed", "tables")
    assert all(len(index.root[family]) > 1 for family in families)
    assert all(len(data) <= 16_384 for name, data in index.files.items() if name != "root.txt")
    assert all(len(index.root["stamps"][family]) == 4 * len(index.root[family]) for family in families)
    assert len(index.files) == 1 + sum(len(index.root[family]) for family in families)
    terms = [line.split(" ")[0] for line in index.lines("words")]
    assert terms == sorted(terms, key=str.encode)
    assert sorted(line.split(" ")[0][::-1] for line in index.lines("reversed")) == [line.split(" ")[0] for line in index.lines("spelling")]


def test_of_a_long_page_the_index_has_how_its_texts_begin(community, build):
    words = "Some *words* & [[open]] after each other. " * 40
    for number in range(50):
        write(community, f"responses/open/20260103-aaaaa{number:03}.md", "guest: G\ndate: 2026-01-03", words)
    index = build()
    post, response = index.texts[2], index.texts[3]
    assert post[5].strip() == "A heron waits." and len(index.texts[0]) == 5
    assert response[4].startswith("Some words & Open after each other.") and len(response[4]) <= 601 and response[4].endswith("…")


def test_each_audience_has_an_index_of_its_own(community, build):
    (community / "stoa.yml").write_text(SETTINGS + "audiences: [team, public]\ndefault-audience: public\n")
    write(community, "posts/secret.md", "title: Secret\nauthor: Ada\ndate: 2026-01-03\naudience: team", "A cormorant and a heron.")
    for _ in range(2):
        team, public = (build(audience, "--audience", audience) for audience in ("team", "public"))
        assert "cormorant" in team.words and "cormorant" not in public.words
        # Hidden words do not change the weights of others either.
        assert len(public.postings["heron"]) == 1 and len(team.postings["heron"]) == 2


def test_a_site_under_a_path_searches_there_under_the_one_policy(community, build):
    build("site", "--base-url", "https://found.example/notes")
    page = (community / "site" / "search" / "index.html").read_text()
    assert 'data-index="/notes/search/index/" data-home="/notes/"' in page
    headers = (community / "site" / "_headers").read_text()
    policies = re.findall(r"^(/\S*)\n  Content-Security-Policy: (.*)$", headers, re.MULTILINE)
    assert [path for path, _ in policies] == ["/notes/*"] and "wasm" not in headers


def test_search_can_be_switched_off(stoa, community):
    (community / "stoa.yml").write_text(SETTINGS + "search: none\n")
    run(stoa, "build", "--source", community)
    assert not (community / "site" / "search").exists()
    assert 'role="search"' not in (community / "site" / "index.html").read_text()

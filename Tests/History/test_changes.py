"""The page with the changes of a conversation's texts."""

import re

import pytest
from conftest import run
from test_history import BO, PROSE, Community, digest, page

AUDIENCES = "audiences: [team, public]\ndefault-audience: public\n"


@pytest.fixture
def community(tmp_path):
    return Community(tmp_path / "repository", settings=AUDIENCES)


def changes(site, address="posts/hello"):
    """For each text, its changes as words with {+inserted+} and [-deleted-], the newest first."""
    file = site / address / "changes" / "index.html"
    if not file.exists():
        return {}
    found = {}
    for section in re.findall(r"<section.*?</section>", file.read_text(encoding="utf-8"), re.DOTALL):
        name = re.match(r'<section(?: id="([^"]*)")?', section)[1] or ""
        texts = re.findall(r'<p dir="auto">(.*?)</p>', section, re.DOTALL)
        marked = [re.sub(r"</?del>", "~", re.sub(r"</?ins>", "+", text)) for text in texts]
        found[name] = [" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in marked]
    return found


def everything(site):
    return b"".join(digest(site).values()).decode("utf-8", "replace")


def test_a_change_is_shown_word_by_word_and_edited_leads_to_it(stoa, community):
    community.response("one", "The harbour is in Lorient, they say.")
    community.commit(0)
    community.response("one", "The harbour is in Brest, they say.")
    community.commit(3, author=BO, message="Harbour\n\nChange: it never was in Lorient")
    community.post("hello", "A last line.")
    community.commit(4)
    _, site = community.build(stoa)
    shown = changes(site)
    assert shown["response-one"] == ["… to know it again. The harbour is in ~Lorient,~ +Brest,+ they say."]
    assert shown[""] == ["… long enough for git to know it again. +A last line.+"]
    words = (site / "posts/hello/changes/index.html").read_text()
    assert "Bo Lund" in words and "it never was in Lorient" in words and 'datetime="2026-01-05' in words
    assert 'href="/posts/hello/changes/#response-one"' in page(site)
    assert 'href="/posts/hello/changes/"' in page(site)
    assert "changes" not in (site / "sitemap.xml").read_text() and "noindex" in words


@pytest.mark.parametrize("hidden", ["audience: team\n", "draft: true\n", "date: 2026-03-01\n"])
def test_words_of_a_time_when_a_text_was_hidden_never_appear(stoa, community, hidden):
    date = "" if hidden.startswith("date") else "date: 2026-01-01\n"
    text = lambda words, more: community.write(
        "content/posts/secret.md", f"---\ntitle: Secret\nauthor: Ann Vogel\n{more}---\n\n{PROSE}{words}\n")
    text("The CANARY sings.", date + hidden)
    community.commit(0)
    text("A CANARY was here.", date + hidden)
    community.commit(1)
    text("Nobody sings.", date + hidden)
    community.commit(2)
    text("Nobody sings.", "date: 2026-01-01\n")
    community.commit(3)
    text("Nobody sings now.", "date: 2026-01-01\n")
    community.commit(4)
    _, site = community.build(stoa)
    assert "CANARY" not in everything(site)
    assert len(changes(site, "posts/secret")[""]) == 1


def test_a_response_was_seen_by_those_who_saw_what_it_answers(stoa, community):
    community.post("hello", more="audience: team\n")
    community.response("one", "The CANARY sings.")
    community.response("two", "It was the CANARY.", more="guest: Di\nreply-to: one\n")
    community.commit(0)
    community.response("one", "Nobody sings.")
    community.response("two", "It was nobody.", more="guest: Di\nreply-to: one\n")
    community.commit(1)
    community.post("hello")
    community.commit(2)
    community.response("two", "It was nobody at all.", more="guest: Di\nreply-to: one\n")
    community.commit(3)
    _, site = community.build(stoa)
    assert "CANARY" not in everything(site)
    assert list(changes(site)) == ["response-two"]
    team = community.top.parent / "team"
    run(stoa, "build", "--source", community.root, "--output", team, "--audience", "team")
    assert "CANARY" in (team / "posts/hello/changes/index.html").read_text()


def test_what_is_hidden_now_is_as_deleted(stoa, community, tmp_path):
    community.response("one", "The CANARY sings.")
    community.post("other", "Words.")
    community.commit(0)
    community.response("one", "The CANARY sang.", more="guest: Cy\naudience: team\n")
    community.post("other", "Other words.")
    community.commit(1)
    _, site = community.build(stoa)
    with_it = digest(site)
    assert "CANARY" not in everything(site) and changes(site, "posts/other")
    (community.root / "content/responses/hello/one.md").unlink()
    _, site = community.build(stoa)
    assert digest(site) == with_it


def test_a_text_from_another_place_begins_there(stoa, community):
    community.write("notes/hello.md", f"---\ntitle: Notes\n---\n\n{PROSE}A CANARY.\n")
    community.commit(0)
    (community.root / "notes/hello.md").rename(community.root / "content/posts/moved.md")
    community.post("moved", "A bird.")
    community.commit(1)
    community.post("moved", "A big bird.")
    community.commit(2)
    _, site = community.build(stoa)
    assert "CANARY" not in everything(site)
    assert len(changes(site, "posts/moved")[""]) == 1


@pytest.mark.parametrize(
    "post, response, settings, texts",
    [
        ("", "", "", ["", "response-one"]), ("changes: none\n", "", "", ["response-one"]),
        ("", "changes: none\n", "", [""]), ("", "", "changes: none\n", []),
        ("changes: all\n", "", "changes: none\n", [""]), ("", "", "changes: 1 month\n", ["response-one"]),
        ("", "removed: at the author's wish\n", "", [""]),
    ])
def test_a_text_and_the_settings_say_what_is_shown(stoa, tmp_path, post, response, settings, texts):
    community = Community(tmp_path / "repository", settings=settings)
    community.response("one", "One.", more="guest: Cy\ndate: 2026-02-10\n")
    community.commit(0)
    community.post("hello", "Words.")
    community.commit(1)
    community.response("one", "Two.", more="guest: Cy\ndate: 2026-02-10\n")
    community.commit(39)
    community.post("hello", "Words.", more=post)
    if response or post:
        community.response("one", "Two.", more="guest: Cy\ndate: 2026-02-10\n" + response)
        community.commit(39)
    _, site = community.build(stoa, SOURCE_DATE_EPOCH="1782000000")
    assert list(changes(site)) == texts


def test_addresses_in_old_versions_are_masked(stoa, community):
    community.response("one", "Mine is cy@ropewalk.org, once.")
    community.commit(0)
    community.response("one", "I have none.")
    community.commit(1)
    _, site = community.build(stoa)
    assert "ropewalk" not in everything(site)
    assert "[address removed]" in changes(site)["response-one"][0]


def test_old_words_are_no_markup(stoa, community):
    community.response("one", "<script>alert(1)</script> \x07 & \u202e turned")
    community.commit(0)
    community.response("one", "Well.")
    community.commit(1)
    _, site = community.build(stoa, "--keep-going")
    words = (site / "posts/hello/changes/index.html").read_text()
    assert "<script>alert" not in words and "\x07" not in words and "&lt;script&gt;alert(1)" in words


def test_an_alias_takes_the_page_along(stoa, community):
    community.post("hello", "One.")
    community.commit(0)
    community.post("hello", "Two.")
    community.commit(1)
    community.git("mv", "content/posts/hello.md", "content/posts/hullo.md")
    community.post("hullo", "Two.", more="aliases: [/posts/hello/]\n")
    community.commit(2)
    _, site = community.build(stoa)
    assert changes(site, "posts/hullo")
    assert "/posts/hullo/changes/" in (site / "posts/hello/changes/index.html").read_text()


def test_erasing_a_person_ends_changes_that_hold_a_trace(stoa, community):
    other = "---\ntitle: Other\nauthor: Ann Vogel\ndate: 2026-01-01\n---\n\n"
    community.write("content/posts/other.md", other + "Quincy Canary told me so.\n")
    community.write("content/responses/hello/one.md", "---\nguest: Quincy Canary\n---\n\nA bird.\n")
    community.commit(0)
    community.write("content/posts/other.md", other + "A friend told me so.\n")
    community.post("hello", "Nothing of it.")
    community.commit(1)
    _, site = community.build(stoa)
    assert "Quincy Canary" in (site / "posts/other/changes/index.html").read_text()
    run(stoa, "erase", "Quincy Canary", "--source", community.root)
    _, site = community.build(stoa)
    assert "Quincy" not in everything(site)
    assert "changes: none\n" in (community.root / "content/posts/other.md").read_text()
    assert changes(site)


READS = [
    ("emphasis goes", "It *rang* __twice__ and ~~once~~ `at` noon.", "It *rang* __twice__ and ~~once~~ `at` night.", "It rang twice and once at ~noon.~ +night.+"),
    ("a link is its label", "See [the bell](https://bell.example/a) today.", "See [the big bell](https://bell.example/b) today.", "See the +big+ bell today."),
    ("a wikilink too", "See [[hello|the bell]] and [[hello]] now.", "See [[hello|the bell]] and [[hello]] then.", "See the bell and hello ~now.~ +then.+"),
    ("an image is its words", "![A bell](bell.png) rang.", "![A bell](bell.png) sang.", "A bell ~rang.~ +sang.+"),
    ("headings, items, quotes", "## The bell\n\n- it rang\n- it sang\n\n> so they said", "## The bell\n\n- it rang\n- it hung\n\n> so they said", "The bell it rang it ~sang~ +hung+ so they said"),
    ("code stays", "```c\na * b * c_d_e\n```\n\nOld.", "```c\na * b * c_d_e\n```\n\nNew.", "a * b * c_d_e ~Old.~ +New.+"),
    ("names stay", "A snake_case_name and 2 * 3 \\* 4 rang.", "A snake_case_name and 2 * 3 \\* 4 sang.", "A snake_case_name and 2 * 3 * 4 ~rang.~ +sang.+"),
    ("a note is its words", "> [!NOTE]\n> It rang.", "> [!NOTE]\n> It sang.", "It ~rang.~ +sang.+"),
    ("addresses below are not read", "See [it][b] ring.\n\n[b]: https://bell.example", "See [it][b] sing.\n\n[b]: https://bell.example", "See it ~ring.~ +sing.+"),
    ("where nothing else changed, the address is", "See [it](https://a.example).", "See [it](https://b.example).", "See ~[it](https://a.example).~ +[it](https://b.example).+"),
    ("half a link is left alone", "See [it and ](a [b\n\nThe end.", "See [it and ](a [b\n\nAn end.", "See [it and ](a [b ~The~ +An+ end."),
    ("without spaces", "**鐘が**鳴った。", "**鐘が**響いた。", "鐘が~鳴っ~+響い+た。"),
]


@pytest.mark.parametrize(("before", "after", "shown"), [case[1:] for case in READS], ids=[case[0] for case in READS])
def test_a_change_reads_as_the_text_does(stoa, community, before, after, shown):
    community.post("hello", before)
    community.commit(0)
    community.post("hello", after)
    community.commit(3)
    _, site = community.build(stoa)
    # It shows some of the words above, too.
    assert changes(site)[""][0].partition("… ")[2].rpartition("again. ")[2] == shown


def test_the_page_is_not_held_against_anybody(stoa, community):
    community.post("hello", "One.")
    community.commit(0)
    community.post("hello", "Two.", more="aliases: [/posts/hullo/]\n")
    community.commit(1)
    _, site = community.build(stoa)
    assert (site / "posts/hullo/changes/index.html").exists()
    assert "changes" not in (site / "addresses.txt").read_text()
    published = community.top.parent / "published.txt"
    published.write_text((site / "addresses.txt").read_text() + "/posts/hello/changes/\n/posts/hullo/changes/\n")
    community.write("stoa.yml", f"title: Test\nurl: https://test.example\nhistory: none\n{AUDIENCES}")
    assert run(stoa, "check", "--source", community.root, "--published", published, check=False).returncode == 0
    # The address is reserved, even if a post has that name.
    published.write_text("/posts/\n/posts/changes/\n")
    assert run(stoa, "check", "--source", community.root, "--published", published, check=False).returncode == 1

"""Third-party parsers read microformats2, microdata and feeds; the result equals the content of the community's files.

For the real community, every third page and feed is read, because the parsers are slow; with `STOA_LONG`, all of them.
"""

import json
import os
import pathlib
import urllib.parse

import extruct
import feedparser
import lxml.html
import mf2py
import pytest

from Browser.community_model import CommunityModel, moment
from conftest import ROOT, run

FEED_SIZE = 20


@pytest.fixture(scope="module", params=["example", "community"])
def built(request, stoa, tmp_path_factory):
    """A site's folder and address, and the model of its community."""
    if request.param == "example":
        return request.getfixturevalue("example_site"), "https://portico.example", CommunityModel(ROOT)
    source = request.getfixturevalue("shared") / "community"
    site = tmp_path_factory.mktemp("community") / "site"
    run(stoa, "build", "--source", source, "--output", site, "--keep-going", check=False)
    return site, "https://community.example", CommunityModel(source)


@pytest.fixture(scope="module")
def conversations(built):
    """The model's conversations, each with the text and the address of its page."""
    site, origin, model = built
    assert len(model.conversations) > 15
    return [
        (said, (site / "posts" / slug / "index.html").read_text(encoding="utf-8"), address(origin, slug))
        for slug, said in some(model.conversations.items(), origin)
    ]


def some(items, origin):
    return list(items)[:: 1 if "STOA_LONG" in os.environ or "portico" in origin else 3]


def address(origin, slug):
    return f"{origin}/posts/{urllib.parse.quote(slug)}/"


def values(found):
    return found if isinstance(found, list) else [found] if found else []


def fragment(url):
    return url.partition("#response-")[2]


def microformats_tree(entry, id, parent):
    """The same as `Said.tree`, from a parsed h-entry or h-cite.

    The in-reply-to of a reply must be its parent; a response to the post has none, because it is inside the post's h-entry.
    """
    properties = entry["properties"]
    authors = [author["properties"]["name"][0] for author in properties.get("author", [])]
    if parent:
        assert [fragment(url) for url in properties.get("in-reply-to", [])] == list(filter(None, [fragment(parent)]))
    address = properties["url"][0]
    replies = [microformats_tree(reply, fragment(reply["properties"]["url"][0]), address) for reply in properties.get("comment", [])]
    return (id, authors, moment(properties["published"][0]), replies)


def microdata_tree(item, id):
    properties = item["properties"]
    authors = [author["properties"]["name"] for author in values(properties.get("author"))]
    replies = [
        (fragment(reply["properties"]["url"]), reply)
        for role in ("comment", "acceptedAnswer", "suggestedAnswer") for reply in values(properties.get(role))
        # An answer within a thread is referenced by its address, and is at its place in the thread.
        if not isinstance(reply, str)
    ]
    return (id, authors, moment(properties["datePublished"]), [microdata_tree(reply, id) for id, reply in replies])


def unordered(tree):
    return (*tree[:3], sorted((unordered(reply) for reply in tree[3]), key=lambda reply: reply[0]))


def with_authors(tree):
    """A removed item has the word for removed content as its author, because schema.org requires one."""
    return (tree[0], tree[1] or ["Removed"], tree[2], [with_authors(reply) for reply in tree[3]])


def test_microformats_say_what_the_files_say(conversations):
    for said, page, url in conversations:
        (entry,) = [item for item in mf2py.parse(doc=page, url=url, html_parser="lxml")["items"] if item["type"] == ["h-entry"]]
        assert microformats_tree(entry, said.id, None) == said.tree(), url
        assert len(entry["properties"]["content"][0]["value"]) > 0 and len(entry["properties"]["name"]) == 1


def test_microdata_says_what_the_files_say(conversations):
    kinds = set()
    for said, page, url in conversations:
        (item,) = [item for item in extruct.extract(page, base_url=url, syntaxes=["microdata"])["microdata"]
                   if not item["type"].endswith("Person")]
        if said.answer:
            assert item["type"] == "https://schema.org/QAPage"
            item = item["properties"]["mainEntity"]
            assert fragment(item["properties"]["acceptedAnswer"]["properties"]["url"]) == said.answer
            answers = values(item["properties"].get("suggestedAnswer")) + values(item["properties"].get("acceptedAnswer"))
            assert int(item["properties"]["answerCount"]) == len(answers)
        expected = "Question" if said.answer else "DiscussionForumPosting" if said.kind == "question" else "BlogPosting"
        assert item["type"] == f"https://schema.org/{expected}"
        kinds.add(expected)
        # Microdata groups by property, so an accepted answer may precede an earlier one.
        assert unordered(microdata_tree(item, said.id)) == unordered(with_authors(said.tree())), url
        counts = [int(item["properties"].get(name, 0)) for name in ("commentCount", "answerCount")]
        assert sum(counts) == said.count(), url
    assert "BlogPosting" in kinds


def test_an_answer_within_a_thread_is_the_answer_and_keeps_its_place(stoa, tmp_path):
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/responses/knot").mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: Rope\nurl: https://rope.example\nhistory: none\n")
    (tmp_path / "content/posts/knot.md").write_text(
        "---\ntitle: Which knot?\nauthor: Jun\ndate: 2026-03-01\nkind: question\nanswer: b\n---\n\nIt slips.\n")
    for id, parent in {"a": None, "b": "a", "c": "b", "d": None}.items():
        reply_to = f"reply-to: {parent}\n" if parent else ""
        (tmp_path / f"content/responses/knot/{id}.md").write_text(f"---\nguest: Ann\ndate: 2026-03-02\n{reply_to}---\n\nThis one.\n")
    run(stoa, "build", "--source", tmp_path)
    url = "https://rope.example/posts/knot/"
    page = (tmp_path / "site/posts/knot/index.html").read_text(encoding="utf-8")
    (item,) = extruct.extract(page, base_url=url, syntaxes=["microdata"])["microdata"]
    question = item["properties"]["mainEntity"]["properties"]
    assert question["acceptedAnswer"] == f"{url}#response-b"
    assert (question["answerCount"], question["commentCount"]) == ("3", "1")
    first, last = question["suggestedAnswer"]
    answer = first["properties"]["comment"]
    assert (answer["type"], answer["properties"]["url"]) == ("https://schema.org/Answer", f"{url}#response-b")
    assert answer["properties"]["comment"]["type"] == "https://schema.org/Comment"
    assert "comment" not in last["properties"]


def test_pages_show_the_counts_of_the_files(conversations):
    for said, page, url in conversations:
        tree = lxml.html.fromstring(page)
        heading = tree.xpath("string(//h2[@id='responses-title'])")
        count = said.count()
        assert heading.startswith("No responses" if count == 0 else f"{count} Response"), url
        assert len(tree.xpath("//article[contains(@class, 'response') and not(contains(@class, 'tombstone'))]")) == count, url


def test_feeds_are_well_formed_and_as_long_as_the_pages(built, conversations):
    site, origin, model = built
    needed = {site / "feed.xml", site / "responses.xml"} | {site / "posts" / said.id / "feed.xml" for said, _, _ in conversations}
    others = sorted(file for file in site.rglob("*.xml") if "sitemap" not in file.name and file not in needed)
    feeds = {
        file: feedparser.parse(file.read_bytes()) for file in [*filter(pathlib.Path.exists, needed), *some(others, origin)]
    }
    assert len(feeds) > 20
    assert {file: feed.bozo_exception for file, feed in feeds.items() if feed.bozo} == {}
    for said, page, url in conversations:
        feed = feeds.get(site / "posts" / said.id / "feed.xml")
        assert (feed is None) == (said.count() == 0), url
        if feed:
            assert len(feed.entries) == min(said.count(), FEED_SIZE), url
            assert all(entry["thr_in-reply-to"]["ref"] for entry in feed.entries)
    replies = {
        entry.link: next((int(link["thr:count"]) for link in entry.links if link.rel == "replies"), 0)
        for entry in feeds[site / "feed.xml"].entries
    }
    counts = {address(origin, slug): said.count() for slug, said in model.conversations.items()}
    assert 0 < len(replies) <= FEED_SIZE
    assert replies == {url: counts[url] for url in replies}
    assert len(feeds[site / "responses.xml"].entries) == min(sum(counts.values()), FEED_SIZE)


def test_the_json_feed_holds_what_the_atom_feed_holds(built):
    site, _, _ = built
    atom = feedparser.parse((site / "feed.xml").read_bytes())
    feed = json.loads((site / "feed.json").read_text(encoding="utf-8"))
    home = lxml.html.parse(str(site / "index.html"))
    assert home.xpath("//link[@rel='alternate']/@type") == ["application/atom+xml", "application/feed+json"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["url"] for item in feed["items"]] == [entry.link for entry in atom.entries]
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]


def test_links_in_feeds_lead_to_the_page_wherever_they_are_read(built):
    site, origin, model = built
    whole = {file: file.read_text(encoding="utf-8") for file in [site / "feed.json", *site.rglob("*feed.xml")]}
    assert {file for file, text in whole.items() if 'href=\\"#' in text or 'href="#' in text or 'href="/' in text} == set()
    if "sandbox" in model.conversations:
        assert f'href="{origin}/posts/sandbox/#fn-first-try-1"' in whole[site / "posts/sandbox/feed.xml"]


def test_open_graph_and_links_are_those_of_the_page(conversations):
    for said, page, url in conversations:
        head = lxml.html.fromstring(page).find("head")
        meta = {element.get("property") or element.get("name"): element.get("content") for element in head.iter("meta")}
        assert meta["og:url"] == head.xpath("string(link[@rel='canonical']/@href)") and meta["og:type"] == "article"
        assert lxml.html.fromstring(page).xpath("string(//h1)") == meta["og:title"]
        kinds = [link.get("type") for link in head.xpath("link[@rel='alternate'][@type]")]
        assert kinds == ["application/atom+xml"] * (2 if said.count() else 1), url


def test_no_text_is_there_twice(conversations):
    for said, page, url in conversations:
        tree = lxml.html.fromstring(page)
        body = " ".join(tree.xpath("string(//div[@itemprop='articleBody' or @itemprop='text'][contains(@class, 'e-content')])").split())
        if len(body) > 400:
            # Without title and summary, because text after the first paragraphs occurs only here.
            stretch = body[-120:]
            assert " ".join(tree.xpath("string()").split()).count(stretch) == 1, url
        assert "application/ld+json" not in page

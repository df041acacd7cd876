"""Feeds have their newest entries, and with `feed-archive: true` the older ones are in documents that never change (RFC 5005)."""

import pathlib
import urllib.parse

import feedparser
import pytest
from lxml import etree

from conftest import run

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"


def write(folder, count, size, archive=True):
    """A community with one post a day; each except the first has three responses of that day."""
    posts = folder / "content/posts"
    posts.mkdir(parents=True, exist_ok=True)
    (folder / "stoa.yml").write_text(
        f"title: Feeds\nurl: https://stoa.example/notes\nfeed-size: {size}\nfeed-archive: {str(archive).lower()}\n"
    )
    for number in range(1, count + 1):
        date = f"2026-{1 + number // 28:02}-{1 + number % 28:02}"
        (posts / f"p{number}.md").write_text(f"---\ntitle: Post {number}\nauthor: Ann\ndate: {date}\ntopics: [All]\n---\n\nText {number}.\n")
        for response in range(3 if number > 1 else 0):
            path = folder / f"content/responses/p{number}/r{response}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\nauthor: Bo\ndate: {date}T1{response}:00:00Z\n---\n\nResponse {response} to {number}.\n")


def build(stoa, folder):
    run(stoa, "build", cwd=folder)
    return folder / "site"


def link(feed, relation):
    found = [element.get("href") for element in feed.findall(f"{ATOM}link") if element.get("rel") == relation]
    assert len(found) <= 1
    return found[0] if found else None


def file_of(site, url):
    path = urllib.parse.urlsplit(url).path
    assert path.startswith("/notes/")
    return site / path.removeprefix("/notes/")


def read_back(site, path):
    """The documents of a feed, the newest first, found by their links."""
    documents = [path]
    while earlier := link(etree.parse(documents[-1]).getroot(), "prev-archive"):
        documents.append(file_of(site, earlier))
        assert len(documents) < 100
    return documents


def ids(path):
    return [entry.findtext(f"{ATOM}id") for entry in etree.parse(path).getroot().findall(f"{ATOM}entry")]


FEEDS = ["feed.xml", "responses.xml", "topics/all/feed.xml", "contributors/ann/feed.xml", "contributors/bo/feed.xml", "posts/p2/feed.xml"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 9])
def test_every_entry_can_be_read_back(stoa, tmp_path, count):
    write(tmp_path, count, 2)
    site = build(stoa, tmp_path)
    write(tmp_path / "whole", count, 1000, archive=False)
    whole = build(stoa, tmp_path / "whole")
    for name in FEEDS:
        if not (whole / name).exists():
            continue
        documents = read_back(site, site / name)
        every = ids(whole / name)
        assert len(ids(site / name)) == min(2, len(every)) and ids(site / name) == every[:2]
        seen = [identity for document in documents for identity in ids(document)]
        assert set(seen) == set(every)
        archived = [identity for document in documents[1:] for identity in ids(document)]
        assert archived == every[len(every) % 2:] or len(every) <= 2, "newest first, each once"
        for number, document in enumerate(documents[1:]):
            feed = etree.parse(document).getroot()
            assert feed.find(f"{HISTORY}archive") is not None and not feedparser.parse(document).bozo
            assert file_of(site, link(feed, "self")) == document and file_of(site, link(feed, "current")) == site / name
            later = link(feed, "next-archive")
            assert (file_of(site, later) if later else site / name) == documents[number]
        assert etree.parse(site / name).getroot().find(f"{HISTORY}archive") is None


def test_a_document_of_the_archive_stays_as_it_is(stoa, tmp_path):
    write(tmp_path, 6, 2)
    site = build(stoa, tmp_path)
    first = {path.relative_to(site): ids(path) for path in (site / "feeds").rglob("*.xml")}
    assert len(first) > 10
    write(tmp_path, 9, 2)
    build(stoa, tmp_path)
    for path, entries in first.items():
        assert ids(site / path) == entries


def test_a_feed_has_twenty_entries_and_no_archive_unless_asked(stoa, tmp_path):
    write(tmp_path, 24, 20, archive=False)
    settings = tmp_path / "stoa.yml"
    settings.write_text("".join(line for line in settings.read_text().splitlines(True) if not line.startswith("feed-")))
    site = build(stoa, tmp_path)
    assert len(ids(site / "feed.xml")) == 20 and not (site / "feeds").exists()
    assert len(read_back(site, site / "feed.xml")) == 1
    assert len(feedparser.parse(site / "feed.json").entries) in (0, 20)


def test_a_file_of_the_communitys_own_keeps_its_place(stoa, tmp_path):
    write(tmp_path, 6, 2)
    own = tmp_path / "content/static/feeds/feed/1.xml"
    own.parent.mkdir(parents=True)
    own.write_text("<mine/>")
    site = build(stoa, tmp_path)
    assert (site / "feeds/feed/1.xml").read_text() == "<mine/>"
    assert pathlib.Path(read_back(site, site / "feed.xml")[-1]) == site / "feed.xml"
    assert len(read_back(site, site / "responses.xml")) > 1

"""Random communities: pages, feeds and the list of addresses must agree with an independent model.

`STOA_COMMUNITIES` sets the number of communities: 300 in `make communities`.
"""

import datetime
import html
import json
import os
import re
import xml.etree.ElementTree

import pytest

import plain_theme
import random_community
from community_model import HOST, set_answers
from conftest import run
from expected_site import ExpectedSite
from valid_output import problems

COUNT = int(os.environ.get("STOA_COMMUNITIES", "20"))
ATOM = "{http://www.w3.org/2005/Atom}"
JSON_KEYS = ["id", "url", "published", "title", "updated", "authors", "summary", "topics", "text"]
THREAD = "{http://purl.org/syndication/thread/1.0}"


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_site_says_what_its_community_is(seed, stoa, tmp_path):
    community = random_community.make(seed)
    set_answers(community)
    random_community.write(community, tmp_path)
    plain_theme.write(tmp_path)
    site = tmp_path / "site"
    built = run(
        stoa, "build", "--source", tmp_path, "--output", site, "--as-of", random_community.AS_OF, "--jobs", "1",
        check=False,
    )
    assert built.returncode == 0, built.stderr
    # This test's theme writes pages as lines of text.
    assert {name: problem for name, problem in problems(site).items() if not name.endswith(".html")} == {}
    expected = ExpectedSite(community)

    pages = plain_theme.read(site)
    assert sorted(pages) == sorted(expected.files)
    for path, lines in expected.files.items():
        assert pages[path] == lines, path

    for path in expected.feeds:
        assert feed_entries(site, path) == expected.feed_entries(path), path
    assert json_entries(site) == [
        {key: entry[key] for key in JSON_KEYS} for entry in expected.feed_entries("/feed.xml")
    ]
    assert {f"/{file.relative_to(site)}" for file in site.rglob("*.xml")} == {
        *expected.feeds, "/sitemap.xml", "/bridges/feed.xml", "/digest/feed.xml"
    }
    pairs = xml.etree.ElementTree.parse(site / "bridges/feed.xml").getroot().findall(f"{ATOM}entry")
    assert [[link.get("href") for link in entry.findall(f"{ATOM}link")] for entry in pairs] == [
        [HOST + expected.url(end) for end in gap[:2]] for gap in expected.gaps if not gap[3]
    ]

    assert (site / "addresses.txt").read_text(encoding="utf-8").splitlines() == expected.addresses()
    redirects = site / "_redirects"
    lines = redirects.read_text(encoding="utf-8").splitlines() if redirects.exists() else []
    assert lines == [
        f"{expected.href(old)} {expected.href(new)} 301"
        for old, new in sorted(expected.redirects.items(), key=lambda item: item[0].encode())
    ]


def feed_entries(site, path):
    feed = xml.etree.ElementTree.parse(site / path.lstrip("/")).getroot()
    entries = [feed_entry(entry) for entry in feed.findall(f"{ATOM}entry")]
    updates = [datetime.datetime.fromisoformat(entry["updated"]) for entry in entries]
    newest = max(updates, default=datetime.datetime.fromtimestamp(0, datetime.UTC))
    assert datetime.datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == newest
    return entries


def feed_entry(entry):
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    answered = entry.find(f"{THREAD}in-reply-to")
    if answered is not None and answered.get("href"):
        page = links["alternate"].get("href").partition("#")[0]
        assert answered.get("href").startswith(f"{page}#response-")
    replies = links.get("replies")
    return {
        "id": entry.findtext(f"{ATOM}id"), "url": links["alternate"].get("href"),
        "published": entry.findtext(f"{ATOM}published"), "title": entry.findtext(f"{ATOM}title"),
        "updated": entry.findtext(f"{ATOM}updated"),
        "authors": [
            (author.findtext(f"{ATOM}name"), author.findtext(f"{ATOM}uri")) for author in entry.findall(f"{ATOM}author")
        ],
        "summary": entry.findtext(f"{ATOM}summary"),
        "topics": [category.get("label") for category in entry.findall(f"{ATOM}category")],
        "answers": None if answered is None else answered.get("ref"),
        "count": None if replies is None else int(replies.get(f"{THREAD}count")),
        "text": words(entry.findtext(f"{ATOM}content")),
    }


def words(markup):
    """The words of a text without its elements."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def json_entries(site):
    items = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]
    return [
        {
            "id": item["id"], "url": item["url"], "published": item["date_published"], "title": item["title"],
            "updated": item.get("date_modified", item["date_published"]),
            "authors": [(author["name"], author["url"]) for author in item["authors"]], "summary": item["summary"],
            "topics": item["tags"], "text": words(item["content_html"]),
        }
        for item in items
    ]


def test_the_communities_hold_what_can_go_wrong():
    """The generator must make communities with enough variety."""
    communities = [random_community.make(seed) for seed in range(60)]
    responses = [response for community in communities for post in community.posts for response in post.responses]
    assert any(community.audiences for community in communities) and any(community.base for community in communities)
    assert sum(response.guest is not None for response in responses) > 50
    assert sum(response.is_removed for response in responses) > 20
    assert sum(response.is_mention for response in responses) > 20
    assert sum(bool(response.aliases) for response in responses) > 20
    assert sum(response.stance is not None for response in responses) > 100
    assert sum(bool(response.extras) for response in responses) > 100
    posts = [post for community in communities for post in community.posts]
    assert sum(bool(post.updated) for post in posts) > 20 and sum(bool(post.summary) for post in posts) > 40
    assert len(responses) > 600
    sites = [ExpectedSite(community) for community in communities]
    assert sum(len(site.gaps) for site in sites) > 5
    assert any(conversation.near for site in sites for conversation in site.conversations)

"""Random communities: what an independent model works out, the pages, the feeds and the list of addresses must say.

`STOA_COMMUNITIES` is how many are tried.
"""

import json
import os
import xml.etree.ElementTree

import pytest

import plain_theme
import random_community
from community_model import HOST, set_answers
from conftest import run
from expected_site import ExpectedSite

COUNT = int(os.environ.get("STOA_COMMUNITIES", "60"))
ATOM = "{http://www.w3.org/2005/Atom}"
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
    expected = ExpectedSite(community)

    pages = plain_theme.read(site)
    assert sorted(pages) == sorted(expected.files)
    for path, lines in expected.files.items():
        assert pages[path] == lines, path

    for path in expected.feeds:
        assert feed_entries(site, path) == expected.feed_entries(path), path
    assert json_entries(site) == [entry[:3] for entry in expected.feed_entries("/feed.xml")]
    assert {f"/{file.relative_to(site)}" for file in site.rglob("*.xml")} == {*expected.feeds, "/sitemap.xml"}

    assert (site / "addresses.txt").read_text(encoding="utf-8").splitlines() == expected.addresses()
    redirects = site / "_redirects"
    lines = redirects.read_text(encoding="utf-8").splitlines() if redirects.exists() else []
    assert lines == [
        f"{expected.href(old)} {expected.href(new)} 301"
        for old, new in sorted(expected.redirects.items(), key=lambda item: item[0].encode())
    ]


def feed_entries(site, path):
    feed = xml.etree.ElementTree.parse(site / path.lstrip("/")).getroot()
    entries = []
    for entry in feed.findall(f"{ATOM}entry"):
        links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
        answered = entry.find(f"{THREAD}in-reply-to")
        if answered is not None:
            assert answered.get("href") == links["related"].get("href")
            thread = answered.get("ref")
        else:
            replies = links.get("replies")
            thread = None if replies is None else int(replies.get(f"{THREAD}count"))
        entries.append(
            (entry.findtext(f"{ATOM}id"), links["alternate"].get("href"), entry.findtext(f"{ATOM}published"), thread)
        )
    newest = max((entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")), default=None)
    assert feed.findtext(f"{ATOM}updated") is not None
    assert newest is None or len(entries) > 0
    return entries


def json_entries(site):
    items = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]
    return [(item["id"], item["url"], item["date_published"]) for item in items]


def test_the_communities_hold_what_can_go_wrong():
    """The generator is no use if it makes dull communities."""
    communities = [random_community.make(seed) for seed in range(60)]
    responses = [response for community in communities for post in community.posts for response in post.responses]
    assert any(community.audiences for community in communities) and any(community.base for community in communities)
    assert sum(response.guest is not None for response in responses) > 50
    assert sum(response.is_removed for response in responses) > 20
    assert sum(response.is_mention for response in responses) > 20
    assert sum(bool(response.aliases) for response in responses) > 20
    assert len(responses) > 600

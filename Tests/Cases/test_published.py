"""URLs and feeds that readers of a published site keep: cases from real communities."""

import re

import feedparser
import pytest

from Cases.test_values import case, codes, lines_of
from conftest import run


def check(stoa, community, *options):
    done = run(stoa, "check", "--source", community, "--published", community / "published.txt", *options, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", ["rename-post", "rename-handle", "delete-unanswered", "alias-percent-encoded", "move-response"])
def test_nothing_is_missed(stoa, shared, tmp_path, name):
    status, printed = check(stoa, case(shared, tmp_path, name), "--strict")
    assert (status, printed.strip()) == (0, "Nothing is wrong")


def test_rename_post(stoa, shared, tmp_path):
    community = case(shared, tmp_path, "rename-post")
    run(stoa, "build", "--source", community)
    assert "/posts/hello/feed.xml /posts/wet-knots/feed.xml 301\n" in (community / "site/_redirects").read_text()


def test_erase_person(stoa, shared, tmp_path):
    community = case(shared, tmp_path, "erase-person")
    status, printed = check(stoa, community, "--strict")
    assert status == 1
    lines = sorted(set(re.findall(r"or “([^”]*)” below “gone:” in stoa.yml", printed)))
    with open(community / "stoa.yml", "a", encoding="utf-8") as settings:
        settings.write("gone:\n" + "".join(f"  {line}\n" for line in lines))
    assert check(stoa, community, "--strict")[0] == 0


@pytest.mark.parametrize("name", ["heading-mended", "heading-renamed"])
def test_headings(stoa, shared, tmp_path, name):
    community = case(shared, tmp_path, name)
    status, printed = check(stoa, community)
    assert status == 0 and codes(line for line in printed.splitlines() if line.endswith("]")) == ["vanished-heading"]
    post = next((community / "content/posts").glob("*.md"))
    advice = re.search(r"“(anchors: [^”]*)”", printed)[1]
    post.write_text(post.read_text().replace("---\n", f"---\n{advice}\n", 1))
    assert check(stoa, community, "--strict")[0] == 0
    # Or the heading has an anchor of its own.
    old = re.search(r"\{([\w-]+):", advice)[1]
    post.write_text(re.sub(r"(?m)^(## .*)$", rf"\1 {{#{old}}}", post.read_text().replace(f"{advice}\n", "")))
    assert check(stoa, community, "--strict")[0] == 0


@pytest.mark.parametrize("change", ["url", "date", "slug"])
def test_feed_ids(stoa, shared, tmp_path, change):
    community = case(shared, tmp_path, "feed-ids")
    settings, post = community / "stoa.yml", community / "content/posts/hello.md"
    settings.write_text(settings.read_text() + "id: notes.example,2026\n")

    def ids():
        run(stoa, "build", "--quiet", "--source", community)
        feeds = ["feed.xml", "responses.xml"]
        return [[entry.id for entry in feedparser.parse((community / "site" / feed).read_bytes()).entries] for feed in feeds]

    before = ids()
    assert all(before)
    if change == "url":
        settings.write_text(re.sub(r"(?m)^url:.*", "url: https://elsewhere.example", settings.read_text()))
    elif change == "date":
        post.write_text(re.sub(r"(?m)^date:.*", "date: 2025-12-30", post.read_text()))
    else:
        post.write_text(post.read_text().replace("---\n", "---\naliases: [/posts/hello/]\n", 1))
        post.rename(post.with_name("wet-knots.md"))
        (community / "content/responses/hello").rename(community / "content/responses/wet-knots")
    assert ids() == before
    assert lines_of(stoa, community, command="check") == []


def test_move_response(stoa, shared, tmp_path):
    community = case(shared, tmp_path, "move-response")
    run(stoa, "build", "--source", community)
    page = (community / "site/posts/hello/index.html").read_text()
    assert re.search(r'<p [^>]*id="response-two">[^<]*<a href="/posts/other/#response-two">', page)
    assert "/posts/hello/#response-two\n" in (community / "site/addresses.txt").read_text()

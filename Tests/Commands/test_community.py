"""A real community of 70 posts and 990 responses: every response is on its page, under its parent, and counts agree everywhere.

The expected result is read from the content with a few regular expressions, independently of Stoa.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import html5lib
import pytest

from conftest import run

HTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
FEED_SIZE = 20


@dataclass
class Response:
    id: str
    post: str
    parent: str | None
    author: str | None
    guest: str | None
    date: str


@dataclass
class Post:
    slug: str
    title: str
    author: str
    topics: list[str]
    responses: dict[str, Response] = field(default_factory=dict)


def keys(file):
    """The front matter's keys with values on one line, without quotes."""
    matter = file.read_text().split("---\n", 2)[1]
    found = re.findall(r"^([a-z-]+): *(.*?) *$", matter, re.MULTILINE)
    return {key: re.sub(r"^(['\"])(.*)\1$", r"\2", value).replace("''", "'") for key, value in found}


def slug(name):
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")


@pytest.fixture(scope="module")
def posts(shared):
    posts = {}
    for file in (shared / "community/content/posts").glob("*.md"):
        matter = keys(file)
        topics = re.findall(r"^- +['\"]?(.*?)['\"]?$", file.read_text().split("---\n", 2)[1], re.MULTILINE)
        topics += [topic.strip(" '\"") for topic in matter["topics"].strip("[]").split(",") if topic.strip()]
        posts[file.stem] = Post(file.stem, matter["title"], matter["author"], [slug(topic) for topic in topics])
    for file in (shared / "community/content/responses").glob("*/*.md"):
        matter = keys(file)
        response = Response(
            file.stem, file.parent.name, matter.get("reply-to"), matter.get("author"), matter.get("guest"), matter["date"])
        posts[response.post].responses[response.id] = response
    assert len(posts) == 70
    assert sum(len(post.responses) for post in posts.values()) == 990
    return posts


@pytest.fixture(scope="module")
def site(stoa, shared, tmp_path_factory):
    site = tmp_path_factory.mktemp("community") / "site"
    result = run(stoa, "build", "--source", shared / "community", "--output", site, "--as-of", "2026-07-01")
    assert re.search(r"^posts +70\nresponses +990$", result.stdout, re.MULTILINE)
    return site


@pytest.fixture(scope="module")
def pages(site, posts):
    """The page of each post, parsed as a browser parses it."""
    return {slug: parse(site / "posts" / slug / "index.html") for slug in posts}


def parse(file):
    return html5lib.parse(file.read_bytes(), transport_encoding="utf-8")


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def number(text):
    """The number of responses that a text mentions; none when it mentions none."""
    found = re.findall(r"(\d+) [Rr]esponses?\b", text)
    assert len(set(found)) <= 1, text
    return int(found[0]) if found else 0


def answered(element, above=None, parents=None):
    """The parent of each response, from the nesting of the thread."""
    parents = {} if parents is None else parents
    for child in element:
        inner = above
        if child.tag == HTML + "li":
            own = [e for e in child if (e.get("id") or "").startswith("response-")]
            if own:
                inner = own[0].get("id").removeprefix("response-")
                assert inner not in parents
                parents[inner] = above
        answered(child, inner, parents)
    return parents


def test_every_response_is_on_its_page_under_its_parent(pages, posts):
    for post in posts.values():
        expected = {response.id: response.parent for response in post.responses.values()}
        assert answered(pages[post.slug]) == expected, post.slug


def test_every_response_says_what_it_answers_and_who_speaks(pages, posts):
    for post in posts.values():
        for element in pages[post.slug].iter():
            if not (element.get("id") or "").startswith("response-") or element.tag != HTML + "article":
                continue
            response = post.responses[element.get("id").removeprefix("response-")]
            links = [e.get("href") for e in element.iter() if "u-in-reply-to" in (e.get("class") or "").split()]
            # What answers the post says so by its place.
            assert links == ([f"#response-{response.parent}"] if response.parent else []), response
            header = words(next(element.iter(HTML + "h3")))
            assert header == " ".join((response.author or response.guest).split()), response


def test_a_post_says_how_many_responses_it_has(pages, posts):
    for post in posts.values():
        heading = next(e for e in pages[post.slug].iter() if e.get("id") == "responses-title")
        assert number(words(heading)) == len(post.responses), post.slug


def listed(site, folder):
    """The number of responses that each item of a list's pages shows for its post."""
    counts = {}
    for file in [site / folder / "index.html", *(site / folder).glob("page/*/index.html")]:
        for item in next(parse(file).iter(HTML + "main")).iter(HTML + "li"):
            links = re.findall(r"^/posts/([^/]+)/$", "\n".join(e.get("href") or "" for e in item.iter()), re.MULTILINE)
            # Other lists on the page, such as that of authors, show no numbers of responses.
            if links and "response" in words(item):
                assert counts.setdefault(links[0], number(words(item))) == number(words(item))
    return counts


def test_lists_agree(site, posts):
    expected = {post.slug: len(post.responses) for post in posts.values()}
    assert listed(site, "posts") == expected
    assert listed(site, "archive") == expected


def folders(folder):
    """The topics or contributors that have a page; `page` is for further pages of the list."""
    return {path.name for path in folder.iterdir() if path.is_dir()} - {"page"}


def test_topics_agree(site, posts):
    members = defaultdict(dict)
    for post in posts.values():
        for topic in post.topics:
            members[topic][post.slug] = len(post.responses)
    assert folders(site / "topics") == set(members)
    for topic, expected in members.items():
        assert listed(site, f"topics/{topic}") == expected, topic
        heading = [words(e) for e in parse(site / f"topics/{topic}/index.html").iter(HTML + "h2")]
        assert any(text.startswith(f"{len(expected)} conversation") for text in heading), topic


def test_contributors_agree(site, posts):
    own = defaultdict(list)
    written = defaultdict(set)
    for post in posts.values():
        written[slug(post.author)].add(post.slug)
        for response in post.responses.values():
            if response.author:
                own[slug(response.author)].append(f"/posts/{post.slug}/#response-{response.id}")
    assert folders(site / "contributors") == set(own) | set(written)
    for name, responses in own.items():
        links = Counter()
        posts_shown = set()
        folder = site / "contributors" / name
        for file in [folder / "index.html", *folder.glob("page/*/index.html")]:
            main = next(parse(file).iter(HTML + "main"))
            # Anybody may be the author of a post's last response.
            others = {e for p in main.iter(HTML + "p") if p.get("class") == "last-word" for e in p.iter(HTML + "a")}
            found = {e.get("href") for e in main.iter(HTML + "a") if e not in others}
            links.update(link for link in found if link and "#response-" in link)
            posts_shown |= {link.split("/")[2] for link in found if re.fullmatch(r"/posts/[^/]+/", link or "")}
        assert sorted(links) == sorted(responses), name
        assert max(links.values()) == 1
        assert written[name] <= posts_shown


def test_feeds_agree(site, posts):
    feed = ElementTree.parse(site / "feed.xml")
    base = "https://community.example/posts/"
    for entry in feed.iter(ATOM + "entry"):
        address = next(e.get("href") for e in entry.iter(ATOM + "link") if e.get("rel") == "alternate")
        replies = [e.get(THREAD + "count") for e in entry.iter(ATOM + "link") if e.get("rel") == "replies"]
        count = len(posts[address.removeprefix(base).strip("/")].responses)
        assert replies == ([str(count)] if count else []), address
    for post in posts.values():
        file = site / "posts" / post.slug / "feed.xml"
        assert file.exists() == bool(post.responses), post.slug
        if post.responses:
            check_thread_feed(ElementTree.parse(file), post, base)
    everything = [response for post in posts.values() for response in post.responses.values()]
    assert len(list(ElementTree.parse(site / "responses.xml").iter(ATOM + "entry"))) == min(len(everything), FEED_SIZE)


def check_thread_feed(feed, post, base):
    entries = list(feed.iter(ATOM + "entry"))
    assert len(entries) == min(len(post.responses), FEED_SIZE), post.slug
    for entry in entries:
        address = next(e.get("href") for e in entry.iter(ATOM + "link") if e.get("rel") == "alternate")
        response = post.responses[address.removeprefix(f"{base}{post.slug}/#response-")]
        # The post is where the entry itself leads.
        parent = f"{base}{post.slug}/#response-{response.parent}" if response.parent else None
        assert [e.get("href") for e in entry.iter(THREAD + "in-reply-to")] == [parent]


def test_the_list_of_addresses_agrees(site, posts):
    addresses = (site / "addresses.txt").read_text().splitlines()
    anchors = {line for line in addresses if "#response-" in line}
    assert anchors == {f"/posts/{post.slug}/#response-{id}" for post in posts.values() for id in post.responses}

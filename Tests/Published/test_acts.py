"""Everyday edits of a published site: every kept address, anchor or feed still works."""

import html
import html.parser
import pathlib
import re
import shutil
import urllib.parse

import feedparser
import pytest
import yaml

from conftest import run

HOST = "https://notes.example"
SETTINGS = f"title: Notes\nurl: {HOST}\nhistory: none\nid: notes.example,2026\npage-size: 2\n"

# A post, a topic, a handle and a heading, with names in several scripts.
NAMES = {
    "latin": ("knots", "rope", "ada", "The first knot"),
    "chinese": ("结绳", "绳索", "李雷", "第一个结"),
    "arabic": ("العقد", "الحبال", "سلمى", "العقدة الأولى"),
    "greek": ("Κόμβοι", "σχοινιά", "Ἑλένη", "Ὁ πρῶτος κόμβος"),
    "dotted": ("v1.2_notes", "tools", "Ada.L_2", "C++ & C#"),
}


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def front(text="Text.", **keys):
    keys = {key.replace("_", "-"): value for key, value in keys.items() if value is not None}
    return "---\n" + yaml.safe_dump(keys, allow_unicode=True, sort_keys=False) + f"---\n\n{text}\n"


class Community:
    def __init__(self, stoa, root, names):
        self.stoa, self.root = stoa, root
        self.post, self.topic, self.handle, self.heading = names
        self.aliases, self.anchors, self.heading_suffix = [], None, ""
        self.feed_ids = {}
        write(root, "stoa.yml", SETTINGS)
        write(root, "content/posts/hello.md", front(title="Hello", author="bo", date="2026-01-01"))
        for number in range(5):
            write(root, f"content/posts/p{number}.md", front(title=f"P{number}", author="bo", date="2026-01-03", topics=[self.topic]))
        self.write_post()
        write(root, f"content/contributors/{self.handle}.md", front("Hello.", name=f"Name {self.handle}"))
        write(root, f"content/topics/{self.topic}.md", front("About.", title=f"Title {self.topic}"))
        self.response("one", author=self.handle, date="2026-01-05T09:30:00Z")
        self.response("two", guest="Cy", date="2026-01-05T10:00:00Z", reply_to="one")
        self.response("three", guest="Di", date="2026-01-06")

    def write_post(self, **more):
        text = f"## {self.heading}{self.heading_suffix}\n\nText."
        write(self.root, f"content/posts/{self.post}.md", front(
            text, title="Knots", author=self.handle, date=more.pop("date", "2026-01-04"), topics=[self.topic],
            aliases=self.aliases or None, anchors=self.anchors, **more))

    def response(self, name, post=None, **keys):
        write(self.root, f"content/responses/{post or self.post}/{name}.md", front(f"Response {name}.", **keys))

    def build(self):
        run(self.stoa, "build", "--quiet", "--strict", "--source", self.root)
        return self.root / "site"

    def publish(self):
        """The addresses that readers keep from now on: the list, and the target of each entry."""
        site = self.build()
        shutil.copytree(site, self.root.parent / "published", dirs_exist_ok=True)
        shutil.copy(site / "addresses.txt", self.root / "published.txt")
        return site

    def check(self, *options):
        return run(self.stoa, "check", "--verbose", "--source", self.root, "--published", self.root / "published.txt", *options, check=False)

    def assert_kept(self, *options):
        """There are no problems, and every published address and anchor leads to its former target."""
        done = self.check("--strict", *options)
        assert done.returncode == 0, done.stdout
        crawl(self.build(), (self.root / "published.txt").read_text(encoding="utf-8").splitlines())
        return done.stdout


def file_of(site, path):
    path = urllib.parse.unquote(path)
    return site / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))


def resolve(site, address):
    """The place where a browser ends up: a path and a fragment, after redirect pages."""
    path, _, fragment = address.partition("#")
    for _ in range(3):
        file = file_of(site, path)
        assert file.is_file(), f"{address}: nothing is at {path}"
        if file.suffix != ".html":
            return path, fragment
        moved = re.search(r'data-moved="([^"]*)"', file.read_text(encoding="utf-8"))
        if not moved:
            return path, fragment
        path = html.unescape(moved[1])
    raise AssertionError(f"{address} leads in circles")


IS_LIST = re.compile(r"/(archive/.*|.*/page/\d+/|posts/|topics/|contributors/|questions/|practices/|waiting/|follow/)?$")
GONE = "This is gone"


def crawl(site, published, gone=()):
    for address in published:
        if address.partition("#")[0] in gone:
            continue
        path, fragment = resolve(site, address) if not IS_LIST.fullmatch(address) else (None, "")
        if path is None:
            continue
        file = file_of(site, path)
        if path.endswith(".xml") and not path.endswith("sitemap.xml"):
            feed = feedparser.parse(file.read_bytes())
            assert not feed.bozo and feed.version == "atom10", address
            self_link = next(link.href for link in feed.feed.links if link.rel == "self")
            assert file_of(site, self_link.removeprefix(HOST)).is_file()
        if fragment:
            text = file.read_text(encoding="utf-8")
            assert f'id="{html.escape(urllib.parse.unquote(fragment))}"' in text, f"{address} has no such place on {path}"


@pytest.fixture(params=NAMES)
def community(stoa, tmp_path, request):
    made = Community(stoa, tmp_path / "notes", NAMES[request.param])
    made.published_site = made.publish()
    return made


def move_post(community, slug):
    old = community.post
    (community.root / f"content/posts/{old}.md").unlink()
    (community.root / f"content/responses/{old}").rename(community.root / f"content/responses/{slug}")
    community.post = slug
    community.aliases.append(f"/posts/{old}/")
    community.write_post()


def entries(site):
    found = {}
    for file in sorted(site.rglob("*.xml")):
        if file.name != "sitemap.xml":
            for entry in feedparser.parse(file.read_bytes()).entries:
                found.setdefault(entry.title, set()).add(entry.id)
    return found


def test_a_post_with_another_slug_takes_everything_along(community):
    before = entries(community.published_site)
    old = community.post
    move_post(community, "wet-" + old.lower())
    community.assert_kept()
    site = community.root / "site"
    assert entries(site) == before, "nothing comes to readers a second time"
    old_feed, new_feed = (file_of(site, f"/posts/{name}/feed.xml") for name in (old, community.post))
    assert old_feed.read_bytes() == new_feed.read_bytes(), "whoever reads the old feed gets the new one"
    rules = dict(line.split()[:2] for line in (site / "_redirects").read_text().splitlines())
    encoded = lambda slug: f"/posts/{urllib.parse.quote(slug)}/feed.xml"
    assert rules[encoded(old)] == encoded(community.post)


def test_a_post_that_moves_twice_keeps_its_first_id(community):
    before = entries(community.published_site)
    move_post(community, "second")
    move_post(community, "third")
    community.assert_kept()
    assert entries(community.root / "site") == before


def test_feed_ids_outlive_a_new_date_url_and_name(community):
    before = {entry for ids in entries(community.published_site).values() for entry in ids}
    community.write_post(date="2026-01-02")
    write(community.root, "stoa.yml", SETTINGS.replace(HOST, "https://elsewhere.example/notes"))
    person = community.root / f"content/contributors/{community.handle}.md"
    person.write_text(front("Hello.", name="Somebody else"), encoding="utf-8")
    after = {entry for ids in entries(community.build()).values() for entry in ids}
    assert after == before


def test_a_handle_and_a_topic_with_another_name(community):
    for folder, old, new, title in [
        ("contributors", community.handle, "robin", "name"), ("topics", community.topic, "cordage", "title"),
    ]:
        done = None
        old_file = community.root / f"content/{folder}/{old}.md"
        old_file.rename(community.root / f"content/{folder}/{new}.md")
        path = community.root / f"content/{folder}/{new}.md"
        # References are updated.
        for file in (community.root / "content").rglob("*.md"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(f"author: {old}\n", f"author: {new}\n").replace(f"- {old}\n", f"- {new}\n"), encoding="utf-8")
        done = community.check()
        assert done.returncode == 1, done.stdout
        line = next(line for line in done.stdout.splitlines() if f"/{folder}/" in line and "vanished-address" in line)
        paste(path, re.search(r"“(aliases: [^”]*)”", line)[1])
        community.assert_kept()
    site = community.root / "site"
    for number in (2, 3):
        path, _ = resolve(site, f"/topics/{urllib.parse.quote(community.topic)}/page/{number}/")
        assert path == f"/topics/cordage/page/{number}/"


def paste(file, line):
    """Adds a suggested line to a file's front matter."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", f"---\n{line}\n", 1), encoding="utf-8")


def test_a_heading_that_was_mended(community):
    anchor = re.search(r'<h2 id="([^"]*)"', file_of(community.published_site, f"/posts/{community.post}/").read_text(encoding="utf-8"))[1]
    community.heading += " 2"
    community.write_post()
    done = community.check()
    assert done.returncode == 0 and done.stdout.count("[vanished-heading]") == 1, "a warning"
    assert community.check("--strict").returncode == 1
    advice = re.search(r"“(anchors: [^”]*)”", done.stdout)[1]
    paste(community.root / f"content/posts/{community.post}.md", advice)
    community.assert_kept()
    page = file_of(community.root / "site", f"/posts/{community.post}/").read_text(encoding="utf-8")
    assert f'<span id="{anchor}"></span>' in page


def test_a_heading_with_an_anchor_of_its_own(community):
    community.heading_suffix = " {#first}"
    community.write_post()
    page = file_of(community.build(), f"/posts/{community.post}/").read_text(encoding="utf-8")
    assert '<h2 id="first">' in page and "{#" not in page
    community.publish()
    community.heading = "Quite another one"
    community.write_post()
    community.assert_kept()


def test_a_response_that_is_taken_back_deleted_or_spam(community):
    folder = community.root / f"content/responses/{community.post}"
    (folder / "three.md").unlink()
    printed = community.check("--strict")
    assert printed.returncode == 0 and "note:" in printed.stdout and "response-three" in printed.stdout
    # The removed response has an answer, so a tombstone keeps the anchor.
    write(community.root, f"content/responses/{community.post}/one.md", front("", date="2026-01-05T09:30:00Z", removed="taken back"))
    printed = community.check("--strict").stdout
    assert "response-one" not in printed
    for file in folder.iterdir():
        file.unlink()
    printed = community.check("--strict")
    assert printed.returncode == 0
    assert "feed, which has no responses any more" in printed.stdout


def test_what_has_gone_says_so(community):
    (community.root / f"content/posts/{community.post}.md").unlink()
    shutil.rmtree(community.root / f"content/responses/{community.post}")
    done = community.check("--strict")
    lines = [line for line in done.stdout.splitlines() if "vanished" in line]
    assert done.returncode == 1 and len(lines) == 1, "one line, and none for its anchors and feed"
    advice = re.search(r"or “([^”]*)” below", lines[0])[1]
    settings = community.root / "stoa.yml"
    settings.write_text(f"{SETTINGS}gone:\n  {advice}\n", encoding="utf-8")
    assert community.check("--strict").returncode == 0
    site = community.build()
    address = f"/posts/{urllib.parse.quote(community.post)}/"
    page = file_of(site, address).read_text(encoding="utf-8")
    assert GONE in page and "why it was removed" in page and 'content="noindex"' in page
    rules = (site / "_redirects").read_text().splitlines()
    assert f"{address} {address} 410!" in rules and f"{address}feed.xml {address} 410" in rules
    assert address not in (site / "addresses.txt").read_text().splitlines()
    # When the address exists again, the line must be removed.
    write(community.root, f"content/posts/{community.post}.md", front(title="Knots", author="bo", date="2026-01-04"))
    assert "[shadowed-alias]" in run(community.stoa, "check", "--source", community.root, check=False).stdout


def test_what_was_erased_is_not_named(community):
    import hashlib

    (community.root / f"content/contributors/{community.handle}.md").unlink()
    for file in (community.root / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"author: {community.handle}\n", "author: bo\n"), encoding="utf-8")
    digest = hashlib.sha256(f"/contributors/{community.handle}/".encode()).hexdigest()
    (community.root / "stoa.yml").write_text(f"{SETTINGS}gone:\n  sha256:{digest}: erased\n")
    assert community.check("--strict").returncode == 0
    site = community.build()
    assert not file_of(site, f"/contributors/{community.handle}/").exists()
    assert digest not in (site / "_redirects").read_text() if (site / "_redirects").exists() else True


def test_lists_and_files_are_not_held_against_anybody(community):
    listed = (community.root / "published.txt").read_text().splitlines()
    assert file_of(community.published_site, "/posts/page/2/").is_file() and "/posts/page/2/" not in listed
    (community.root / "published.txt").write_text(
        "/archive/2019/\n/archive/2019/05/\n/posts/page/9/\n/topics/x/page/2/\n/search/\n/photo.jpg\n/sitemap-2.xml\n/posts/hello/map.png\n")
    assert community.check("--strict").stdout.strip() == "Nothing is wrong"


def test_a_text_that_cannot_be_read_is_not_missed_as_well(community):
    write(community.root, f"content/posts/{community.post}.md", "---\ntitle: [\n---\n")
    printed = community.check().stdout
    assert "vanished" not in printed and "invalid-yaml" in printed


@pytest.mark.parametrize("feed", ["/posts/hello/feed.xml", "/old/index.xml"])
def test_a_feed_s_address_is_never_a_page(stoa, tmp_path, feed):
    write(tmp_path, "stoa.yml", SETTINGS)
    write(tmp_path, "content/posts/rope.md", front(title="Rope", author="bo", date="2026-01-01", aliases=["/posts/hello/", feed]))
    write(tmp_path, "content/responses/rope/one.md", front("One.", guest="Cy", date="2026-01-02"))
    run(stoa, "build", "--quiet", "--strict", "--source", tmp_path)
    site = tmp_path / "site"
    assert file_of(site, feed).read_bytes() == (site / "posts/rope/feed.xml").read_bytes()
    assert f"{feed} /posts/rope/feed.xml 301" in (site / "_redirects").read_text()
    parsed = feedparser.parse(file_of(site, feed).read_bytes())
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [f"{HOST}/posts/rope/feed.xml"]


def test_an_id_of_its_own_overrides(stoa, tmp_path):
    write(tmp_path, "stoa.yml", SETTINGS)
    write(tmp_path, "content/posts/rope.md", front(title="Rope", author="bo", date="2026-01-01", id="https://old.example/?p=12"))
    write(tmp_path, "content/responses/rope/one.md", front("One.", guest="Cy", date="2026-01-02", id="hello/one"))
    run(stoa, "build", "--quiet", "--strict", "--source", tmp_path)
    posts = feedparser.parse((tmp_path / "site/feed.xml").read_bytes()).entries
    responses = feedparser.parse((tmp_path / "site/responses.xml").read_bytes()).entries
    assert posts[0].id == "https://old.example/?p=12"
    assert responses[0].id == "tag:notes.example,2026:hello/one"
    write(tmp_path, "content/posts/copy.md", front(title="Copy", author="bo", date="2026-01-01", id="https://old.example/?p=12"))
    done = run(stoa, "check", "--source", tmp_path, check=False)
    assert done.returncode == 1 and "[duplicate-id]" in done.stdout


def test_the_page_of_feeds_and_its_lists(community):
    import xml.etree.ElementTree as ElementTree

    site = community.published_site
    linked = set()
    for page in [site / "follow/index.html", *sorted((site / "follow").glob("page/*/index.html"))]:
        linked |= set(re.findall(r'href="([^"]*)"', page.read_text(encoding="utf-8")))
    feeds = {"/" + urllib.parse.quote(str(f.relative_to(site))) for folder in ("topics", "contributors") for f in (site / folder).rglob("feed.xml")}
    assert feeds | {"/feed.xml", "/feed.json", "/responses.xml", "/topics.opml", "/people.opml"} <= linked
    for name, folder in [("topics", "topics"), ("people", "contributors")]:
        outlines = ElementTree.parse(site / f"{name}.opml").getroot().findall("body/outline")
        assert {o.get("xmlUrl") for o in outlines} == {HOST + feed for feed in feeds if feed.startswith(f"/{folder}/")}
        assert all(o.get("type") == "rss" and o.get("text") for o in outlines)


def test_a_thread_of_one_day_shows_its_times(community):
    page = file_of(community.published_site, f"/posts/{community.post}/").read_text(encoding="utf-8")
    assert re.search(r'datetime="2026-01-05T09:30:00Z"[^>]*>5 January 2026, 09:30<', page)
    assert re.search(r'datetime="2026-01-06"[^>]*>6 January 2026<', page)

"""A sequence of a community's everyday edits: after each, every kept address, anchor and feed works.

Every text has a unique word, which shows which text a page or an anchor has, and whether a feed's entry is new. `make test`
makes some of the edits, `make trust` all of them, with names in several scripts, with and without a history.
"""

import html
import os
import re
import urllib.parse

import feedparser
import pytest
from conftest import run
from test_acts import HOST, IS_LIST, NAMES, file_of, front, write

STEPS = int(os.environ.get("STOA_ACTS", "7"))
SETTINGS = f"title: Notes\nurl: {HOST}\nid: notes.example,2026\naudiences: [team, public]\ndefault-audience: public\nsearch: none\n"
MARK = re.compile(r"mark\d+x")


class Walk:
    """A published community, and the addresses that its readers keep."""

    def __init__(self, stoa, root, names, hashistory):
        self.stoa, self.root, self.hashistory = stoa, root, hashistory
        self.post, self.topic, self.person, _ = names
        self.marks = 0
        # The target of each address: the mark of a text, or nothing distinguishable.
        self.kept = {}
        # The texts that were removed on purpose, and the addresses that may disappear.
        self.removed, self.gone = set(), set()
        self.ids = {}
        # Feeds that were read.
        self.read = set()
        self.day = 1
        write(root, "stoa.yml", SETTINGS + ("" if hashistory else "history: none\n"))
        if hashistory:
            self.git("init", "--quiet", "--initial-branch=main")
        self.text(f"contributors/{self.person}", name=f"Name of {self.person}")
        self.text("contributors/bo", name="Bo")
        self.text(f"topics/{self.topic}", title=f"About {self.topic}")
        self.text("pages/about", title="About us")
        self.text(f"posts/{self.post}", "\n\n## First part\n\nSee [[other]] and @bo.", title="The knot", author=self.person, topics=[self.topic])
        self.text("posts/other", f"\n\nSee [[{self.post}]], [[{self.post}#response-one]] and [it]({self.post}.md).", title="Other", author=["bo", "cy"], topics=["rigging", self.topic])
        self.text("posts/lonely", title="Lonely", author="cy", topics=["rigging"])
        self.text("posts/asked", title="Asked", author="bo", kind="question")
        self.text("posts/secret", title="Secret", author=["bo", self.person], audience="team")
        self.text(f"responses/{self.post}/one", author="bo")
        self.text(f"responses/{self.post}/two", guest="Guest", reply_to="one")
        self.text(f"responses/{self.post}/three", author="cy")
        self.text(f"responses/{self.post}/four", guest="Dora")
        self.text("responses/other/one", author=self.person)
        self.text("responses/other/second", guest="Dora", reply_to="one")
        self.text("responses/asked/one", author="cy")
        self.text("responses/asked/spam-1", guest="Spam")
        self.text("responses/asked/spam-2", guest="Spam")
        self.text("responses/secret/one", author="bo")
        self.publish()

    def git(self, *words):
        date = f"2026-03-{self.day:02}T10:00:00Z"
        run("git", "-C", self.root, "-c", "user.name=Bo", "-c", "user.email=bo@notes.example", *words, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)

    def text(self, name, more="", /, **keys):
        """A file of content with its own mark."""
        self.marks += 1
        if name.startswith(("posts/", "responses/")):
            keys.setdefault("date", f"2026-01-{self.marks % 28 + 1:02}" if name.startswith("posts") else f"2026-02-{self.marks % 28 + 1:02}")
        write(self.root, f"content/{name}.md", front(f"Words of mark{self.marks}x.{more}", **keys))

    def path(self, name):
        return self.root / "content" / f"{name}.md"

    def edit(self, name, old, new):
        path = self.path(name)
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old, text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def mark(self, name):
        return MARK.search(self.path(name).read_text(encoding="utf-8"))[0]

    def do(self, *words):
        return run(self.stoa, *words, "--source", self.root).stdout

    # What readers keep

    def publish(self):
        if self.hashistory:
            self.day += 1 if self.day < 28 else 0
            (self.root / ".gitignore").write_text("site/\n.stoa-cache/\npublished.txt\n")
            self.git("add", "--all")
            self.git("commit", "--quiet", "--allow-empty", "--message", "Act")
        run(self.stoa, "build", "--quiet", "--source", self.root)
        self.site = self.root / "site"
        for address in (self.site / "addresses.txt").read_text(encoding="utf-8").split():
            if address not in self.kept and not IS_LIST.fullmatch(address.partition("#")[0]):
                self.kept[address] = self.shown(address)
        (self.root / "published.txt").write_bytes((self.site / "addresses.txt").read_bytes())

    def look(self):
        """Requests everything that readers have kept."""
        done = run(self.stoa, "check", "--source", self.root, "--published", self.root / "published.txt", check=False)
        assert done.returncode == 0, done.stdout
        self.publish()
        rules = dict(line.split()[:2] for line in (self.site / "_redirects").read_text().splitlines()) if (self.site / "_redirects").exists() else {}
        for address, mark in self.kept.items():
            if address.partition("#")[0] in self.gone or mark in self.removed:
                continue
            assert self.shown(address) == mark, (address, mark, self.shown(address))
            source = address.partition("#")[0]
            if source in rules:
                assert self.shown(rules[source] + address[len(source):]) == mark, (address, rules[source])
        self.read_feeds()

    def shown(self, address, steps=4):
        """The mark of the text at an address; empty for pages without one; None when there is nothing."""
        path, _, fragment = address.partition("#")
        file = file_of(self.site, path)
        if not file.is_file():
            return None
        if file.suffix != ".html":
            return "" if file.suffix != ".xml" or b"<feed" in file.read_bytes()[:200] or file.name.startswith("sitemap") else None
        text = file.read_text(encoding="utf-8")
        if moved := re.search(r'data-moved="([^"]*)"', text):
            return self.shown(html.unescape(moved[1]) + (f"#{fragment}" if fragment else ""), steps - 1) if steps else None
        if not fragment:
            if not path.startswith("/posts/") or path.count("/") != 3:
                return ""
            body = re.search(r'<div class="prose e-content".*?</div>\n', text, re.DOTALL)
            mark = body and MARK.search(body[0])
            return mark[0] if mark else ""
        place = re.search(rf'id="{re.escape(html.escape(urllib.parse.unquote(fragment)))}"', text)
        if not place:
            return None
        if not (fragment.startswith("response-") or fragment.startswith("comment-")):
            return ""
        if text[: place.start()].endswith('<p class="soft small" '):
            target = re.search(r'href="([^"]*)"', text[place.end() :])[1]
            return self.shown(html.unescape(target), steps - 1) if steps else None
        mark = MARK.search(text[place.end() : text.index("</article>", place.end())])
        return mark[0] if mark else ""

    def read_feeds(self):
        """No reader sees a text twice: it has the same id forever, and is in a feed only once."""
        for file in self.site.rglob("*.xml"):
            if file.name.startswith("sitemap"):
                continue
            data = file.read_bytes()
            if data in self.read:
                continue
            self.read.add(data)
            feed = feedparser.parse(data)
            assert not feed.bozo, file
            ids = [entry.id for entry in feed.entries]
            assert len(ids) == len(set(ids)), file
            for entry in feed.entries:
                content = "".join(part.value for part in entry.get("content", [])) or entry.get("summary", "")
                if mark := MARK.search(content):
                    assert self.ids.setdefault(mark[0], entry.id) == entry.id, (file, mark[0])


# The edits, in an order in which each finds what it needs; only names depend on earlier edits.

def mend_a_typo(w):
    w.edit(f"posts/{w.post}", "Words of", "Good words of")


def rename_a_post(w):
    w.do("mv", w.post, f"{w.post}-2")
    w.post += "-2"


def rename_it_again(w):
    rename_a_post(w)


def sort_a_post_into_a_folder(w):
    w.do("mv", "content/posts/lonely.md", "content/posts/2026/lonely.md")


def make_a_bundle_of_a_post(w):
    w.do("mv", "content/posts/asked.md", "content/posts/asked/index.md")


def rename_a_topic(w):
    w.do("mv", f"topic:{w.topic}", f"topic:{w.topic}-2")
    w.topic += "-2"


def rename_a_topic_without_a_file(w):
    w.do("mv", "topic:rigging", "topic:索具")
    w.do("mv", "topic:索具", "topic:rigging")


def rename_a_person(w):
    w.do("mv", f"@{w.person}", f"@{w.person}-2")
    w.person += "-2"


def rename_a_person_without_a_file(w):
    w.do("mv", "@cy", "@σοφία")
    w.do("mv", "@σοφία", "@cy")


def rename_a_page(w):
    w.do("mv", "about", "about-us")
    w.do("mv", "about-us", "عنا")
    w.do("mv", "عنا", "about")


def rename_a_response(w):
    w.do("mv", f"{w.post}#three", f"{w.post}#third")
    w.do("mv", f"{w.post}#third", f"{w.post}#three")


def move_a_response_to_another_post(w):
    w.do("mv", f"{w.post}#four", "other#four")


def move_a_thread_back_and_forth(w):
    w.do("mv", f"{w.post}#one", "other#one-moved")
    w.publish()
    w.do("mv", "other#one-moved", f"{w.post}#one")


def merge_topics(w):
    w.text("topics/ropework", title="Ropework")
    w.text("posts/about-ropework", title="Ropework now", author="bo", topics=["ropework"])
    w.publish()
    w.do("merge", "topic", "ropework", w.topic)


def merge_people(w):
    w.text("contributors/bobo", name="Bo the Second")
    w.text("posts/by-bobo", title="By Bobo", author="bobo")
    w.publish()
    w.do("merge", "contributor", "bobo", "bo")


def remove_a_response_that_nobody_answered(w):
    w.text("responses/other/late", guest="Late")
    w.publish()
    w.removed.add(w.mark("responses/other/late"))
    w.do("remove", "other#late", "--reason", "out of place")


def remove_a_response_that_was_answered(w):
    w.removed.add(w.mark("responses/other/one"))
    w.do("remove", "other#one", "--reason", "taken back")


def remove_a_post_that_was_answered(w):
    w.text("posts/wrong", title="Wrong", author="bo")
    w.text("responses/wrong/one", guest="Ida")
    w.publish()
    w.removed.add(w.mark("posts/wrong"))
    w.do("remove", "wrong", "--reason", "it was wrong")


def remove_a_post_that_nobody_answered(w):
    w.text("posts/unasked", title="Unasked", author="bo")
    w.publish()
    w.removed.add(w.mark("posts/unasked"))
    w.gone.add("/posts/unasked/")
    w.do("remove", "unasked", "--reason", "nobody asked")
    assert "nobody asked" in ((w.root / "stoa.yml").read_text())


def delete_a_post_by_hand(w):
    w.text("posts/by-hand", title="By hand", author="bo")
    w.publish()
    w.removed.add(w.mark("posts/by-hand"))
    w.gone.add("/posts/by-hand/")
    w.path("posts/by-hand").unlink()
    take_advice(w)


def take_advice(w):
    """The check's suggestion is a line for stoa.yml."""
    done = run(w.stoa, "check", "--source", w.root, "--published", w.root / "published.txt", check=False)
    assert done.returncode == 1, done.stdout
    lines = [re.search(r"or “([^”]*)” below", line)[1] for line in done.stdout.splitlines() if "[vanished-address]" in line]
    assert lines, done.stdout
    settings = w.root / "stoa.yml"
    text = settings.read_text(encoding="utf-8")
    if "gone:\n" not in text:
        text += "gone:\n"
    settings.write_text(text.replace("gone:\n", "gone:\n" + "".join(f"  {line}\n" for line in lines)), encoding="utf-8")


def revert_a_flood(w):
    for number in (1, 2):
        w.removed.add(w.mark(f"responses/asked/spam-{number}"))
        w.path(f"responses/asked/spam-{number}").unlink()


def erase_a_guest(w):
    w.text("responses/asked/zora", guest="Zora Quint")
    w.publish()
    w.removed.add(w.mark("responses/asked/zora"))
    w.do("erase", "Zora Quint")


def erase_a_member(w):
    w.text("contributors/quill", name="Quill Feather")
    w.text("posts/a-feather", title="A feather", author="quill")
    w.text("responses/a-feather/one", author="bo")
    w.text("posts/two-of-us", title="Two of us", author=["bo", "quill"], agreed_by=["quill", "bo"])
    w.publish()
    w.removed.add(w.mark("posts/a-feather"))
    w.gone |= {"/contributors/quill/", "/contributors/quill/feed.xml", "/contributors/quill/replies.xml"}
    w.do("erase", "@quill")
    assert "quill" not in w.path("posts/two-of-us").read_text()


def claim_a_guest_s_response(w):
    w.edit("contributors/bo", "name: Bo", f"name: Bo\nclaims: ['{w.post}#response-two']")


def mend_a_heading(w):
    w.edit(f"posts/{w.post}", "## First part", "## The very first part")
    w.edit(f"posts/{w.post}", "---\n", "---\nanchors: {first-part: the-very-first-part}\n")


def name_a_heading(w):
    w.text("posts/headed", "\n\n## A head {#head}\n\nText.", title="Headed", author="bo")
    w.publish()
    w.edit("posts/headed", "## A head", "## Another head")


def change_a_date(w):
    path = w.path("posts/other")
    path.write_text(re.sub(r"date: '?2026-01-\d+'?", "date: 2026-01-15", path.read_text(encoding="utf-8")), encoding="utf-8")


def change_a_name(w):
    w.edit("contributors/bo", "name: Bo", "name: Bo Rand")


def change_a_title(w):
    w.edit("posts/other", "title: Other", "title: Another")


def close_a_conversation(w):
    w.edit(f"posts/{w.post}", "---\n", "---\nresponses: closed\n")


def answer_a_question(w):
    name = "posts/asked/index" if w.path("posts/asked/index").exists() else "posts/asked"
    w.edit(name, "---\n", "---\nanswer: one\n")


def write_a_post(w):
    w.text("posts/new-one", title="A new one", author="cy", topics=[w.topic])


def answer_a_post(w):
    w.text("responses/lonely/hello", guest="Mia")


def learn_from_a_conversation(w):
    w.text("posts/learned", title="Learned", author="bo", kind="practice", distilled_from=[w.post, "asked#response-one"])


def take_the_place_of_a_post(w):
    w.text("posts/newer", title="Newer", author="bo")
    w.edit("posts/other", "---\n", "---\nsuperseded-by: newer\n")


def say_a_language(w):
    w.edit(f"responses/{w.post}/two", "---\n", "---\nlanguage: ar\n")


def end_the_changes(w):
    w.edit(f"posts/{w.post}", "---\n", "---\nchanges: none\n")


def give_an_id(w):
    w.text("posts/with-id", title="With id", author="bo", id="https://old.example/?p=12")


def share_more_widely(w):
    w.do("share", "secret", "public", "--agreed-by", "bo", "--agreed-by", w.person)


def share_less(w):
    w.text("posts/too-open", title="Too open", author="bo")
    w.text("responses/too-open/one", guest="Eve")
    w.publish()
    w.removed |= {w.mark("posts/too-open"), w.mark("responses/too-open/one")}
    w.gone |= {"/posts/too-open/", "/posts/too-open/feed.xml"}
    w.do("share", "too-open", "team")
    take_advice(w)


def pin_and_unlist(w):
    w.text("posts/pinned", title="Pinned", author="bo", pinned=True)
    w.text("posts/unlisted", title="Unlisted", author="bo", unlisted=True)


def publish_a_draft(w):
    w.text("posts/begun", title="Begun", author="bo", draft=True)
    w.publish()
    w.edit("posts/begun", "draft: true\n", "")


def reformat(w):
    path = w.path("posts/other")
    path.write_text(path.read_text(encoding="utf-8").replace("Words of", "Words\nof"), encoding="utf-8")


def give_an_old_anchor(w):
    w.edit("responses/asked/one", "---\n", "---\naliases: [comment-7]\n")


def move_the_site(w):
    settings = w.root / "stoa.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(HOST, "https://elsewhere.example"), encoding="utf-8")


ACTS = [
    mend_a_typo, rename_a_post, rename_a_topic, rename_a_person, rename_it_again, sort_a_post_into_a_folder, make_a_bundle_of_a_post,
    rename_a_topic_without_a_file, rename_a_person_without_a_file, rename_a_page, rename_a_response, move_a_response_to_another_post,
    move_a_thread_back_and_forth, merge_topics, merge_people, remove_a_response_that_nobody_answered, remove_a_response_that_was_answered,
    remove_a_post_that_was_answered, remove_a_post_that_nobody_answered, delete_a_post_by_hand, revert_a_flood, erase_a_guest, erase_a_member,
    claim_a_guest_s_response, mend_a_heading, name_a_heading, change_a_date, change_a_name, change_a_title,
    close_a_conversation, answer_a_question, write_a_post, answer_a_post, learn_from_a_conversation, take_the_place_of_a_post, say_a_language,
    end_the_changes, give_an_id, share_more_widely, share_less, pin_and_unlist, publish_a_draft, reformat, give_an_old_anchor, move_the_site,
]
# The short sequence has an edit of each kind: rename, move, merge, remove, erase, share.
SHORT = [rename_a_post, move_a_thread_back_and_forth, merge_topics, remove_a_response_that_was_answered, erase_a_member, share_more_widely, share_less]


@pytest.mark.parametrize("hashistory", [True, False], ids=["history", "without"])
@pytest.mark.parametrize("names", NAMES if STEPS > len(SHORT) else ["chinese"])
def test_a_walk(stoa, tmp_path, names, hashistory):
    if STEPS <= len(SHORT) and not hashistory:
        pytest.skip("make trust walks without a history, too")
    walk = Walk(stoa, tmp_path / "notes", NAMES[names], hashistory)
    walk.look()
    for act in (ACTS if STEPS > len(SHORT) else SHORT)[:STEPS]:
        act(walk)
        try:
            walk.look()
        except AssertionError as error:
            raise AssertionError(f"after {act.__name__}: {error}") from error

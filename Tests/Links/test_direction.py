"""Names and titles that change the direction of text have no effect outside of themselves."""

import json
import re
import xml.etree.ElementTree

import html5lib
import pytest

from conftest import run

OPENINGS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
TITLES = ["Rope \u202e", "\u2067Rope", "Ro\u202cpe\u2069", "\u2066\u202bRo\u2069pe\u202d", "\u200fRope\u061c", "\u202eRope"]


def open_levels(text):
    """The controls that are open at the end, by Unicode Standard Annex 9; a closing character without an opening one counts,
    too."""
    levels = []
    for character in text:
        if character in OPENINGS:
            levels.append(character)
        elif character == "\u202c":
            if not levels or levels[-1] in "\u2066\u2067\u2068":
                return [character]
            levels.pop()
        elif character == "\u2069":
            while levels and levels[-1] not in "\u2066\u2067\u2068":
                levels.pop()
            if not levels:
                return [character]
            levels.pop()
    return levels


@pytest.fixture(scope="module")
def site(stoa, tmp_path_factory):
    folder = tmp_path_factory.mktemp("direction")
    (folder / "content/posts").mkdir(parents=True)
    (folder / "stoa.yml").write_text(f"title: {json.dumps('Stoa ' + TITLES[0])}\nurl: https://stoa.example\nhistory: none\n")
    for number, title in enumerate(TITLES):
        name = title.replace("Ro", f"Maren{number}")
        (folder / f"content/posts/p{number}.md").write_text(
            f"---\ntitle: {json.dumps(title)}\nauthor: {json.dumps(name)}\ndate: 2026-03-0{number + 1}\n"
            f"summary: {json.dumps(title)}\ntopics: {json.dumps([name])}\n---\n\n## {title}\n\n[[p{(number + 1) % 6}]], @nobody.\n")
        thread = folder / f"content/responses/p{number}"
        thread.mkdir(parents=True)
        (thread / "1.md").write_text(f"---\nguest: {json.dumps(name)}\ndate: 2026-03-09\n---\n\nSee [[p{(number + 2) % 6}]].\n")
        (thread / "2.md").write_text(f"---\nguest: Ada\nreply-to: '1'\ndate: 2026-03-09\nremoved: {json.dumps(title)}\n---\n")
    run(stoa, "build", "--source", folder, "--quiet")
    return folder / "site"


def test_pages_close_what_each_field_opens(site):
    looked = 0
    for page in site.rglob("*.html"):
        for element in html5lib.parse(page.read_text(), namespaceHTMLElements=False).iter():
            # A heading of a text is a block of its own, which ends all open controls.
            if element.tag in ("script", "style", "h2"):
                continue
            texts = [element.text or "", element.tail or "", *element.attrib.values()]
            for text in texts:
                assert open_levels(text) == [], f"{page}: {element.tag} {text!r}"
                looked += any(character in text for character in OPENINGS)
    assert looked > 100


def test_feeds_close_what_each_field_opens(site):
    looked = 0
    for feed in site.rglob("*.xml"):
        for element in xml.etree.ElementTree.parse(feed).iter():
            if element.tag.split("}")[-1] not in ("title", "name", "subtitle", "summary"):
                continue
            assert open_levels(element.text or "") == [], f"{feed}: {element.text!r}"
            looked += any(character in (element.text or "") for character in OPENINGS)
    items = json.loads((site / "feed.json").read_text())
    for item in items["items"]:
        for text in [item["title"], item.get("summary", ""), *(author["name"] for author in item["authors"])]:
            assert open_levels(text) == []
    assert open_levels(items["title"]) == []
    assert looked > 20


def test_lists_on_a_terminal_show_the_characters_instead(stoa, site):
    printed = run(stoa, "list", "guests", "--source", site.parent).stdout
    assert "\\u{202e}" in printed
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", printed)

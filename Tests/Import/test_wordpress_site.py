"""WordPress's own test export, imported and built: the content for readers, from the HTML and in a browser."""

import json
import re
import xml.etree.ElementTree as ElementTree

import html5lib
import pytest
from Browser.site_server import SiteServer
from conftest import run

WP = "{https://wordpress.org/export/1.2/}"


@pytest.fixture(scope="module")
def export(shared):
    return shared / "wordpress" / "themeunittestdata.wordpress.xml"


@pytest.fixture(scope="module")
def imported(stoa, export, tmp_path_factory):
    """A community with audiences, so that private items can be imported; its report, and its public site."""
    folder = tmp_path_factory.mktemp("wordpress")
    (folder / "stoa.yml").write_text("title: Moved\nurl: https://moved.example\naudiences: [team, public]\n")
    run(stoa, "import", "wordpress", export, "--into", folder, "--report", folder / "report.json")
    run(stoa, "build", "--source", folder)
    return folder


@pytest.fixture(scope="module")
def pages(imported):
    """Every page of the public site as a tree, by its path."""
    site = imported / "site"
    return {
        str(file.relative_to(site)): html5lib.parse(file.read_text(), namespaceHTMLElements=False)
        for file in sorted(site.rglob("*.html"))
    }


def responses(tree):
    """The responses of a page with their depth, by id."""
    found = {}

    def walk(element, depth):
        depth += element.tag == "li" and "u-comment" in (element.get("class") or "").split()
        name = element.get("id") or ""
        if re.fullmatch(r"response-comment-\d+", name):
            found[name] = depth
        for child in element:
            walk(child, depth)

    walk(tree, 0)
    return found


def items(export):
    return ElementTree.parse(export).getroot().iter("item")


def test_every_comment_is_accounted_for(imported):
    report = json.loads((imported / "report.json").read_text())
    assert report["counts"]["comment"] == {"found": 33, "imported": 30, "merged": 0, "left-out": 3}


def test_mentions_stand_apart(pages):
    tree = pages["posts/template-pingbacks-an-trackbacks/index.html"]
    mentions = [element for element in tree.iter() if "u-mention" in (element.get("class") or "").split()]
    assert len(mentions) == 4
    depths = responses(tree)
    assert all(depths[element.get("id")] == 0 for element in mentions), "they are in no thread"


def test_approved_comments_are_on_the_pages_and_pending_ones_are_not(pages, export):
    shown = {name.rsplit("-", 1)[1] for tree in pages.values() for name in responses(tree)}
    approved, others = set(), set()
    for item in items(export):
        is_public = item.findtext(f"{WP}status") == "publish" and not item.findtext(f"{WP}post_password")
        for comment in item.iter(f"{WP}comment"):
            is_approved = comment.findtext(f"{WP}comment_approved") == "1"
            (approved if is_approved and is_public else others).add(comment.findtext(f"{WP}comment_id"))
    assert approved <= shown
    assert not others & shown
    assert len(others) == 4, "three wait for approval, one answers a protected post"


def test_ten_deep_is_ten_deep(pages):
    depths = responses(pages["posts/template-comments/index.html"])
    assert max(depths.values()) == 10


def test_nothing_that_was_not_public_is_on_the_public_site(imported, pages, export):
    everything = {
        file: file.read_text(errors="replace") for file in (imported / "site").rglob("*") if file.is_file()
    }
    public, hidden = set(), set()
    for item in items(export):
        if item.findtext(f"{WP}post_type") not in ("post", "page"):
            continue
        is_public = item.findtext(f"{WP}status") == "publish" and not item.findtext(f"{WP}post_password")
        (public if is_public else hidden).add((item.findtext("title") or "").strip())
    hidden -= public | {""}
    assert len(hidden) >= 3
    for title in hidden:
        for file, text in everything.items():
            assert title not in text, f"{title} is in {file}"


def test_the_deep_chain_can_be_read_in_a_browser(imported, browser):
    with SiteServer(imported / "site") as server:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(server.url("/posts/template-comments/"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        widths = page.eval_on_selector_all(
            "article.response", "all => all.map(one => one.getBoundingClientRect().width)"
        )
        assert len(widths) >= 10 and min(widths) > 200
        page.close()

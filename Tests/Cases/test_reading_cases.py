"""Cases about what readers see in a conversation: old anchors, removed content, and very long threads."""

import os
import shutil
import subprocess
import sys

import lxml.html
import pytest

from Browser.conftest import new_page  # noqa: F401
from Browser.site_server import SiteServer
from conftest import run


@pytest.fixture
def built(stoa, shared, tmp_path):
    def build(name):
        source = tmp_path / name
        shutil.copytree(shared / "cases" / name, source)
        for folder, _, _ in os.walk(source):
            os.chmod(folder, 0o755)
        run(stoa, "build", "--source", source, "--base-url", "https://case.example")
        return source / "site"

    return build


def test_an_old_anchor_stands_out_like_any_other(built, new_page):  # noqa: F811
    with SiteServer(built("old-anchor")) as server:
        page = new_page(reduced_motion="reduce")
        colours = []
        for fragment in ("response-one", "comment-12", ""):
            page.goto("about:blank")
            page.goto(server.url(f"/posts/hello/#{fragment}"))
            colours.append(page.eval_on_selector("#response-one", "one => getComputedStyle(one).backgroundColor"))
    assert colours[0] == colours[1] != colours[2]


def test_a_tombstone_is_named_for_what_it_is(built):
    page = lxml.html.parse(built("tombstone") / "posts/hello/index.html")
    links = [link.text_content() for link in page.xpath("//a[contains(@class, 'reply-link')]")]
    assert "in reply to a response that was taken away" in links
    for comment in page.xpath("//*[@itemtype='https://schema.org/Comment']"):
        person = comment.xpath("./article//*[@itemprop='author'][@itemtype='https://schema.org/Person']")
        assert len(person) == 1 and person[0].xpath("string(.//*[@itemprop='name'])")
    removed = page.xpath("//article[contains(@class, 'tombstone')]//*[@itemprop='author']")[0]
    assert removed.xpath(".//*[@itemprop='url']") == []


def test_permalinks_into_a_very_long_thread_land(stoa, shared, tmp_path, new_page):  # noqa: F811
    size = 3_000 if "STOA_LONG" in os.environ else 400
    source = tmp_path / "long"
    subprocess.run([sys.executable, shared / "cases/long-thread/gen.py", str(size), source], check=True)
    run(stoa, "build", "--source", source, "--base-url", "https://case.example")
    address = next((source / "site/posts").glob("*/index.html")).parent.name
    with SiteServer(source / "site") as server:
        page = new_page()
        page.goto(server.url(f"/posts/{address}/"))
        ids = page.locator(".response").evaluate_all("all => all.map(one => one.id)")
        for place in (size // 3, size // 2, 5):
            page.goto(server.url(f"/posts/{address}/#{ids[place]}"))
            page.wait_for_timeout(200)
            top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", ids[place])
            assert 0 <= top < 60, place

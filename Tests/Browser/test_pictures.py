"""Drawings that the build makes, and images of posts: the map of topics, the archive's bars, covers, dark versions."""

import base64

import pytest

from Browser.site_server import SiteServer
from Browser.stress_site import write
from conftest import run

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_the_map_says_what_the_list_says(example, new_page):
    page = new_page()
    page.goto(example.url("/topics/"))
    drawn = page.locator(".map a").evaluate_all("all => all.map(one => one.getAttribute('href')).sort()")
    listed = page.locator(".topic-tree :is(h2, h3) a").evaluate_all("all => all.map(one => one.getAttribute('href')).sort()")
    assert drawn == listed and len(drawn) <= 40
    # Labels do not overlap, and lines connect close topics.
    boxes = page.locator(".map rect").evaluate_all("""all => all.map(one => {
        const box = one.getBoundingClientRect()
        return [box.left, box.top, box.right, box.bottom]
    })""")
    for place, one in enumerate(boxes):
        for other in boxes[place + 1:]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    words = page.locator(".map a").evaluate_all("""all => all.map(one => {
        const [text, rect] = ['text', 'rect'].map(name => one.querySelector(name).getBoundingClientRect())
        return rect.width - text.width
    })""")
    assert min(words) > 0
    assert page.locator(".map line").count() > 0
    page.locator(".map a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/*/")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_keeps_its_letters_large_enough(width, example, new_page):
    page = new_page(width=width)
    page.goto(example.url("/topics/"))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".map text").first.bounding_box()["height"] > 11


def test_the_archive_begins_with_bars(example, new_page):
    page = new_page()
    page.goto(example.url("/archive/"))
    bars = page.locator(".bars rect:not(.begun)").evaluate_all("all => all.map(one => +one.getAttribute('height'))")
    begun = page.locator(".bars rect.begun").evaluate_all("all => all.map(one => +one.getAttribute('height'))")
    assert len(bars) == len(begun) > 2 and max(bars) == 96 and all(part <= whole for part, whole in zip(begun, bars))
    page.goto(example.url("/archive/2026/03/"))
    assert page.locator(".bars").count() == 0


@pytest.fixture(scope="module")
def pictured(stoa, tmp_path_factory):
    source = tmp_path_factory.mktemp("pictured")
    (source / "stoa.yml").write_text("title: Pictured\nurl: https://pictured.example\ntimezone: UTC\nhistory: none\n")
    write(source, "posts/p/index.md", {"title": "P", "author": "Ann", "date": "2026-01-01", "image": "c.png"}, "![A drawing.](p.png) and ![another](q.png)")
    write(source, "posts/own/index.md", {"title": "Own", "author": "Ann", "date": "2026-01-02", "image": "c.png"}, "![Its cover.](c.png)")
    for name in ("p/p.png", "p/p.dark.png", "p/q.png", "p/c.png", "own/c.png"):
        (source / "content/posts" / name).write_bytes(PNG)
    run(stoa, "build", "--source", source)
    with SiteServer(source / "site") as server:
        yield server


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dark_page_has_the_dark_picture(scheme, pictured, new_page):
    page = new_page(color_scheme=scheme)
    page.goto(pictured.url("/posts/p/"))
    shown = lambda place: page.locator(".prose img").nth(place).evaluate("image => image.currentSrc.split('/').pop()")
    page.wait_for_function("[...document.querySelectorAll('.prose img')].every(image => image.complete)")
    dark, light = "p.dark.png", "p.png"
    assert shown(0) == (dark if scheme == "dark" else light) and shown(1) == "q.png"
    # The switch for the colour scheme counts, too.
    page.click(".switch")
    page.wait_for_function("name => document.querySelector('.prose img').currentSrc.endsWith('/' + name)", arg=light if scheme == "dark" else dark)
    page.click(".switch")
    page.wait_for_function("name => document.querySelector('.prose img').currentSrc.endsWith('/' + name)", arg=dark if scheme == "dark" else light)


def test_a_cover_stands_above_the_text_and_in_lists(pictured, new_page):
    page = new_page()
    page.goto(pictured.url("/posts/p/"))
    assert page.locator(".head .cover").get_attribute("src") == "/posts/p/c.png"
    # The image is not shown twice.
    page.goto(pictured.url("/posts/own/"))
    assert page.locator(".head .cover").count() == 0
    page.goto(pictured.url("/posts/"))
    assert page.locator(".item .cover").count() == 2

"""A guide: each of its pages lists all of them, beside the text if there is room, otherwise below it."""

from playwright.sync_api import expect

from Browser.test_accessibility import OPTIONS, problems
from axe_playwright_python.sync_playwright import Axe

PAGE = "/posts/responding/"


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_the_path_stands_beside_the_text_and_marks_this_page(example, new_page):
    page = new_page(width=1440)
    page.goto(example.url(PAGE))
    guide, text = box(page, ".guide"), box(page, ".text")
    assert guide["x"] + guide["width"] <= text["x"] and guide["y"] < 200
    current = page.locator(".guide a[aria-current=page]")
    expect(current).to_have_text(page.locator("h1").inner_text())
    assert page.locator(".guide h3").count() >= 4
    contents = box(page, ".contents")
    assert contents["x"] >= text["x"] + text["width"]


def test_nothing_overlaps_at_any_width(example, new_page):
    page = new_page()
    page.goto(example.url(PAGE))
    for width in [320, 390, 768, 959, 960, 1100, 1279, 1280, 1920]:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        guide, text = box(page, ".guide"), box(page, ".text")
        assert guide["x"] + guide["width"] <= text["x"] or guide["y"] >= text["y"] + text["height"], width


def test_where_it_is_narrow_a_link_leads_to_the_path(example, new_page):
    page = new_page(width=390)
    page.goto(example.url(PAGE))
    assert box(page, ".guide")["y"] > box(page, ".responses")["y"]
    page.locator(".to-guide a").click()
    expect(page.locator(".guide h2")).to_be_in_viewport()


def test_a_page_says_who_wrote_it_below_and_not_how_old_it_is(example, new_page):
    page = new_page()
    page.goto(example.url(PAGE))
    assert page.locator("time.dt-published:visible").count() == 0 or page.locator(".responses time.dt-published:visible").count()
    assert page.locator(".head time, .head .byline, .neighbours").count() == 0
    assert box(page, ".text > .byline")["y"] > box(page, ".text > .prose")["y"]
    expect(page.locator(".text > .foot")).to_contain_text("Last changed 24 April 2026")
    # The data for machines in a post's page is complete.
    assert page.locator(".h-entry > .text time.dt-published").get_attribute("datetime") == "2026-01-14"


def test_from_right_to_left_the_path_stands_right_of_the_text(right_to_left, new_page):
    page = new_page(width=1440)
    page.goto(right_to_left.url(PAGE))
    guide, text = box(page, ".guide"), box(page, ".text")
    assert guide["x"] >= text["x"] + text["width"]


def test_paper_shows_the_text_alone(example, new_page):
    page = new_page()
    page.goto(example.url(PAGE))
    page.emulate_media(media="print")
    assert not page.locator(".guide").is_visible() and not page.locator(".to-guide").is_visible()
    assert page.locator(".text .prose").is_visible()


def test_axe_finds_nothing_where_it_stands_beside_two_columns(example, new_page):
    page = new_page(width=1440)
    page.goto(example.url(PAGE))
    assert problems(Axe().run(page, options=OPTIONS).response) == []


def test_a_search_from_the_guide_finds_its_pages_first(example, new_page):
    page = new_page(width=1440)
    page.goto(example.url(PAGE))
    page.locator(".find input[name=q]").fill("response")
    page.keyboard.press("Enter")
    first = page.locator("#results > li > h2 a").first
    first.wait_for()
    assert "first=Guide" in page.url
    guide = page.request.get(example.url("/topics/guide/")).text()
    addresses = [link.get_attribute("href") for link in page.locator("#results > li > h2 a").all()]
    assert len(addresses) > 3 and all(f'href="{address}"' in guide for address in addresses[:3])

"""The preview of a link's target while the pointer is on the link, and the keys that move through a thread."""

import pytest
from playwright.sync_api import expect

from Browser.page_kinds import PAGE_KINDS

CONVERSATION = PAGE_KINDS["conversation"]
# A page with links to others in its text.
LINKING = PAGE_KINDS["page of a guide"]


def open_page(example, new_page, address=CONVERSATION, **options):
    page = new_page(**options)
    page.goto(example.url(address))
    return page


def inner_link(page):
    """A link to another conversation, and the conversation's title."""
    link = page.locator("main .prose a[href^='/posts/']:not([href*='#'])").first
    link.scroll_into_view_if_needed()
    return link


def title_at(example, new_page, address):
    return open_page(example, new_page, address).locator("main h1").inner_text()


def test_a_link_that_the_pointer_rests_on_says_where_it_leads(example, new_page):
    page = open_page(example, new_page, LINKING)
    link = inner_link(page)
    title = title_at(example, new_page, link.get_attribute("href"))
    link.hover()
    glimpse = page.get_by_role("tooltip")
    expect(glimpse.locator("strong")).to_have_text(title)
    expect(glimpse.locator("p")).not_to_be_empty()
    expect(link).to_have_attribute("aria-describedby", "glimpse")
    # The pointer can move onto it, and Escape closes it.
    glimpse.hover()
    expect(glimpse).to_be_visible()
    page.keyboard.press("Escape")
    expect(glimpse).to_have_count(0)
    link.hover()
    page.mouse.move(2, 2)
    expect(glimpse).to_have_count(0)


def test_a_link_that_has_the_focus_says_so_too(example, new_page):
    page = open_page(example, new_page, LINKING)
    inner_link(page).focus()
    # A script set the focus; a key press makes it visible.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_a_touch_opens_the_link(example, new_page):
    page = open_page(example, new_page, LINKING, has_touch=True)
    link = inner_link(page)
    address = link.get_attribute("href")
    link.tap()
    page.wait_for_url(f"**{address}")


def test_nothing_but_text_comes_from_the_other_page(example, new_page):
    page = open_page(example, new_page, LINKING)
    link = inner_link(page)
    hostile = (
        "<!doctype html><main><h1>A <img src='/asked.png' onerror='document.title = 1'> title</h1>"
        "<script>document.title = 2</script><div class=prose><p>Words <b onclick=x>here</b> &lt;i&gt;</p></div></main>" + "<p>more</p>" * 9_000
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    title = page.title()
    page.route(f"**{link.get_attribute('href')}", lambda route: route.fulfill(content_type="text/html", body=hostile))
    link.hover()
    glimpse = page.get_by_role("tooltip")
    expect(glimpse.locator("p")).to_have_text("Words here <i>")
    assert glimpse.evaluate("box => [...box.querySelectorAll('*')].map(part => part.localName)") == ["strong", "p"]
    assert page.title() == title and [url for url in asked if "asked.png" in url] == []


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_keys_walk_through_a_thread(example, new_page):
    page = open_page(example, new_page)
    ids = page.locator(".response").evaluate_all("all => all.map(one => one.id)")
    for expected in ids[:3]:
        page.keyboard.press("j")
        assert focused(page) == expected
    page.keyboard.press("k")
    assert focused(page) == ids[1]
    nested = page.locator(".replies .response").first
    parent = nested.evaluate("one => one.closest('.replies').parentElement.querySelector('.response').id")
    while focused(page) != nested.get_attribute("id"):
        page.keyboard.press("j")
    page.keyboard.press("u")
    assert focused(page) == parent
    # In a text field, letters are not shortcuts.
    page.locator("main textarea").first.focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.localName") == "textarea"


def test_a_question_mark_tells_the_keys(example, new_page):
    page = open_page(example, new_page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_the_line_beside_a_thread_folds_it(scripted, example, new_page):
    page = open_page(example, new_page, java_script_enabled=scripted)
    replies = page.locator(".replies").first
    thread = replies.locator("> .thread")
    thread.scroll_into_view_if_needed()
    box = thread.bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    assert thread.is_visible() != scripted

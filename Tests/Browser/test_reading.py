"""A reader's actions on a page: read without scripts, switch between light and dark, fold a thread, follow a link to a
response."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from Browser.page_kinds import PAGE_KINDS

CONVERSATION = PAGE_KINDS["conversation"]
RESPONSE = "response-20260228-s0q3k7xv"


def test_a_quoted_response_stands_in_the_text(example, new_page):
    """On screen and on paper, it is between the paragraphs before and after it."""
    page = new_page()
    page.goto(example.url("/posts/answer-the-hunch-first/"))
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        top, bottom, before, behind, width, column = page.eval_on_selector(
            "figure.quote",
            """one => [...['top', 'bottom'].map(side => one.getBoundingClientRect()[side]),
                one.previousElementSibling.getBoundingClientRect().bottom, one.nextElementSibling.getBoundingClientRect().top,
                one.clientWidth, one.parentElement.clientWidth]""")
        assert before < top < bottom < behind and width <= column, medium


def background(page, selector):
    return page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor")


@pytest.fixture(scope="module")
def both(browser):
    """A page with scripts, and one without."""
    contexts = [browser.new_context(java_script_enabled=scripts) for scripts in (True, False)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", [kind for kind in PAGE_KINDS if kind != "search"])
def test_every_page_can_be_read_without_scripts(kind, example, both):
    with_script, without = both
    for page in (with_script, without):
        page.goto(example.url(PAGE_KINDS[kind]))
    text = without.inner_text("main")
    assert len(text) > 40
    responses = without.locator("main .response .prose")
    assert all(responses.nth(index).is_visible() for index in range(responses.count()))
    # Scripts add forms, and hide nothing that can be read.
    form = "main :is(.reply, .with-script)"
    for page in (with_script, without):
        page.evaluate(f"document.querySelectorAll({form!r}).forEach(part => part.remove())")
    assert without.inner_text("main") == with_script.inner_text("main")


def test_nothing_is_offered_without_scripts_that_needs_them(example, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(example.url(CONVERSATION))
    assert not page.locator(".switch").is_visible()
    assert not page.locator("#reply-name").is_visible()
    page.goto(example.url(PAGE_KINDS["search"]))
    assert not page.locator("#search").is_visible()
    assert page.locator("main a[href='/archive/']").is_visible()
    page.goto(example.url(CONVERSATION))
    assert page.locator("#reply-text").input_value().startswith("---\nguest: Your name\n")


@pytest.mark.parametrize("system, other", [("light", "dark"), ("dark", "light")])
def test_the_switch_between_light_and_dark_is_remembered(system, other, example, new_page):
    page = new_page(color_scheme=system)
    page.goto(example.url("/"))
    before = background(page, "html")
    page.click(".switch")
    after = background(page, "html")
    assert after != before
    page.goto(example.url(CONVERSATION))
    assert background(page, "html") == after
    assert page.get_attribute(".switch", "aria-pressed") == str(other == "dark").lower()
    page.emulate_media(color_scheme=other)
    page.reload()
    assert background(page, "html") == after
    page.click(".switch")
    assert background(page, "html") == before
    # When the next press would choose the system's scheme, the switch returns to automatic.
    page.click(".switch")
    assert page.evaluate("localStorage.length") == 0
    page.emulate_media(color_scheme=system)
    assert background(page, "html") == before


def test_a_subtree_folds_without_scripts(example, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(example.url(CONVERSATION))
    reply = page.locator(f"#{RESPONSE} .prose")
    assert reply.is_visible()
    page.locator("details.replies > summary").first.click()
    assert not reply.is_visible()


def test_the_linked_response_is_in_view_and_stands_out(example, new_page):
    page = new_page()
    page.goto(example.url(f"{CONVERSATION}#{RESPONSE}"))
    assert page.evaluate(f"document.getElementById('{RESPONSE}').getBoundingClientRect().top") == pytest.approx(24, abs=30)
    others = ".response:not(:target)"
    assert background(page, f"#{RESPONSE}") not in ("rgba(0, 0, 0, 0)", background(page, others))


def test_a_link_to_a_folded_response_unfolds_it(example, new_page):
    page = new_page()
    page.goto(example.url(CONVERSATION))
    page.locator("details.replies > summary").first.click()
    page.evaluate(f"location.hash = '{RESPONSE}'")
    expect(page.locator(f"#{RESPONSE} .prose")).to_be_visible()


@pytest.mark.parametrize("selector, fragment", [
    (f"#{RESPONSE} a.copy", RESPONSE),
    ("#what-sociologists-say-in-one-paragraph > a.anchor", "what-sociologists-say-in-one-paragraph"),
])
def test_links_to_responses_and_headings_are_copied(selector, fragment, example, new_page):
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=example.origin)
    page.goto(example.url(CONVERSATION))
    page.locator(selector).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == example.url(f"{CONVERSATION}#{fragment}")
    assert page.url.endswith(f"#{fragment}")


def test_old_addresses_send_on_and_keep_the_fragment(example, new_page):
    page = new_page()
    page.goto(example.url("/2026/quiet-experts/#responses"))
    page.wait_for_url(re.compile(r"/posts/where-do-quiet-experts-speak/#responses$"))
    page = new_page(java_script_enabled=False)
    page.goto(example.url("/2026/quiet-experts/"))
    page.wait_for_url(re.compile(r"/posts/where-do-quiet-experts-speak/$"))


def test_a_missing_address_leads_on(example, new_page):
    page = new_page()
    assert page.goto(example.url("/posts/nothing-here/")).status == 404
    page.get_by_role("link", name="Topics").last.click()
    page.wait_for_url("**/topics/")


def test_print_shows_the_text_and_folded_replies_alone(example, new_page):
    page = new_page()
    page.goto(example.url(CONVERSATION))
    page.locator("details.replies > summary").first.click()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(f"#{RESPONSE} .prose").is_visible()
    for gone in (".masthead", ".rail", ".reply", ".colophon", ".actions"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.pdf()[:5] == b"%PDF-"


def test_what_stands_beside_the_text_never_covers_what_stands_beside_the_responses(example, new_page):
    page = new_page(height=600)
    page.goto(example.url(PAGE_KINDS["reference"]))
    box = "selector => { const box = document.querySelector(selector).getBoundingClientRect(); return [box.top, box.bottom] }"
    page.evaluate("scrollTo(0, 900)")
    assert page.evaluate(box, ".contents > div")[0] >= 0
    height = page.evaluate("document.body.scrollHeight")
    for top in range(0, height, 150):
        page.evaluate("top => scrollTo(0, top)", top)
        assert page.evaluate(box, ".contents > div")[1] <= page.evaluate(box, ".rail")[0]


def test_what_to_do_next_stands_where_readers_look_for_it(example, new_page):
    page = new_page(width=390)
    page.goto(example.url("/practices/"))
    assert page.locator(".replaced a").get_attribute("href") == "/posts/answer-the-hunch-first/"
    page.goto(example.url("/questions/"))
    address = urllib.parse.urlsplit(page.get_by_role("link", name="Ask a question").get_attribute("href"))
    assert "\nkind: question\n---\n" in urllib.parse.parse_qs(address.query)["value"][0]
    for kind in ("topic", "contributor"):
        page.goto(example.url(PAGE_KINDS[kind]))
        feed = page.locator(f"main a[href='{PAGE_KINDS[kind]}feed.xml']").bounding_box()
        assert feed["y"] < page.locator("main section").first.bounding_box()["y"]
    page.goto(example.url(CONVERSATION))
    page.locator(".through").get_by_role("link", name="Leave a reply").click()
    assert page.locator("#reply").evaluate("one => Math.abs(one.getBoundingClientRect().top)") < 100

"""Content that is too long, too deep or too wide stays readable; test_policy checks that nothing scrolls sideways."""

import re

import lxml.html

from Browser.stress_site import LONG_TITLE


def test_sixty_levels_of_replies_stay_readable_on_a_phone(stress, new_page):
    page = new_page(width=320, height=700)
    page.goto(stress.url("/posts/deep/"))
    widths = page.eval_on_selector_all(".response .prose", "all => all.map(one => one.getBoundingClientRect().width)")
    assert len(widths) == 60
    assert min(widths) > 230
    # Responses beyond the last indentation name what they answer.
    assert page.locator("#response-d59 .reply-link").is_visible()
    assert page.locator("#response-d59 .reply-link").inner_text() == "in reply to Guest 2"
    assert page.locator("#response-d1 .reply-link").is_visible()
    assert page.locator(".flat-note").count() == 1


def test_replies_beside_a_rail_stay_readable_too(stress, new_page):
    page = new_page()
    page.goto(stress.url("/posts/deep/"))
    widths = page.eval_on_selector_all(".response .prose", "all => all.map(one => one.getBoundingClientRect().width)")
    assert min(widths) > 380


def test_a_long_thread_is_on_one_page(stress, new_page):
    page = new_page()
    page.goto(stress.url("/posts/many/#response-r576"))
    assert page.locator(".response").count() == 577
    assert page.inner_text("#responses-title").startswith("577 Responses")
    # Parts that the browser has not drawn yet do not move a permalink's target.
    for number in (576, 3, 400):
        page.goto(stress.url(f"/posts/many/#response-r{number}"))
        page.wait_for_function(f"document.getElementById('response-r{number}').checkVisibility()")
        top = page.evaluate(f"document.getElementById('response-r{number}').getBoundingClientRect().top")
        assert 0 <= top < 900 if number == 576 else 0 <= top < 60, number


def test_what_is_far_from_the_screen_costs_nothing_to_load(stress, new_page):
    page = new_page()
    page.goto(stress.url("/posts/many/"))
    drawn = "all => all.filter(one => one.checkVisibility({ contentVisibilityAuto: true })).length"
    # The ends of the thread have their heights from the start; of the outline, there is what can be seen.
    assert page.eval_on_selector_all(".response .prose", drawn) < 150
    assert 0 < page.eval_on_selector_all(".outline a", drawn) < 60 < page.locator(".outline a").count()
    # A link of it that gets the focus comes into view, and is drawn with its outline.
    last = page.locator(".outline a").last
    last.focus()
    assert last.evaluate("one => one.checkVisibility({ contentVisibilityAuto: true })")
    # A menu below each response would take a sixth of the time.
    assert page.locator(".response details").count() == 0
    assert page.locator(".response .step[href*='_edit']").count() == 577


def test_a_long_thread_does_not_stand_between_the_keyboard_and_the_form(stress, new_page):
    page = new_page()
    page.goto(stress.url("/posts/many/"))
    place = "(document.activeElement.closest('.response, .reply') ?? document.activeElement).id"

    def go_on(key):
        page.keyboard.press(key)
        return page.evaluate(place)

    first, second = (page.locator(".response").nth(number).get_attribute("id") for number in range(2))
    places = [go_on("Tab")]
    while places[-1] != "reply" and len(places) <= 300:
        places.append(go_on("Tab"))
    assert places[-1] == "reply" and {one for one in places if one.startswith("response-")} == {first}, len(places)
    assert go_on("Shift+Tab") == first
    # Tab continues from the response with the focus.
    assert [go_on(key) for key in ("j", "Tab")] == [second, second]


def test_somebody_with_two_thousand_responses_has_pages(stress, new_page):
    first = "/contributors/prolific-person/"
    seen, next_pages = set(), []
    for number in range(1, 41):
        page = lxml.html.parse(str(stress.file(first if number == 1 else f"{first}page/{number}/"))).getroot()
        assert f"Page {number}" in page.find_class("pager")[0].text_content()
        seen.update(page.xpath("//*[contains(@class, 'recent')]//*[contains(@class, 'line')]//a/@href"))
        next_pages += page.xpath("//*[contains(@class, 'pager')]//a[@rel = 'next']/@href")
    assert len(seen) == 2000
    assert next_pages == [f"{first}page/{number}/" for number in range(2, 41)]
    page = new_page()
    page.goto(stress.url(f"{first}page/38/"))
    for number in (39, 40):
        page.click(".pager [rel=next]")
        page.wait_for_url(f"**/page/{number}/")


def test_a_wide_table_and_wide_code_scroll_by_keys(stress, new_page):
    page = new_page(width=360)
    page.goto(stress.url("/posts/long/"))
    for selector in (".wide", "pre"):
        box = page.locator(f".text {selector}")
        box.focus()
        assert box.evaluate("box => box.scrollWidth > box.clientWidth && box.scrollLeft === 0")
        page.keyboard.press("ArrowRight")
        box.evaluate("box => new Promise(done => box.scrollLeft ? done() : box.addEventListener('scroll', done, { once: true }))")
        assert box.evaluate("box => box.scrollLeft") > 0


def test_a_long_title_is_shown_whole(stress, new_page):
    page = new_page(width=320)
    page.goto(stress.url("/posts/long/"))
    assert re.sub(r"\s+", " ", page.inner_text("h1")) == LONG_TITLE and len(LONG_TITLE) >= 195

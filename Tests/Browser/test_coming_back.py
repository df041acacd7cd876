"""What returning readers see: the last author, waiting conversations, navigation in a long conversation, and new responses."""

import json

import pytest
from playwright.sync_api import expect

from Browser.page_kinds import PAGE_KINDS

CONVERSATION = PAGE_KINDS["conversation"]


def open_page(example, new_page, address, **options):
    page = new_page(**options)
    page.goto(example.url(address))
    return page


@pytest.mark.parametrize("width, height", [(390, 844), (1280, 900)])
def test_the_first_screen_has_the_words_of_three_people(width, height, example, new_page):
    page = open_page(example, new_page, "/", width=width, height=height, java_script_enabled=False)
    names = page.evaluate("""() => [...document.querySelectorAll('.recent li, .last-word')]
        .filter(one => one.getBoundingClientRect().bottom <= innerHeight).map(one => one.querySelector('strong').textContent)""")
    assert len(set(names)) >= 3
    lines = page.locator(".ways li")
    assert lines.count() == 3
    assert "for a first response" in lines.locator("a[href='/waiting/']").inner_text()
    for number in range(3):
        assert page.request.get(example.url(lines.nth(number).locator("a").first.get_attribute("href"))).ok


def test_conversations_stand_in_the_order_of_their_last_word(example, new_page):
    page = open_page(example, new_page, "/")
    last = page.evaluate("""() => [...document.querySelectorAll('[aria-labelledby=latest] .item')]
        .map(item => Math.max(...[...item.querySelectorAll('time')].map(time => Date.parse(time.dateTime))))""")
    assert len(last) == 10 and last == sorted(last, reverse=True)
    addresses = page.locator(".talks h3 a").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) == len(set(addresses))
    word = page.locator("[aria-labelledby=latest] .last-word a").first
    assert word.get_attribute("href").count("#response-") == 1 and word.inner_text()


def test_what_waits_is_marked_in_place_and_has_a_page_with_a_feed(example, new_page):
    page = open_page(example, new_page, "/waiting/")
    assert page.locator(".item").count() == page.locator(".item .waits").count() > 0
    feed = page.locator("main a[href$='/waiting/feed.xml']").get_attribute("href")
    assert page.request.get(example.url(feed)).text().count("<entry") == page.locator(".item").count()
    page.goto(example.url("/follow/"))
    assert page.locator(f"main a[href='{feed}']").count() == 1


def test_a_long_conversation_has_a_way_through_without_a_script(example, new_page):
    page = open_page(example, new_page, CONVERSATION, java_script_enabled=False)
    outline = page.locator(".outline li")
    assert outline.count() == page.locator(".responses > .thread > li").count()
    assert outline.first.locator("a").get_attribute("href") == "#" + page.locator(".response").first.get_attribute("id")
    dates = page.locator(".response .dt-published").evaluate_all("times => times.map(time => Date.parse(time.dateTime))")
    newest = page.locator(".through > a").first.get_attribute("href")
    assert page.locator(f"{newest} .dt-published").evaluate("time => Date.parse(time.dateTime)") == max(dates)
    page.locator(".through summary").click()
    assert page.locator(".through ol a").first.is_visible()
    # Beside the responses, it stays visible.
    page.locator(".response").last.scroll_into_view_if_needed()
    box = page.locator(".outline").bounding_box()
    assert 0 <= box["y"] < 200
    # Each reply links to its parent, and siblings link to each other.
    for reply in page.locator(".replies .response").all():
        parent = reply.evaluate("one => one.closest('.replies').previousElementSibling.id")
        assert reply.locator(".reply-link").get_attribute("href") == f"#{parent}"
    first, second = (page.locator(".responses > .thread > li > .response").nth(number) for number in (0, 1))
    assert first.locator(".step").get_attribute("href") == "#" + second.get_attribute("id")
    assert second.locator(".step").first.get_attribute("href") == "#" + first.get_attribute("id")
    # Single responses have no link that sends to the forge.
    assert not page.get_by_role("link", name="Edit").first.is_visible()
    page.locator(".actions summary").first.click()
    assert page.get_by_role("link", name="Edit").first.is_visible()


def test_what_folds_replies_stands_in_the_row_of_the_response(example, new_page):
    for width in (1280, 390):
        page = open_page(example, new_page, CONVERSATION, width=width)
        rows = page.evaluate("""() => [...document.querySelectorAll('.replies > summary')].map(summary => {
            const [own, row] = [summary, summary.parentElement.previousElementSibling.querySelector('.actions')]
                .map(one => one.getBoundingClientRect())
            return Math.abs(own.bottom - row.bottom)
        })""")
        assert rows and max(rows) < 3


def test_a_script_folds_all_and_turns_the_order(example, new_page):
    page = open_page(example, new_page, CONVERSATION)
    page.get_by_role("button", name="Collapse all").click()
    assert page.locator(".replies[open]").count() == 0
    page.get_by_role("button", name="Expand all").click()
    assert page.locator(".replies:not([open])").count() == 0
    top = ".responses > .thread > li > .response"
    ids = page.locator(top).evaluate_all("all => all.map(one => one.id + one.dataset.number)")
    newest = page.get_by_role("button", name="Newest first")
    newest.click()
    assert page.locator(top).evaluate_all("all => all.map(one => one.id + one.dataset.number)") == ids[::-1]
    expect(newest).to_have_attribute("aria-pressed", "true")
    newest.click()
    assert page.locator(top).evaluate_all("all => all.map(one => one.id + one.dataset.number)") == ids


def kept(page):
    return page.evaluate("Object.fromEntries(Object.entries(localStorage))")


def test_what_is_new_is_marked_for_those_who_ask(example, new_page):
    page = open_page(example, new_page, "/")
    for address in (CONVERSATION, "/topics/"):
        page.goto(example.url(address))
    assert kept(page) == {} and page.locator(".is-news").count() == 0
    page.goto(example.url("/"))
    page.locator(".mark-new").first.click()
    expect(page.get_by_role("status")).to_contain_text("From now on")
    page.reload()
    assert page.locator(".is-news").count() == 0
    (key, value), = kept(page).items()
    assert key == "stoa-seen:/" and json.loads(value)["pages"] == {}
    # As if the last visit had been before most of the conversation.
    seen = {"since": 1772400000000, "pages": {CONVERSATION: 1772400000000}}
    page.evaluate("([key, seen]) => localStorage.setItem(key, JSON.stringify(seen))", [key, seen])
    page.goto(example.url("/posts/"))
    mark = page.locator(f".item:has(h3 a[href='{CONVERSATION}']) .is-news")
    expect(mark).to_have_text("8 new since 1 March")
    page.goto(example.url(CONVERSATION))
    fresh = page.locator(".response .is-news").count()
    jump = page.locator(".byline .is-news")
    expect(jump).to_have_text(f"{fresh} new since 1 March")
    assert jump.get_attribute("href") == "#" + page.locator(".response:has(.is-news)").first.get_attribute("id")
    # Now the reader has seen it.
    page.goto(example.url("/posts/"))
    expect(mark).to_have_count(0)
    page.locator(".mark-new").last.click()
    assert kept(page) == {} and page.locator(".is-news").count() == 0


def select(page, selector):
    page.locator(selector).first.scroll_into_view_if_needed()
    return page.eval_on_selector(selector, """one => {
        getSelection().selectAllChildren(one)
        return getSelection().toString().trim()
    }""")


def test_selected_words_are_quoted_with_their_source(example, new_page):
    page = open_page(example, new_page, CONVERSATION)
    response = page.locator(".response").nth(1).get_attribute("id")
    words = select(page, f"#{response} .prose p")
    page.get_by_role("button", name="Quote", exact=True).click()
    text = page.locator("#reply-text").input_value()
    assert text.startswith("> " + words[:20]) and text.endswith(f"](/posts/weak-ties-at-work/#{response})\n\n")
    expect(page.locator(".reply-target")).to_contain_text("Reply to")
    expect(page.locator("#reply-text")).to_be_focused()
    # The key does the same, and markdown's characters are kept.
    page.eval_on_selector(".text .prose p", "one => { one.textContent = '*Stars* and\\n1. numbers' }")
    select(page, ".text .prose p")
    expect(page.get_by_role("button", name="Quote", exact=True)).to_be_visible()
    page.locator("h1").focus()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("q")
    assert "> \\*Stars\\* and" in page.locator("#reply-text").input_value()
    assert page.locator("#reply-text").input_value().endswith("> — [Weak ties at work](/posts/weak-ties-at-work/)\n\n")


def test_a_link_is_copied_as_a_citation_too(example, new_page):
    page = open_page(example, new_page, CONVERSATION)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=example.origin)
    link = page.locator(".response a.copy").first
    address = page.evaluate("link => link.href", link.element_handle())
    clipboard = lambda: page.evaluate("navigator.clipboard.readText()")
    link.click()
    expect(page.get_by_role("status").last).to_have_text("Copied")
    assert clipboard() == address
    page.get_by_role("button", name="Copy as markdown").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('['))")
    assert clipboard() == f"[Henrik Vasshaug: Weak ties at work]({address}), 27 February 2026, 20:11"
    link.click()
    page.get_by_role("button", name="Copy as text").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('Henrik'))")
    assert clipboard() == f"Henrik Vasshaug: Weak ties at work, 27 February 2026, 20:11. {address}"
    link.click()
    # It is open when the clipboard has the link.
    expect(page.locator(".offer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".offer")).to_have_count(0)


def test_the_form_offers_a_stance_and_says_what_it_takes(example, new_page):
    page = open_page(example, new_page, CONVERSATION)
    form = page.locator(".reply-form")
    assert "account" in form.inner_text()
    page.fill("#reply-name", "Ann")
    page.fill("#reply-text", "Words.")
    page.select_option("#reply-stance", "differs")
    page.route("https://github.com/**", lambda route: route.fulfill(body="", content_type="text/html"))
    with page.expect_request("https://github.com/**") as sent:
        form.locator("button").click()
    assert "stance%3A+differs" in sent.value.url

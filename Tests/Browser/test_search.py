"""The search in a browser: what is typed, what is found, and where a link lands."""

import re
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from Browser.test_accessibility import OPTIONS, problems


@pytest.fixture
def search(example, new_page):
    """A function that opens the search page and waits until it has answered."""

    def search(query="", **options):
        page = new_page(**options)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(example.url(f"/search/{query}"))
        page.wait_for_selector("#search:not([hidden]) select[name=kind] option:nth-child(2)", state="attached")
        if query:
            expect(page.locator("#found")).not_to_be_empty()
        return page

    return search


def titles(page):
    return [link.inner_text() for link in page.query_selector_all("#results > li > h2 a")]


def hits(page):
    """The links into pages, with what stands beside them."""
    return [
        (link.get_attribute("href"), link.inner_text(), link.evaluate("link => link.nextElementSibling.innerText"))
        for link in page.query_selector_all("#results .hits a")
    ]


def wait_for_change(page, act):
    """Acts, and waits until other things are found than before."""
    results = page.locator("#results")
    before = results.inner_text()
    act()
    expect(results).not_to_have_text(before, use_inner_text=True)


def a_response(example):
    """Words of a response, with its address and its author: a word that stands nowhere else."""
    posts = sorted((example.folder / "posts").glob("*/index.html"))
    texts = {post: post.read_text(encoding="utf-8") for post in posts}
    for post, text in texts.items():
        for id, rest in re.findall(r'<article class="response" id="(response-[^"]+)"(.*?)</article>', text, re.DOTALL):
            author = re.search(r'data-pagefind-filter="contributor">([^<]+)', rest)
            body = re.search(r'itemprop="text"[^>]*>\s*<p>([^<]+)</p>', rest)
            for word in re.findall(r"[a-z]{9,}", body[1]) if author and body else []:
                if sum(len(re.findall(word[:7], other, re.IGNORECASE)) for other in texts.values()) == 1:
                    return word, f"/{post.parent.relative_to(example.folder).as_posix()}/#{id}", author[1]
    raise AssertionError("no response says anything of its own")


def test_a_response_is_found_and_its_link_lands_on_it(example, search):
    word, address, author = a_response(example)
    page = search(f"?q={word}")
    found = {href: (name, text) for href, name, text in hits(page)}
    assert address in found, found
    assert found[address][0] == author and word in found[address][1]
    page.click(f'#results a[href="{address}"]')
    page.wait_for_url(f"**{address}")
    assert page.evaluate("document.querySelector(':target').id") == address.split("#")[1]
    # The page scrolls there smoothly.
    expect(page.locator(":target")).to_be_in_viewport()
    assert page.said == []


def test_filters_narrow_what_is_found(search):
    page = search("?q=the")
    everything = titles(page)
    wait_for_change(page, lambda: page.select_option("select[name=topic]", "Guide"))
    assert set(titles(page)) and "topic=Guide" in page.url
    assert titles(page) != everything
    wait_for_change(page, lambda: page.select_option("select[name=topic]", ""))
    wait_for_change(page, lambda: page.select_option("select[name=kind]", "Question"))
    assert titles(page)
    assert all(note.startswith("Question") for note in page.locator("#results > li > .meta").all_inner_texts())


def test_a_contributor_s_own_responses_are_shown(search):
    page = search()
    authors = page.locator("select[name=contributor] option").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
    shown = 0
    for author in authors[:10]:
        page = search(f"?q=people&contributor={urllib.parse.quote(author)}")
        names = [name for href, name, _ in hits(page) if "#response-" in href]
        assert set(names) <= {author}
        shown += len(names)
    assert shown > 3


def test_newest_first(search):
    page = search("?q=the&order=newest")
    dates = page.evaluate(
        """() => [...document.querySelectorAll('#results > li > .meta')].map(note => Date.parse(note.innerText.split(' · ')[1]))"""
    )
    assert len(dates) > 3 and dates == sorted(dates, reverse=True)


def test_the_keyboard_is_enough(example, new_page):
    word, address, _ = a_response(example)
    page = new_page()
    page.goto(example.url("/about/"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('form').role") == "search"
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search/?q={word}")
    page.wait_for_selector("#results a")
    assert page.evaluate("document.activeElement.name") == "q"
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            break
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_typing_a_slash_in_a_field_is_typing(example, new_page):
    page = new_page()
    page.goto(example.url("/search/"))
    page.wait_for_selector("#search:not([hidden])")
    page.keyboard.type("a/b")
    assert page.evaluate("document.querySelector('#search input').value") == "a/b"


def test_the_address_keeps_the_question(search):
    page = search()
    page.fill("#search input", "trust")
    page.wait_for_selector("#results a")
    page.click("#results > li > h2 a")
    page.wait_for_load_state()
    page.go_back()
    page.wait_for_selector("#results a")
    assert page.evaluate("document.querySelector('#search input').value") == "trust"


def test_nothing_found_is_said(search):
    page = search("?q=qwxyzzy")
    assert page.inner_text("#found").lower() == "nothing was found."
    assert titles(page) == []


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "&lt;b&gt; %s \\"])
def test_a_hostile_question_is_only_text(search, query):
    page = search()
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.fill("#search input", query)
    expect(page.locator("#found")).not_to_be_empty()
    assert alerts == [] and page.query_selector("#results img, #results script, #found *") is None


def test_nothing_leaves_the_site_and_the_policy_holds(example, search):
    page = search("?q=trust")
    assert page.asked and all(url.startswith(example.origin) for url in page.asked)
    assert page.said == []


def test_only_the_search_may_run_web_assembly(example, new_page):
    page = new_page()
    probe = """async () => {
      try { await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); return true } catch { return false }
    }"""
    allowed = {}
    for address in ["/", "/search/", "/about/", "/topics/", "/posts/theming/", "/404.html"]:
        page.goto(example.url(address))
        allowed[address] = page.evaluate(probe)
    assert {address for address, runs in allowed.items() if runs} == {"/search/"}


def test_without_script_the_page_says_so_and_leads_on(example, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(example.url("/about/"))
    page.fill(".find input", "trust")
    page.press(".find input", "Enter")
    page.wait_for_url("**/search/?q=trust")
    assert page.is_visible("noscript a[href='/archive/']")
    assert not page.is_visible("#search")


def test_axe_finds_nothing_in_what_was_found(search):
    page = search("?q=trust")
    for width, scheme in [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert problems(Axe().run(page, options=OPTIONS).response) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_a_missing_index_is_said(example, new_page):
    page = new_page()
    page.route("**/search/pagefind/**", lambda route: route.abort())
    page.goto(example.url("/search/?q=trust"))
    expect(page.locator("#found")).not_to_be_empty()
    assert page.inner_text("#found").lower() == "the search did not load."

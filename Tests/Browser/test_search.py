"""The search in a browser: queries, results, and the targets of their links."""

import gzip
import random
import re
import shutil
import unicodedata
import urllib.parse

import pytest
from playwright.sync_api import expect

from Browser.site_server import SiteServer
from Browser.test_accessibility import problems_in
from Search.index_reader import Index
from conftest import ROOT, copy_example, run

MIXED = ROOT / "Tests" / "Search" / "mixed"
QUESTIONS = [line.split("\t") for line in (ROOT / "Tests/Search/questions.txt").read_text().splitlines() if not line.startswith("#")]


@pytest.fixture
def search(example, new_page):
    """A function that opens the search page and waits for its results."""

    def search(query="", **options):
        page = new_page(**options)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(example.url(f"/search/{query}"))
        page.wait_for_selector("#search:not([hidden]) select[name=topic] option:nth-child(2)", state="attached")
        if query:
            expect(page.locator("#found")).not_to_be_empty()
        return page

    return search


def titles(page):
    return [link.inner_text() for link in page.query_selector_all("#results > li > h2 a")]


def hits(page):
    """The links to pages, with their notes."""
    return [
        (link.get_attribute("href"), link.inner_text(), link.evaluate("link => link.parentElement.querySelector('p').innerText"))
        for link in page.query_selector_all("#results .hits a")
    ]


def wait_for_change(page, act):
    """Performs an action, and waits until the results change."""
    results = page.locator("#results")
    before = results.inner_text()
    act()
    expect(results).not_to_have_text(before, use_inner_text=True)


def a_response(example):
    """A word of a response that occurs nowhere else, with the response's address and author."""
    posts = sorted((example.folder / "posts").glob("*/index.html"))
    texts = {post: post.read_text(encoding="utf-8") for post in posts}
    for post, text in texts.items():
        for id, rest in re.findall(r'<article class="response" id="(response-[^"]+)"(.*?)</article>', text, re.DOTALL):
            author = re.search(r'<a class="who[^>]*><span[^>]*>([^<]+)', rest)
            body = re.search(r'itemprop="text"[^>]*>\s*<p>([^<]+)</p>', rest)
            for word in re.findall(r"[a-z]{9,}", body[1]) if author and body else []:
                if sum(len(re.findall(word[:7], other, re.IGNORECASE)) for other in texts.values()) == 1:
                    return word, f"/{post.parent.relative_to(example.folder).as_posix()}/#{id}", author[1]
    raise AssertionError("no response says anything of its own")


def test_a_response_is_found_and_its_link_lands_on_it(example, search):
    word, address, author = a_response(example)
    page = search(f"?q={word}", reduced_motion="no-preference")
    expect(page.locator("#results mark").first).to_be_visible()
    found = {href: (name, text) for href, name, text in hits(page)}
    assert address in found, found
    assert found[address][0] == author and word in found[address][1]
    page.click(f'#results a[href="{address}"]')
    page.wait_for_url(f"**{address}")
    assert page.evaluate("document.querySelector(':target').id") == address.split("#")[1]
    # The page scrolls smoothly to the target.
    expect(page.locator(":target")).to_be_in_viewport()
    assert page.said == []


def test_filters_narrow_what_is_found(search):
    page = search("?q=the")
    everything = titles(page)
    wait_for_change(page, lambda: page.select_option("select[name=topic]", "Guide"))
    assert set(titles(page)) and "topic=Guide" in page.url
    assert titles(page) != everything
    wait_for_change(page, lambda: page.select_option("select[name=topic]", ""))
    wait_for_change(page, lambda: page.select_option("select[name=kind]", "question"))
    assert titles(page)
    assert all(note.startswith("Question ·") for note in page.locator("#results > li > h2 + .meta").all_inner_texts())


def test_a_contributor_s_own_responses_are_shown(example, search):
    page = search()
    authors = page.locator("select[name=contributor] option").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
    shown = 0
    for author in authors[:10]:
        page.goto(example.url(f"/search/?q=people&contributor={urllib.parse.quote(author)}"))
        expect(page.locator("#found")).not_to_be_empty()
        names = [name for href, name, _ in hits(page) if "#response-" in href]
        assert set(names) <= {author}
        shown += len(names)
    assert shown > 3


def test_newest_first(search):
    page = search("?q=people&kind=post&order=newest")
    dates = page.evaluate(
        """() => [...document.querySelectorAll('#results > li > h2 + .meta')].map(note => Date.parse(note.innerText.split(' · ').at(-1)))"""
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


def test_a_word_that_occurs_nowhere_is_named(search):
    page = search("?q=qwxyzzy")
    assert page.inner_text("#found").lower() == "“qwxyzzy” occurs nowhere here. nothing was found."
    assert titles(page) == []
    page = search("?q=wiki qwxyzzy")
    assert page.inner_text("#found").lower().startswith("“qwxyzzy” occurs nowhere here.") and titles(page)


def test_one_slip_is_forgiven_and_said(search):
    page = search("?q=facilitaiton")
    assert "“facilitation”" in page.inner_text("#found").lower() and "Facilitation" in titles(page)


def test_the_beginning_of_a_word_finds_it_while_it_is_typed(search):
    page = search("?q=facilit")
    assert "Facilitation" in titles(page)


def test_no_script_but_the_theme_s_runs(search):
    page = search("?q=trust")
    scripts = page.eval_on_selector_all("script[src]", "all => all.map(one => one.src)")
    assert len(scripts) == 2
    texts = [page.request.get(script).body() for script in scripts]
    assert len(gzip.compress(texts[[".js" in script and "/search." in script for script in scripts].index(True)], 9)) <= 6 * 1024
    assert not any(name in text for text in texts for name in (b"WebAssembly", b"eval(", b"innerHTML"))


def test_a_page_is_read_for_its_sentences_without_what_it_would_load(example, search):
    page = search("?q=trust")
    expect(page.locator("#results mark").first).to_be_visible()
    kinds = [urllib.parse.urlsplit(url).path for url in page.asked]
    assert not [path for path in kinds if path.endswith((".png", ".jpg", ".svg", ".webp")) and "favicon" not in path]


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


def test_no_page_may_run_web_assembly(example, new_page):
    page = new_page()
    probe = """async () => {
      try { await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); return true } catch { return false }
    }"""
    for address in ["/", "/search/", "/posts/theming/"]:
        page.goto(example.url(address))
        assert not page.evaluate(probe), address


def test_the_search_page_has_one_box(search):
    page = search()
    assert [box.is_visible() for box in page.query_selector_all("input[type=search]")].count(True) == 1


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
    assert problems_in(page) == {}
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_a_missing_index_is_said(example, new_page):
    page = new_page()
    page.route("**/search/index/**", lambda route: route.abort())
    page.goto(example.url("/search/?q=trust"))
    expect(page.locator("#found")).not_to_be_empty()
    assert page.inner_text("#found").lower() == "the search did not load."


# ---- Questions, and two readers of one index


@pytest.fixture(scope="module")
def served(stoa, tmp_path_factory):
    """A function that builds and serves a community once."""
    servers = {}

    def serve(name, source):
        if name not in servers:
            site = tmp_path_factory.mktemp(name) / "site"
            run(stoa, "build", "--source", source, "--output", site, "--as-of", "2026-11-01", check=False)
            servers[name] = SiteServer(site).__enter__()
        return servers[name]

    yield serve
    for server in servers.values():
        server.__exit__(None, None, None)


@pytest.fixture(scope="module")
def communities(tmp_path_factory):
    """The folders of the communities that queries are about; None for third-party data that is missing."""
    mixed = tmp_path_factory.mktemp("mixed")
    copy_example(mixed)
    for kind in ("posts", "responses"):
        shutil.copytree(MIXED / kind, mixed / "content" / kind, dirs_exist_ok=True)
    blogs = ROOT.parent / "shared" / "data" / "community"
    return {"example": ROOT, "mixed": mixed, "blogs": blogs if blogs.is_dir() else None}


def shown(page, server, words):
    """The addresses of the shown results, decoded."""
    page.goto(server.url(f"/search/?q={urllib.parse.quote(words)}"))
    expect(page.locator("#found")).not_to_be_empty()
    return [urllib.parse.unquote(link.get_attribute("href")) for link in page.query_selector_all("#results > li > h2 a")]


# The script's results for each query, as the addresses of the first ones, without drawing a page for each.
FOUND = """async questions => {
  const { openIndex } = await import(document.querySelector('script[type=module]').src)
  const index = await openIndex(async name => (await fetch('/search/index/' + name)).text())
  return Promise.all(questions.map(async question => {
    const { results } = await index.search(question, [], false)
    return Promise.all(results.slice(0, 8).map(async ({ group, texts }) => {
      const [[, path], [id]] = [await index.describe(index.first(group)), await index.describe(texts[0])]
      return ['/' + path, texts[0] === index.first(group) ? '' : '#response-' + encodeURIComponent(id)]
    }))
  }))
}"""


def found(page, server, questions):
    """The first results of queries: the path of each page, and the fragment of a response."""
    page.goto(server.url("/search/"))
    return page.evaluate(FOUND, questions)


@pytest.mark.parametrize(("kind", "first", "first_three"), [("one", 36, 40), ("two", 9, 10), ("cjk", 9, 10)])
def test_questions_have_their_right_first_answers(communities, served, new_page, kind, first, first_three):
    questions = [question for question in QUESTIONS if question[0] == kind]
    if any(communities[name] is None for _, name, _, _ in questions):
        pytest.skip("the real data is not there")
    page = new_page()
    answers = []
    for name in dict.fromkeys(name for _, name, _, _ in questions):
        server = served(name, communities[name])
        asked = [(words, address) for _, place, address, words in questions if place == name]
        results = found(page, server, [words for words, _ in asked])
        places = [[urllib.parse.unquote(path) for path, _ in result] for result in results]
        answers += [(words, address, result) for (words, address), result in zip(asked, places)]
        # The page shows them in this order.
        assert shown(page, server, asked[0][0])[:3] == places[0][:3]
    missed = [(words, places[:3]) for words, address, places in answers if address not in places[:1]]
    assert len(answers) == first_three
    assert len(answers) - len(missed) >= first, missed
    assert all(address in places[:3] for _, address, places in answers), missed


def test_the_program_finds_what_the_page_finds(stoa, example, example_site, new_page):
    """The same results in the same order, for words as in the texts, cut off, misspelt, and together."""
    order = random.Random(5)
    words = sorted(word for word in Index(example_site).words if len(word) > 2)
    queries = [" ".join(order.sample(words, count)) for count in (1, 1, 2, 2, 3)]
    queries += [order.choice(words)[:-1], "the wiki", "of and to", "onboaridng trust"]
    # A space after the last word makes it a complete word.
    for query, results in zip(queries, found(new_page(), example, [f"{query} " for query in queries])):
        said = run(stoa, "search", "--source", ROOT, "--limit", "8", query)
        lines = [line.strip() for line in said.stdout.splitlines() if re.match(r"  /\S*$", line)]
        assert lines == [path + fragment for path, fragment in results], query


SCRIPTS = [
    (0x20, 0x7E), (0xC0, 0x24F), (0x300, 0x36F), (0x386, 0x3FF), (0x400, 0x4FF), (0x531, 0x586), (0x5D0, 0x5EA), (0x621, 0x64A),
    (0x905, 0x939), (0x93C, 0x94D), (0xE01, 0xE3A), (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x1E00, 0x1FFC), (0x2010, 0x2027),
    (0x2160, 0x2188), (0x3041, 0x30FE), (0x4E00, 0x4EFF), (0xAC00, 0xAD00), (0xFF10, 0xFF9F), (0x10400, 0x1044F), (0x20000, 0x20020),
]


def test_the_page_takes_texts_apart_as_the_build_does(stoa, tmp_path, new_page):
    """Random text in many scripts: the index and the script find the same words in it."""
    order = random.Random(11)
    kinds = {"Cc", "Cn", "Co", "Cs"}
    texts = []
    for _ in range(120):
        text = ""
        while len(text) < 60:
            low, high = order.choice(SCRIPTS)
            text += "".join(chr(order.randint(low, high)) for _ in range(order.randint(1, 6))) + order.choice(["", "", " ", "\u00ad", "\u200b", "."])
        # Characters of markdown are not words in either.
        text = "".join(letter for letter in text if unicodedata.category(letter) not in kinds and letter not in "\\`*_[]()<>&#!~|:@{}^$=+-/\"'")
        texts.append(text)
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nhistory: none\n")
    body = "\n\n".join(f"x{number}x {text}" for number, text in enumerate(texts))
    (tmp_path / "content/posts/a.md").write_text(f"---\ntitle: T\nauthor: t\ndate: 2026-01-01\n---\n\n{body}\n")
    run(stoa, "build", "--source", tmp_path)
    with SiteServer(tmp_path / "site") as server:
        page = new_page()
        page.goto(server.url("/search/"))
        found = page.evaluate(
            """async () => {
              const { words } = await import(document.querySelector('script[type=module]').src)
              const page = new DOMParser().parseFromString(await (await fetch('/posts/a/')).text(), 'text/html')
              return [...page.querySelectorAll('.prose p')].flatMap(one => words(one.textContent).map(([word]) => word))
            }""")
    index = Index(tmp_path / "site")
    held = index.words_of(len(index.texts) - 1)
    assert len(held) > 1000
    assert set(found) | {"t"} == held | {"t"}, sorted(set(found) ^ held)[:20]

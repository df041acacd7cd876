"""Large letters, small screens, many names and other scripts: everybody can read the same words."""

import pytest

from Browser.page_kinds import PAGE_KINDS
from Browser.site_server import SiteServer
from Browser.stress_site import write
from conftest import run

SETTINGS = "title: The Portico of Many\nurl: https://many.example\nlanguage: en\ntimezone: UTC\nhistory: none\nreply:\n  command: true\n"


@pytest.fixture(scope="module")
def many(stoa, tmp_path_factory):
    """Forty topics, eight authors, posts in other scripts, tasks and headings in responses."""
    source = tmp_path_factory.mktemp("many")
    (source / "stoa.yml").write_text(SETTINGS)
    topics = ", ".join(f"Topic number {number}" for number in range(40))
    authors = ", ".join(f"Person Number{number}" for number in range(8))
    write(source, "posts/all.md", {"title": "All at once", "author": f"[{authors}]", "date": "2026-01-01", "topics": f"[{topics}]"},
          "- [ ] to be *done*\n- [x] done\n\n- [ ] apart\n\n  and more")
    write(source, "responses/all/a.md", {"guest": "Ann", "date": "2026-01-02"}, "# One\n\n### Two\n\n###### Three\n\n## Four")
    write(source, "responses/all/b.md", {"guest": "Ann", "date": "2026-01-03", "removed": "on request"}, "Gone.")
    write(source, "responses/all/c.md", {"guest": "Bo", "date": "2026-01-04", "reply-to": "b"}, "An answer.")
    write(source, "posts/ja.md", {"title": "静かな部屋", "author": "Ann", "date": "2026-01-02", "language": "ja", "topics": "[Rooms]"},
          "これは*大切*です。\n\n> 引用")
    write(source, "responses/ja/a.md", {"guest": "Ann", "date": "2026-01-02"}, "はい。")
    write(source, "posts/he.md", {"title": "חדר שקט", "author": "Ann, Bo", "date": "2026-01-03", "language": "he", "topics": "[Rooms]"}, "שלום.")
    run(stoa, "build", "--source", source, "--output", source / "site")
    with SiteServer(source / "site") as server:
        yield server


@pytest.mark.parametrize("size", [200, 400])
def test_large_letters_need_no_sideways_scrolling(size, example, new_page):
    page = new_page(width=360)
    wide = []
    for kind, address in PAGE_KINDS.items():
        page.goto(example.url(address))
        page.evaluate("size => { document.documentElement.style.fontSize = `${size}%` }", size)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(kind)
    assert wide == []
    # Names break between words, not within them.
    assert page.locator(".brand").evaluate("brand => brand.getBoundingClientRect().height / parseFloat(getComputedStyle(brand).fontSize)") < 4


def test_eight_authors_and_forty_topics_leave_room_for_the_title(many, new_page):
    page = new_page(width=360)
    page.goto(many.url("/posts/all/"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("h1").bounding_box()["y"] < 400
    assert page.locator(".kicker > .p-category").count() == 8
    page.locator("details.kicker summary").click()
    assert page.locator("details.kicker .p-category").count() == 32
    page.goto(many.url("/"))
    assert page.locator(".rail [href^='/topics/'][href$='/']:not(.all)").count() == 12
    assert page.locator(".rail .all").get_attribute("href") == "/topics/"


def test_boxes_of_tasks_have_their_words_as_labels(many, new_page):
    page = new_page()
    page.goto(many.url("/posts/all/"))
    labels = page.locator(".prose input").evaluate_all("all => all.map(one => one.labels[0].textContent.trim())")
    assert labels == ["to be done", "done", "apart"]


def test_headings_in_a_response_leave_no_level_out(many, new_page):
    page = new_page()
    page.goto(many.url("/posts/all/"))
    names = page.locator("#response-a .prose :is(h1, h2, h3, h4, h5, h6)").evaluate_all("all => all.map(one => one.localName)")
    assert names == ["h4", "h5", "h6", "h5"]


def test_what_was_taken_away_is_named_for_what_it_is(many, new_page):
    page = new_page()
    page.goto(many.url("/posts/all/"))
    assert page.locator("#response-c .reply-link").inner_text() == "in reply to a response that was taken away"
    assert page.locator("#response-b [itemprop=author] [itemprop=name]").inner_text() == "Removed"
    assert page.locator("#response-b [itemprop=author] [itemprop=url]").count() == 0


def test_other_scripts_keep_their_ways(many, new_page):
    page = new_page()
    page.goto(many.url("/posts/ja/"))
    style = "(one, name) => getComputedStyle(one)[name]"
    for selector in (".text .prose em", ".text .prose blockquote"):
        assert page.locator(selector).evaluate(style, "fontStyle") == "normal"
    # A response has the language of its post unless it has its own.
    assert page.locator("#response-a .prose").get_attribute("lang") == "ja"
    page.goto(many.url("/posts/he/"))
    for selector in (".kicker", ".byline"):
        box = page.locator(f".head {selector} a").first.bounding_box()
        assert box["x"] > 400, selector
    page.goto(many.url("/"))
    assert page.locator("h3[lang=he]").get_attribute("dir") == "rtl"


def test_guests_stand_below_the_people_by_name(many, new_page):
    page = new_page()
    page.goto(many.url("/contributors/"))
    assert page.locator(".cards li").count() == 10
    assert page.locator(".cards .latest a").count() == 10
    names = page.locator(".guests li strong").all_inner_texts()
    assert names == ["Ann", "Bo"]
    assert page.locator(".guests li").first.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))") == [
        "/posts/ja/#response-a", "/posts/all/#response-a"]


def test_a_page_of_nothing_says_what_comes_next(stoa, tmp_path, new_page):
    write(tmp_path, "pages/about.md", {"title": "About"}, "Us.")
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    run(stoa, "build", "--source", tmp_path)
    lists = ["/", "/posts/", "/topics/", "/contributors/", "/questions/", "/practices/", "/archive/", "/waiting/", "/bridges/"]
    with SiteServer(tmp_path / "site") as server:
        page = new_page()

        def invites(address):
            assert page.goto(server.url(address)).status == 200, address
            nothing = page.locator("main .nothing")
            assert nothing.inner_text().count(".") >= 2 and nothing.locator("a").count() == 1, address
            assert server.url(address) != nothing.locator("a").evaluate("link => link.href"), address

        for address in lists:
            invites(address)
        # A topic and a person without documents have pages, too.
        write(tmp_path, "topics/rooms.md", {"title": "Rooms"}, "Where people meet.")
        write(tmp_path, "contributors/ann.md", {"name": "Ann"}, "Says nothing yet.")
        run(stoa, "build", "--source", tmp_path)
        for address in ("/topics/rooms/", "/contributors/ann/"):
            invites(address)

"""Pages that are loaded with the site's own headers make no requests, scroll only down, and do not move.

The test visits one page of each kind, the pages with content that is too long, and as many others as are needed to see every
element and class: the example's pages at two widths, others loaded narrow and then widened; with `STOA_LONG`, every page,
loaded at both widths.
"""

import os
import struct
import zlib

import pytest

from Browser.page_kinds import PAGE_KINDS, in_views
from Browser.site_server import SiteServer
from conftest import run

LONG = "STOA_LONG" in os.environ
WIDTHS = [320, 1280]

# Pages of the stress site.
TOO_LONG = [
    "/posts/long/", "/posts/unbroken/", "/posts/many/", "/posts/deep/", "/contributors/prolific-person/",
    "/contributors/prolific-person/page/40/", "/posts/p1/",
]

# Counts what moved after it was drawn; shifts within half a second of an input would not count, and there is none.
# The page is drawn once it has been read to its end: on a busy machine a browser draws what it has read so far, and the
# paragraph that it was in breaks its lines anew, whatever the page does.
WATCH_LAYOUT = """
  const undrawn = new CSSStyleSheet()
  undrawn.replaceSync('html { display: none }')
  document.adoptedStyleSheets = [undrawn]
  document.addEventListener('readystatechange', () => { document.adoptedStyleSheets = [] }, { once: true })
  window.layoutShift = 0
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.layoutShift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
"""


# Scrolls to the end of the page, waits until it is drawn, and returns the page's width, elements that are too wide, and the
# layout shift.
MEASURE = """() => new Promise(done => {
  scrollTo(0, document.body.scrollHeight)
  requestAnimationFrame(() => requestAnimationFrame(() => done({
    width: document.scrollingElement.scrollWidth, shift: window.layoutShift,
    wide: document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter(element => {
      const box = element.getBoundingClientRect()
      return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !element.closest('pre, table, .skip')
    }).slice(0, 3).map(element => element.outerHTML.slice(0, 120)) })))
})"""


def visit_all(browser, server, width, widths):
    """Loads every page at a width, scrolls to its end, and measures its width at others; returns one record for each."""
    # Without smooth scrolling, which takes a second for each page.
    context = browser.new_context(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    context.add_init_script(WATCH_LAYOUT)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    context.on("request", lambda request: asked.append(request.url))
    visits = []
    for address in server.pages() if LONG else server.various_pages(*PAGE_KINDS.values(), *TOO_LONG):
        said.clear(), asked.clear()
        # A host returns this page with status 404, which the browser itself reports.
        response = page.goto(server.url(address))
        if response.status == 404:
            said.clear()
        seen = page.evaluate(MEASURE)
        wide = {}
        for other in widths:
            page.set_viewport_size({"width": other, "height": 700})
            measured = page.evaluate(MEASURE) if other != width else seen
            if measured["width"] > other:
                wide[other] = measured["width"], measured["wide"]
        page.set_viewport_size({"width": width, "height": 700})
        visits.append({
            "address": address, "said": list(said), "asked": list(asked), "wide": wide, "shift": seen["shift"],
            "policy": response.headers.get("content-security-policy", ""),
        })
    cookies = context.cookies()
    context.close()
    return visits, cookies


@pytest.fixture(scope="module", params=[
    (site, width) for site in ("example", "right_to_left", "stress") for width in (WIDTHS if LONG or site == "example" else WIDTHS[:1])
], ids=lambda param: f"{param[0]}-{param[1]}")
def visits(request, browser):
    site, width = request.param
    server = request.getfixturevalue(site)
    records, cookies = visit_all(browser, server, width, [width] if LONG or site == "example" else WIDTHS)
    assert len(records) > 10
    return server, records, cookies


def test_every_page_has_the_policy_and_nothing_to_complain_of(visits):
    _, records, _ = visits
    assert [record["address"] for record in records if "default-src 'none'" not in record["policy"]] == []
    assert {record["address"]: record["said"] for record in records if record["said"]} == {}


def test_no_page_asks_another_host_or_sets_a_cookie(visits):
    server, records, cookies = visits
    asked = {url for record in records for url in record["asked"]}
    assert {url for url in asked if not url.startswith(server.origin + "/")} == set()
    assert cookies == []


def test_no_page_scrolls_sideways(visits):
    _, records, _ = visits
    assert {record["address"]: record["wide"] for record in records if record["wide"]} == {}


def test_nothing_moves_after_it_was_drawn(visits):
    _, records, _ = visits
    assert {record["address"]: record["shift"] for record in records if record["shift"] > 0} == {}


@pytest.mark.parametrize("kind, width", [(kind, width) for kind, widths in in_views(*WIDTHS) for width in widths])
def test_nothing_moves_when_styles_scripts_and_pictures_come_late(kind, width, example, new_page):
    page = new_page(width=width)
    page.add_init_script(WATCH_LAYOUT)
    late = LateArrivals(page)
    with page.expect_request(lambda request: late.is_blocking(request) and request.resource_type == "script"):
        page.goto(example.url(PAGE_KINDS[kind]), wait_until="commit")
    # Nothing is drawn before these files are loaded.
    late.let_through_blocking()
    page.evaluate(WHOLE_DOCUMENT)
    page.evaluate(TWO_FRAMES)
    while late.held or page.evaluate("document.readyState") != "complete":
        if late.held:
            late.held.pop(0).continue_()
        page.evaluate(TWO_FRAMES)
    assert page.evaluate("window.layoutShift") == 0


WHOLE_DOCUMENT = """new Promise(done => document.readyState === 'loading'
  ? document.addEventListener('readystatechange', done, { once: true }) : done())"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class LateArrivals:
    """Delays the requests of a page until they are released."""

    def __init__(self, page):
        self.held = []
        self.holds_blocking = True
        page.route("**/*", self.meet)

    @staticmethod
    def is_blocking(request):
        """Whether browsers draw nothing before the file is loaded."""
        return request.resource_type == "stylesheet" or "/theme." in request.url

    def meet(self, route):
        waits = self.holds_blocking if self.is_blocking(route.request) else route.request.resource_type != "document"
        if waits:
            self.held.append(route)
        else:
            route.continue_()

    def let_through_blocking(self):
        self.holds_blocking = False
        for route in [route for route in self.held if self.is_blocking(route.request)]:
            self.held.remove(route)
            route.continue_()


def test_a_logo_keeps_its_place_from_the_start(stoa, tmp_path, browser):
    (tmp_path / "content/static").mkdir(parents=True)
    # An image of 60 by 20 black pixels.
    header = struct.pack(">2I5B", 60, 20, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(61 * 20))), (b"IEND", b"")]
    (tmp_path / "content/static/logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts))
    (tmp_path / "stoa.yml").write_text("title: Rope\nurl: https://rope.example\nhistory: none\nlogo: /logo.png\n")
    run(stoa, "build", "--source", tmp_path)
    with SiteServer(tmp_path / "site") as server:
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.url("/"))
        logo = page.locator(".brand img")
        assert (logo.get_attribute("width"), logo.get_attribute("height")) == ("60", "20")
        box = logo.bounding_box()
        assert box["width"] == pytest.approx(3 * box["height"], abs=1)
        context.close()


def test_a_picture_for_cards_is_named_by_its_whole_address(example_site):
    page = (example_site / "contributors/teodora/index.html").read_text(encoding="utf-8")
    picture = "https://portico.example/contributors/teodora/teodora.png"
    assert f'<meta property="og:image" content="{picture}">' in page
    assert (example_site / picture.removeprefix("https://portico.example/")).exists()

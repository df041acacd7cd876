"""Formulas and diagrams as a browser draws them, under the site's own policy, in a right-to-left text with code and a quotation."""

import shutil

import pytest

from Browser.site_server import SiteServer
from Browser.stress_site import write
from conftest import run

SETTINGS = "title: المسائل\nurl: https://sums.example\nlanguage: ar\ntimezone: UTC\nhistory: none\nmath: true\ndiagrams: true\n"

TEXT = """\
مساحة المربع $a^2$ معروفة منذ زمن بعيد، ومجموع السلسلة أدناه معروف كذلك.

$$
\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
$$

```dot
digraph { rankdir=LR; "سؤال" -> "جواب"; "سؤال" -> Answer }
```

> He who asks is a fool for a minute, and he who does not ask remains a fool for ever.

```swift
let answer = 42  // a comment
```
"""


@pytest.fixture(scope="module")
def sums(stoa, tmp_path_factory):
    missing = [tool for tool in ("pandoc", "dot") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"not there: {', '.join(missing)}; make test installs them")
    source = tmp_path_factory.mktemp("sums")
    (source / "stoa.yml").write_text(SETTINGS, encoding="utf-8")
    write(source, "posts/sums.md", {"title": "مسألة", "author": "Ann", "date": "2026-01-01"}, TEXT)
    write(source, "responses/sums/1.md", {"guest": "Bo", "date": "2026-01-02"}, "أو $c^2$؟")
    run(stoa, "build", "--strict", "--source", source)
    with SiteServer(source / "site") as server:
        yield server


@pytest.fixture(params=["light", "dark"])
def page(request, sums, new_page):
    """The page, in which nothing was refused."""
    page = new_page(width=390, color_scheme=request.param)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    response = page.goto(sums.url("/posts/sums/"))
    assert "default-src 'none'" in response.headers["content-security-policy"]
    yield page
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def box(page, selector):
    return page.locator(selector).first.evaluate("one => one.getBoundingClientRect().toJSON()")


def test_formulas_are_set_and_not_spelled_out(page):
    line = page.locator(".text .prose p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    for place in (".text .prose p", "#response-1 .prose"):
        base, raised = box(page, f"{place} msup > :first-child"), box(page, f"{place} msup > :last-child")
        # A formula runs from left to right in every text, its exponent smaller and higher than what it stands at.
        assert raised["left"] >= base["right"] - 1 and base["top"] - 20 < raised["bottom"] < base["bottom"] - 3
        sizes = page.locator(f"{place} msup").first.evaluate("one => [...one.children].map(part => parseFloat(getComputedStyle(part).fontSize))")
        assert sizes[1] < sizes[0]
        assert line / 2 < box(page, f"{place} math")["height"] < line * 2.5
    above, below = (box(page, f".text mfrac > :{place}-child") for place in ("first", "last"))
    assert above["bottom"] <= below["top"] + 1
    low, high = (box(page, f".text munderover > :nth-child({place})") for place in (2, 3))
    assert high["bottom"] < low["top"]
    whole = box(page, ".text math[display=block]")
    assert line * 2 < whole["height"] < line * 6 and line * 5 < whole["width"] <= 390


def test_a_diagram_is_drawn_with_its_words(page):
    drawing = box(page, ".diagram svg")
    assert 100 < drawing["width"] < 800 and 30 < drawing["height"] < 400
    words = page.locator(".diagram text").all_text_contents()
    assert sorted(words) == sorted(["سؤال", "جواب", "Answer"])
    for place in range(len(words)):
        word = page.locator(".diagram text").nth(place).evaluate("one => one.getBoundingClientRect().toJSON()")
        assert word["width"] > 10 and 8 < word["height"] < 30
        assert drawing["left"] <= word["left"] and word["right"] <= drawing["right"]
    # What it says can be read on the ground that it stands on.
    ink, ground = page.locator(".diagram text").first.evaluate("""one => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
        return [getComputedStyle(one).fill, getComputedStyle(document.documentElement).backgroundColor].map(colour => {
            canvas.fillStyle = colour
            canvas.fillRect(0, 0, 1, 1)
            return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part)
        })
    }""")
    assert abs(ink - ground) > 400


def test_each_part_of_a_right_to_left_text_runs_its_own_way(page):
    assert page.locator("html").get_attribute("dir") == "rtl"
    direction = "one => getComputedStyle(one).direction"
    assert page.locator(".text .prose p").first.evaluate(direction) == "rtl"
    for selector in ("pre", ".diagram", "math"):
        assert page.locator(f".text .prose {selector}").first.evaluate(direction) == "ltr", selector
    # The last line of the quotation begins at the left, and its full stop ends it at the right.
    letters = page.locator(".text .prose blockquote p").evaluate("""one => {
        const text = one.firstChild
        const range = document.createRange()
        return [text.length - 2, text.length - 1].map(place => {
            range.setStart(text, place)
            range.setEnd(text, place + 1)
            return range.getBoundingClientRect().left
        })
    }""")
    assert letters[0] < letters[1]
    lines = page.locator(".text .prose blockquote p").evaluate("""one => {
        const range = document.createRange()
        range.selectNodeContents(one)
        return [...range.getClientRects()].map(line => Math.round(line.left))
    }""")
    assert len(lines) > 1 and len(set(lines)) == 1
    # The bar of the quotation is where the text of the site begins.
    bar = page.locator(".text .prose blockquote").evaluate("one => [getComputedStyle(one).borderRightWidth, getComputedStyle(one).borderLeftWidth]")
    assert bar == ["3px", "0px"]

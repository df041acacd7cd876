"""The length of lines in any typeface, wide content that scrolls, and printed pages."""

import pytest

from Browser.page_kinds import PAGE_KINDS
from Browser.site_server import SiteServer
from Browser.stress_site import write
from conftest import run

# Debian's replacements for Georgia, Palatino and Times, and two other typefaces.
FACES = ["Gelasio", "P052", "Liberation Serif", "DejaVu Serif", "Noto Serif"]

LINES = """selector => {
    const lines = []
    const range = document.createRange()
    for (const paragraph of document.querySelectorAll(selector)) {
        const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
        const own = []
        let top = -Infinity
        for (let text; (text = texts.nextNode());) {
            for (let place = 0; place < text.length; place++) {
                range.setStart(text, place)
                range.setEnd(text, place + 1)
                const box = range.getClientRects()[0]
                if (!box) continue
                if (box.top > top + 10) [top] = [box.top, own.push(0)]
                own[own.length - 1]++
            }
        }
        // The last line of a paragraph ends where the paragraph does.
        lines.push(...own.slice(0, -1))
    }
    return lines
}"""


@pytest.mark.parametrize("face", FACES)
def test_lines_have_sixty_to_seventy_five_characters(face, example, new_page):
    page = new_page()
    page.goto(example.url(PAGE_KINDS["conversation"]))
    page.evaluate("face => document.documentElement.style.setProperty('--serif', `'${face}', monospace`)", face)
    missing = page.evaluate("""face => {
        const [one, other] = [document.createElement('canvas').getContext('2d'), document.createElement('canvas').getContext('2d')]
        one.font = `20px '${face}', monospace`
        other.font = '20px monospace'
        return one.measureText('Which face?').width === other.measureText('Which face?').width
    }""", face)
    if missing:
        pytest.skip(f"{face} is not installed")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        lines = page.evaluate(LINES, ".text .prose > p")
        assert len(lines) > 10
        assert 60 <= sum(lines) / len(lines) <= 75, media
        assert max(lines) <= 80, media


def test_what_is_printed_says_where_it_is_from(example, new_page):
    page = new_page()
    page.goto(example.url(PAGE_KINDS["conversation"]))
    assert not page.locator(".on-paper").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".on-paper").inner_text() == "The Portico · https://portico.example/posts/weak-ties-at-work/"
    assert page.locator(".byline time").first.is_visible()
    for gone in (".masthead", ".through", ".colophon", ".actions", ".outline"):
        assert not page.locator(gone).first.is_visible(), gone


def test_a_face_of_ones_own_is_preloaded(stoa, tmp_path, new_page):
    write(tmp_path, "posts/a.md", {"title": "A", "author": "Ann", "date": "2026-01-01"}, "Words.")
    (tmp_path / "stoa.yml").write_text("title: Own\nurl: https://own.example\ntimezone: UTC\nhistory: none\n")
    (tmp_path / "content/static").mkdir()
    for name in ("own.woff2", "unused.woff2"):
        (tmp_path / "content/static" / name).write_bytes(b"wOF2")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/extra.css").write_text(
        '@font-face { font-family: Own; src: url(own.woff2) format("woff2"); font-display: optional }\n:root { --serif: Own, Georgia, serif }\n')
    run(stoa, "build", "--source", tmp_path)
    with SiteServer(tmp_path / "site") as server:
        page = new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(server.url("/posts/a/"))
        assert page.locator("link[rel=preload]").evaluate_all("all => all.map(one => one.getAttribute('href'))") == ["/own.woff2"]
        assert sum(url.endswith("own.woff2") for url in asked) == 1


def test_notes_stand_beside_the_text_where_there_is_room(example, new_page):
    page = new_page(width=1920)
    page.goto(example.url(PAGE_KINDS["conversation"]))
    place = """() => ['.footnotes li', '.footnote-ref a', '.text'].map(one => document.querySelector(one).getBoundingClientRect())"""
    note, mark, text = page.evaluate(place)
    assert note["right"] < text["left"] and note["left"] >= 0 and abs(note["top"] - mark["top"]) < 24
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("!document.querySelector('.sidenoted')")
    note, mark, text = page.evaluate(place)
    assert note["left"] >= text["left"] and note["top"] > mark["bottom"]

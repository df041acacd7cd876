"""The guide's page about theming is true: each of its examples, unchanged, builds a site."""

import re

import pytest

from Browser.site_server import SiteServer
from conftest import ROOT, run

PAGE = (ROOT / "content/posts/theming.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^`(templates/[^`]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
HUE = re.search(r"^hue: \d+$", PAGE, re.MULTILINE)[0]


@pytest.fixture
def themed(stoa, tmp_path):
    """A function that builds and serves a small site with some files."""
    servers = []

    def build(*files, settings=""):
        folder = tmp_path / str(len(servers))
        (folder / "content/posts").mkdir(parents=True)
        (folder / "content/responses/rope").mkdir(parents=True)
        (folder / "stoa.yml").write_text(f"title: Rope\nurl: https://rope.example\nhistory: none\n{settings}\n")
        (folder / "content/posts/rope.md").write_text("---\ntitle: Rope\nauthor: Jun\ndate: 2026-03-01\n---\n\nA [link](#x).\n\n## x\n")
        (folder / "content/responses/rope/1.md").write_text("---\nguest: Ann\ndate: 2026-03-02\n---\n\nIndeed.\n")
        for name in files:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(EXAMPLES[name], encoding="utf-8")
        run(stoa, "build", "--strict", "--source", folder)
        servers.append(SiteServer(folder / "site").__enter__())
        return servers[-1]

    yield build
    for server in servers:
        server.__exit__()


def style(page, selector, name):
    return page.eval_on_selector(selector, f"element => getComputedStyle(element).{name}")


def test_the_guide_shows_a_partial_a_string_and_a_colour():
    assert set(EXAMPLES) == {"templates/extra.css", "templates/strings/en.yml", "templates/_faces.mustache"}


def test_the_guide_lists_the_files_that_the_theme_has():
    rows = re.findall(r"^\| (?:pages|parts of pages|look and behaviour) \| (.*) \|$", PAGE, re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    theme = ROOT / "templates"
    assert listed == {file.name.removesuffix(".mustache") for file in theme.iterdir() if file.suffix in {".mustache", ".css", ".js"}} | {"extra.css"}


def test_the_hue_changes_the_accent_alone(themed, new_page):
    page, seen = new_page(), []
    for server in (themed(), themed(settings=HUE)):
        page.goto(server.url("/posts/rope/"))
        seen.append((style(page, ".prose a", "color"), style(page, "html", "backgroundColor")))
    assert seen[0][0] != seen[1][0] and seen[0][1] == seen[1][1]


@pytest.mark.parametrize("scheme, paper", [("light", "rgb(251, 244, 230)"), ("dark", "rgb(27, 23, 19)")])
def test_a_colour_is_changed_in_both_schemes(scheme, paper, themed, new_page):
    page = new_page(color_scheme=scheme)
    page.goto(themed("templates/extra.css").url("/posts/rope/"))
    assert style(page, "html", "backgroundColor") == paper
    assert style(page, ".masthead", "borderBottomStyle") == "solid"


def test_a_string_is_changed_and_the_others_stay(themed, new_page):
    page = new_page()
    server = themed("templates/strings/en.yml")
    page.goto(server.url("/posts/rope/"))
    assert page.inner_text(".reply h2") == "Say something back"
    assert page.inner_text(".details a") == "1 voice"
    assert page.inner_text(".responses > h2") == "1 Response to “Rope”"


def test_a_partial_is_changed_wherever_it_is_used(themed, new_page):
    page = new_page()
    server = themed("templates/_faces.mustache")
    for address in ("/", "/posts/"):
        page.goto(server.url(address))
        assert page.inner_text(".voices") == "Jun Ann"
        assert page.locator(".faces").count() == 0
    page.goto(server.url("/posts/rope/"))
    assert page.locator(".byline .face").count() == 1


def test_every_hue_keeps_enough_contrast(themed, new_page):
    page = new_page()
    page.goto(themed().url("/posts/rope/"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ratios = page.evaluate("""() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
          const luminance = color => {
            canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1)
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
              .map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
            return .2126 * r + .7152 * g + .0722 * b
          }
          const contrast = (one, other) => {
            const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
            return (light + .05) / (dark + .05)
          }
          const probe = document.querySelector('.prose a')
          const found = {}
          for (let hue = 0; hue < 360; hue += 5) {
            document.documentElement.style.setProperty('--hue', hue)
            probe.style.backgroundColor = 'var(--tint)'
            const [ink, tint] = [getComputedStyle(probe).color, getComputedStyle(probe).backgroundColor]
            found[hue] = Math.min(contrast(ink, tint), contrast(ink, getComputedStyle(document.documentElement).backgroundColor))
          }
          return found
        }""")
        assert {hue: ratio for hue, ratio in ratios.items() if ratio < 4.5} == {}

"""The example community in each language of the theme: no English word of the theme remains."""

import html.parser
import pathlib
import re
import shutil

import pytest

from conftest import ROOT, run

DIRECTIONS = {"en": "ltr", "de": "ltr", "fr": "ltr", "ar": "rtl"}
# The community's own words: texts, titles and names, and headings in a table of contents.
CONTENT = {"e-content", "prose", "p-name"}


def strings(language):
    """The fixed texts and phrases of a language by key; the plural form is appended to the key."""
    texts = {}
    key = ""
    for line in (ROOT / "templates" / "strings" / f"{language}.yml").read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"( *)([a-z0-9-]+):(?: (.*))?", line)
        if not match:
            continue
        indent, name, value = match.groups()
        if not indent:
            key = name
        if value:
            value = value.strip('"').replace("\\u2068", "\u2068").replace("\\u2069", "\u2069")
            texts[key if not indent else f"{key}.{name}"] = value
    return texts


class Words(html.parser.HTMLParser):
    """The words of a page outside of authors' texts: text, and attributes that screen readers speak."""

    VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr"}

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []
        self.root = {}

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.root = attributes
        for name in ["aria-label", "placeholder", "title", "alt"]:
            if attributes.get(name) and tag != "link" and not self.is_content():
                self.found.append(attributes[name])
        if tag not in self.VOID:
            self.open.append((tag, set((attributes.get("class") or "").split())))

    def handle_endtag(self, tag):
        while self.open:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, text):
        text = " ".join(text.split())
        if text and not self.is_content() and not any(tag in {"script", "style", "code"} for tag, _ in self.open):
            self.found.append(text)

    def is_content(self):
        return any(
            classes & CONTENT or any(name.startswith("level-") for name in classes) for _, classes in self.open
        )


def words(site):
    """Every piece of text of every page, with the page, and the attributes of each page's root."""
    for page in sorted(site.rglob("*.html")):
        parser = Words()
        parser.feed(page.read_text(encoding="utf-8"))
        yield page.relative_to(site), parser


@pytest.fixture(scope="module", params=list(DIRECTIONS))
def translated(request, stoa, tmp_path_factory):
    """A language, and the example community's site in it, with the theme's menu."""
    root = tmp_path_factory.mktemp(request.param)
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "stoa.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^menu:\n(?:  .*\n)+", "", settings, flags=re.MULTILINE)
    settings = re.sub(r"^(search|highlight|history): .*$", r"\1: none", settings, flags=re.MULTILINE)
    (root / "stoa.yml").write_text(
        re.sub(r"^language: .*$", f"language: {request.param}", settings, flags=re.MULTILINE), encoding="utf-8"
    )
    run(stoa, "build", "--source", root, "--output", root / "site")
    return request.param, root / "site"


def test_every_page_says_its_language_and_direction(translated):
    language, site = translated
    pages = list(words(site))
    assert len(pages) > 60
    for page, parser in pages:
        assert parser.root.get("lang") == language, page
        assert parser.root.get("dir") == DIRECTIONS[language], page


def test_a_text_of_another_language_says_so(translated):
    language, site = translated
    text = (site / "posts/المجلس/index.html").read_text(encoding="utf-8")
    assert re.search(r'<h1[^>]* lang="ar" dir="rtl"', text)
    assert re.search(r'class="[^"]*e-content[^>]* lang="ar" dir="rtl"', text)
    if language != "ar":
        assert re.search(r'<h3[^>]* lang="ar" dir="rtl"', (site / "posts/index.html").read_text(encoding="utf-8"))


def test_no_english_word_of_the_theme_is_left(translated):
    language, site = translated
    own, english = strings(language), strings("en")
    assert set(own) >= {key for key in english if "." not in key}
    unwanted = {}
    for key, text in english.items():
        # A translation that equals the English word is correct, and text without letters has no language.
        letters = re.sub(r"\{\w+\}", "", text)
        if own.get(key) == text or not re.search(r"[A-Za-z]{3}", letters):
            continue
        pattern = re.escape(text)
        pattern = re.sub(r"\\\{count\\\}", r"\\d+", pattern)
        unwanted[key] = re.compile(re.sub(r"\\\{\w+\\\}", ".+", pattern) + r"\.?")
    if language == "en":
        assert unwanted == {}
        return
    assert len(unwanted) > 80
    everything = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in unwanted.values()))
    # Words of topics' names and posts' titles in the example community, which are in every language's site.
    titles = set()
    for file in pathlib.Path(ROOT / "content").rglob("*.md"):
        matter = file.read_text(encoding="utf-8").split("\n---", 1)[0]
        titles.update(re.findall(r"^title: (.*)$", matter, re.MULTILINE))
    left = {
        (str(page), text) for page, parser in words(site) for text in parser.found
        if everything.fullmatch(text) and text not in titles and text not in own.values()
    }
    assert left == set()


def test_counts_take_the_plurals_of_the_language(translated):
    language, site = translated
    found = {text for _, parser in words(site) for text in parser.found}
    expected = {
        "en": {"1 conversation", "2 responses", "4 responses"},
        "de": {"1 Gespräch", "2 Antworten", "4 Antworten"},
        "fr": {"1 échange", "2 réponses", "4 réponses"},
        "ar": {"محادثة واحدة", "ردّان", "4 ردود", "15 ردًّا"},
    }[language]
    assert expected <= found


def test_dates_are_in_the_language(translated):
    language, site = translated
    found = " ".join(text for _, parser in words(site) for text in parser.found)
    expected = {"en": "27 February 2026", "de": "27. Februar 2026", "fr": "27 février 2026", "ar": "27 فبراير 2026"}
    assert expected[language] in found

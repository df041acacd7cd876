"""axe finds no problem on any kind of page, in each colour scheme, wide and narrow; with `STOA_LONG`, at four widths, in three languages.

Contrast checks take nearly all of the time, so the variants of a conversation are checked in one view each.
"""

import itertools
import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from Browser.page_kinds import PAGE_KINDS, in_views

# Colours depend on the scheme, and the layout on the width; the two hardly affect each other.
VIEWS = [(1280, "light"), (360, "dark")]
LANGUAGES = ["en"]
LOOKS = in_views(*VIEWS)
if "STOA_LONG" in os.environ:
    LANGUAGES += ["de", "ar"]
    LOOKS = [(kind, list(itertools.product([320, 768, 1280, 1920], ["light", "dark"]))) for kind in PAGE_KINDS]

# "incomplete" lists colours that axe could not compute; a contrast that it cannot compute has not passed.
OPTIONS = {"resultTypes": ["violations", "incomplete"], "rules": {"target-size": {"enabled": True}}}


def problems(results):
    found = [
        f"{rule['id']}: {node['html'][:160]}" for rule in results["violations"] for node in rule["nodes"]
    ]
    return found + [
        f"unknown contrast: {node['html'][:160]}"
        for rule in results["incomplete"] if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        if any((check.get("data") or {}).get("messageKey") == "colorParse" for check in node["any"])
    ]


def problems_in(page, views=VIEWS):
    """axe's findings on a page, by view."""
    axe, found = Axe(), {}
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if said := problems(axe.run(page, options=OPTIONS).response):
            found[width, scheme] = said
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind, views", LOOKS, ids=[kind for kind, _ in LOOKS])
def test_axe_finds_nothing(kind, views, language, example_in, new_page):
    page = new_page()
    page.goto(example_in(language).url(PAGE_KINDS[kind]))
    assert problems_in(page, views) == {}

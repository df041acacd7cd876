"""axe finds nothing wrong with any kind of page, in either scheme, wide or narrow; with `STOA_LONG`, at four widths, in three languages.

Nearly all of the time goes into contrasts: the variants of a conversation are looked at in one view each.
"""

import itertools
import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from Browser.page_kinds import PAGE_KINDS, in_views

# Colours depend on the scheme, and what stands where on the width, hardly one on the other.
VIEWS = [(1280, "light"), (360, "dark")]
LANGUAGES = ["en"]
LOOKS = in_views(*VIEWS)
if "STOA_LONG" in os.environ:
    LANGUAGES += ["de", "ar"]
    LOOKS = [(kind, list(itertools.product([320, 768, 1280, 1920], ["light", "dark"]))) for kind in PAGE_KINDS]

# "incomplete" tells whether axe could work out every colour; a contrast that it cannot compute is not a pass.
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
    """What axe finds wrong with a page, by the view that it does in."""
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

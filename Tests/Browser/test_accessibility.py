"""axe finds no problem on any kind of page, in each colour scheme, wide and narrow; with `STOA_LONG`, in each scheme at each
width.

Contrast checks take nearly all of the time, so the variants of a conversation are checked in one view each.
"""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from Browser.page_kinds import PAGE_KINDS, in_views

# Colours depend on the scheme, and the layout on the width; the two hardly affect each other.
LONG = "STOA_LONG" in os.environ
VIEWS = [(1280, "light"), (360, "dark")] + ([(1280, "dark"), (360, "light")] if LONG else [])

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


@pytest.mark.parametrize("kind, views", [(kind, VIEWS if LONG else views) for kind, views in in_views(*VIEWS)], ids=list(PAGE_KINDS))
def test_axe_finds_nothing(kind, views, example, new_page):
    page = new_page()
    page.goto(example.url(PAGE_KINDS[kind]))
    assert problems_in(page, views) == {}

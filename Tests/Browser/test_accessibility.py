"""axe finds nothing wrong with any kind of page, in either scheme, wide or narrow; with `STOA_LONG`, in each scheme at each width.

Nearly all of the time goes into contrasts: the variants of a conversation are looked at in one view each.
"""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from Browser.page_kinds import PAGE_KINDS, in_views

# Colours depend on the scheme, and what stands where on the width, hardly one on the other.
LONG = "STOA_LONG" in os.environ
VIEWS = [(1280, "light"), (360, "dark")] + ([(1280, "dark"), (360, "light")] if LONG else [])

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


@pytest.mark.parametrize("kind, views", [(kind, VIEWS if LONG else views) for kind, views in in_views(*VIEWS)], ids=list(PAGE_KINDS))
def test_axe_finds_nothing(kind, views, example, new_page):
    page = new_page()
    page.goto(example.url(PAGE_KINDS[kind]))
    assert problems_in(page, views) == {}

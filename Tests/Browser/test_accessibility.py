"""axe finds nothing wrong with any kind of page, in either scheme, wide or narrow; with `STOA_LONG`, in each scheme at each width."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from Browser.page_kinds import PAGE_KINDS

# Colours depend on the scheme, and what stands where on the width, hardly one on the other.
VIEWS = [(1280, "light"), (360, "dark")] + ([(1280, "dark"), (360, "light")] if "STOA_LONG" in os.environ else [])

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


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_axe_finds_nothing(kind, example, new_page):
    axe = Axe()
    page = new_page()
    page.goto(example.url(PAGE_KINDS[kind]))
    found = {}
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        results = axe.run(page, options=OPTIONS).response
        if problems(results):
            found[width, scheme] = problems(results)
    assert found == {}

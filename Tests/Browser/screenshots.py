"""Screenshots of every kind of page, light, dark, narrow and right to left: `make screenshots`, then look at them."""

import os
import pathlib
import sys
import tempfile

from playwright.sync_api import sync_playwright

from Browser.page_kinds import PAGE_KINDS
from Browser.right_to_left import write_right_to_left
from Browser.site_server import SiteServer
from conftest import ROOT, launch, run

VIEWS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    "narrow dark": {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
}


def take(browser, server, folder, views):
    for view, options in views.items():
        context = browser.new_context(reduced_motion="reduce", **options)
        page = context.new_page()
        for kind, address in PAGE_KINDS.items():
            page.goto(server.url(address))
            page.screenshot(path=folder / f"{kind} ({view}).png".replace(" ", "-"), full_page=True)
        context.close()


def main(folder):
    stoa = pathlib.Path(os.environ.get("STOA", ROOT / ".build" / "release" / "stoa"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        scratch = pathlib.Path(scratch)
        run(stoa, "build", "--source", ROOT, "--output", scratch / "site")
        write_right_to_left(scratch / "right-to-left")
        run(stoa, "build", "--source", scratch / "right-to-left")
        browser = launch(playwright)
        with SiteServer(scratch / "site") as server:
            take(browser, server, folder, VIEWS)
        with SiteServer(scratch / "right-to-left" / "site") as server:
            mirrored = {f"right to left {view}": VIEWS[view] for view in ("light", "narrow")}
            take(browser, server, folder, mirrored)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

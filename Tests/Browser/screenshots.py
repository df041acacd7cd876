"""Screenshots of every kind of page, at five widths, light and dark, on paper, zoomed and right to left: `make screenshots`, then look."""

import os
import pathlib
import sys
import tempfile

from playwright.sync_api import sync_playwright

from Browser.page_kinds import PAGE_KINDS
from Browser.other_languages import write_example
from Browser.site_server import SiteServer
from conftest import ROOT, launch, run

VIEWS = {
    f"{width} {scheme}": {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    for width in (320, 390, 768, 1280, 1920) for scheme in ("light", "dark")
}
# A window of 1280 points in which everything is twice as large, and a sheet of A4 within its margins.
VIEWS["1280 zoomed"] = {"device_scale_factor": 2, "viewport": {"width": 640, "height": 450}}
VIEWS["paper"] = {"viewport": {"width": 720, "height": 1000}}


def take(browser, server, folder, views):
    for view, options in views.items():
        context = browser.new_context(reduced_motion="reduce", **options)
        page = context.new_page()
        page.emulate_media(media="print" if "paper" in view else "screen")
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
        write_example(scratch / "right-to-left", "ar")
        run(stoa, "build", "--source", scratch / "right-to-left")
        browser = launch(playwright)
        with SiteServer(scratch / "site") as server:
            take(browser, server, folder, VIEWS)
        with SiteServer(scratch / "right-to-left" / "site") as server:
            mirrored = {f"right to left {view}": VIEWS[view] for view in ("1280 light", "390 dark")}
            take(browser, server, folder, mirrored)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

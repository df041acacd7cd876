"""Every link of a built site leads somewhere, fragments included, as LinkChecker sees it over HTTP on loopback."""

import contextlib
import functools
import http.server
import os
import subprocess
import threading

import pytest

from conftest import ROOT, run

SETTINGS = """
[checking]
maxrequestspersecond=10000
[AnchorCheck]
[output]
status=0
verbose=0
"""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
    }

    def end_headers(self):
        # By this header a server says that it need not be spared: without it there are ten requests a second.
        self.send_header("LinkChecker", "")
        super().end_headers()

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def served(folder):
    handler = functools.partial(QuietHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def check(site, addresses, tmp_path):
    """What LinkChecker says of a site, and how many links it followed."""
    settings = tmp_path / "linkcheckerrc"
    settings.write_text(SETTINGS)
    with served(site) as host:
        report = subprocess.run(
            [ROOT / ".venv/bin/linkchecker", "--config", settings, "--no-robots", "--threads", "4", "--no-status"]
            + [host + address for address in addresses],
            capture_output=True, text=True, cwd=tmp_path,
        )
    summary = report.stdout[report.stdout.find("That's it.") :].split()
    return report, int(summary[2]) if summary else 0


def pages(site):
    """The addresses of all pages, so that one which nothing leads to is checked too."""
    lines = (site / "addresses.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.endswith("/")]


@pytest.fixture(scope="session")
def community_site(stoa, shared, tmp_path_factory):
    """The site of a real community of two public blogs."""
    site = tmp_path_factory.mktemp("community") / "site"
    run(stoa, "build", "--source", shared / "community", "--output", site, "--keep-going")
    return site


@pytest.mark.parametrize("name", ["example_site", "community_site"])
def test_every_internal_link_and_fragment_leads_somewhere(name, request, tmp_path):
    if name == "community_site" and "STOA_LONG" not in os.environ:
        pytest.skip("LinkChecker takes four minutes for the real community: set STOA_LONG to have it tried")
    site = request.getfixturevalue(name)
    report, count = check(site, pages(site), tmp_path)
    assert report.returncode == 0, report.stdout[-8_000:] + report.stderr[-2_000:]
    assert count > 500


def test_a_link_or_fragment_that_leads_nowhere_is_noticed(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text('<!doctype html><a href="/a.html#no">1</a> <a href="/a.html#yes">2</a> <a href="/b.html">3</a>')
    (site / "a.html").write_text('<!doctype html><p id="yes">')
    report, count = check(site, ["/"], tmp_path)
    assert report.returncode != 0
    assert count == 4
    assert "1 warning found. 1 error found." in report.stdout

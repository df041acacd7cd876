"""Every link of a built site has a target, including fragments: according to its files, and to LinkChecker over HTTP.

LinkChecker takes a minute for the example and four for the real community, so it begins with one page of each kind and follows
their links; with `STOA_LONG` it begins with every page of both.
"""

import contextlib
import functools
import html.parser
import http.server
import os
import subprocess
import threading
import urllib.parse

import pytest

from Browser.page_kinds import PAGE_KINDS
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
        # With this header, a server allows more than ten requests a second.
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


def check(site, addresses, tmp_path, *options):
    """LinkChecker's report on a site, and the number of links that it followed."""
    settings = tmp_path / "linkcheckerrc"
    settings.write_text(SETTINGS)
    with served(site) as host:
        report = subprocess.run(
            [ROOT / ".venv/bin/linkchecker", "--config", settings, "--no-robots", "--threads", "4", "--no-status", *options]
            + [host + address for address in addresses],
            capture_output=True, text=True, cwd=tmp_path,
        )
    summary = report.stdout[report.stdout.find("That's it.") :].split()
    return report, int(summary[2]) if summary else 0


def pages(site):
    """The addresses of all pages, so that pages without incoming links are checked, too."""
    folders = (path.parent.relative_to(site) for path in site.rglob("index.html"))
    return sorted(urllib.parse.quote(f"/{folder}/".replace("/./", "/")) for folder in folders)


@pytest.fixture(scope="session")
def community_site(stoa, shared, tmp_path_factory):
    """The site of a real community of two public blogs."""
    site = tmp_path_factory.mktemp("community") / "site"
    run(stoa, "build", "--source", shared / "community", "--output", site, "--keep-going")
    return site


class Page(html.parser.HTMLParser):
    """The links of a page, and the targets in it."""

    def __init__(self, file):
        super().__init__()
        self.links, self.ids = set(), set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.add(value)
            elif name in ("href", "src", "data-src") and value is not None:
                self.links.add(value)
            elif name == "srcset":
                self.links.update(candidate.split()[0] for candidate in value.split(","))


def lost_links(site):
    """The links of every page of a site without an existing file or anchor, with their pages."""
    files = {"/" + path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    read = {address: Page(path) for address, path in files.items() if path.suffix == ".html"}
    count, lost = 0, []
    for address, page in read.items():
        for link in page.links:
            target = urllib.parse.urlsplit(urllib.parse.urljoin("http://here" + urllib.parse.quote(address), link))
            if target.scheme not in ("http", "https") or target.netloc != "here":
                continue
            count += 1
            path = urllib.parse.unquote(target.path)
            path += "index.html" if path.endswith("/") else ""
            fragment = urllib.parse.unquote(target.fragment)
            if path not in files or fragment and path in read and fragment not in read[path].ids | {"top"}:
                lost.append((address, link))
    return count, lost


@pytest.mark.parametrize("name", ["example_site", "community_site"])
def test_every_link_and_fragment_leads_somewhere(name, request):
    count, lost = lost_links(request.getfixturevalue(name))
    assert lost == []
    assert count > 2_000


def test_lost_links_and_fragments_are_found(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<a href="/a/#no">1</a> <a href="a/#yes">2</a> <a href="/b">3</a> <a href="https://x.example">4</a>')
    (tmp_path / "a/index.html").write_text('<p id="yes"><img src="../c.png">')
    count, lost = lost_links(tmp_path)
    assert count == 4
    assert sorted(lost) == [("/a/index.html", "../c.png"), ("/index.html", "/a/#no"), ("/index.html", "/b")]


@pytest.mark.parametrize("name", ["example_site", "community_site"])
def test_link_checker_finds_no_lost_link(name, request, tmp_path):
    islong = "STOA_LONG" in os.environ
    if name == "community_site" and not islong:
        pytest.skip("LinkChecker takes four minutes for the real community: set STOA_LONG to have it tried")
    site = request.getfixturevalue(name)
    if islong:
        report, count = check(site, pages(site), tmp_path)
    else:
        addresses = [urllib.parse.quote(address) for kind, address in PAGE_KINDS.items() if kind != "not found"]
        report, count = check(site, addresses, tmp_path, "--recursion-level", "1")
    assert report.returncode == 0, report.stdout[-8_000:] + report.stderr[-2_000:]
    assert count > (500 if islong else 250)


def test_a_link_or_fragment_that_leads_nowhere_is_noticed(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text('<!doctype html><a href="/a.html#no">1</a> <a href="/a.html#yes">2</a> <a href="/b.html">3</a>')
    (site / "a.html").write_text('<!doctype html><p id="yes">')
    report, count = check(site, ["/"], tmp_path)
    assert report.returncode != 0
    assert count == 4
    assert "1 warning found. 1 error found." in report.stdout

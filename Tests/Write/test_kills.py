"""A killed build leaves complete files and no broken links, and the next build completes the site."""

import html.parser
import os
import posixpath
import random
import shutil
import signal
import subprocess
import time
import urllib.parse

import pytest

from small import post, response, tree, write

KILLS = int(os.environ.get("STOA_TRUST_KILLS", "20"))


class Links(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value and value.startswith("/"):
                self.found.add(urllib.parse.unquote(value.partition("#")[0].partition("?")[0]))


def broken(site):
    """Broken links that a reader can reach from /."""
    todo, seen, lost = ["/"], {"/"}, []
    while todo:
        address = todo.pop()
        path = site / address.lstrip("/")
        path = path / "index.html" if address.endswith("/") else path
        if not path.is_file():
            lost.append(address)
        elif path.suffix == ".html":
            for link in Links(path.read_text(encoding="utf-8")).found - seen:
                seen.add(link)
                todo.append(posixpath.normpath(link) + ("/" if link.endswith("/") and link != "/" else ""))
    return lost


def before(root):
    files = {}
    for number in range(40):
        files |= post(f"kept-{number}", f"See [[kept-{(number + 1) % 40}]].", topics="[One]")
        if number % 2:
            files |= post(f"gone-{number}", "Leaves.", topics="[Two]")
    write(root, files)


def after(root):
    for number in range(1, 40, 2):
        (root / f"content/posts/gone-{number}.md").unlink()
    files = {}
    for number in range(40):
        files |= post(f"new-{number}", f"See [[kept-{number}]].", topics="[Three]")
        if number % 3 == 0:
            files |= post(f"kept-{number}", f"Changed; see [[new-{number}]].", topics="[One, Three]")
            files |= response(f"kept-{number}", "r", "An answer.")
    write(root, files)


@pytest.fixture(scope="module")
def sites(stoa, tmp_path_factory):
    """A community after many changes, and its site before and after them."""
    folder = tmp_path_factory.mktemp("kills")
    root = folder / "community"
    before(root)
    command = [stoa, "build", "--source", root, "--as-of", "2026-06-01", "--jobs", "2", "--output"]
    subprocess.run([*command, folder / "before"], check=True, capture_output=True)
    after(root)
    shutil.copytree(folder / "before", folder / "trial")
    subprocess.run([*command, folder / "trial"], check=True, capture_output=True)
    subprocess.run([*command, folder / "after"], check=True, capture_output=True)
    assert tree(folder / "trial") == tree(folder / "after")
    shutil.rmtree(folder / "trial")
    return folder, command


def kill_somewhere(command, site, chance):
    """Starts a build, waits until it begins to write, and kills it some files later."""
    manifest = site / ".stoa-manifest"
    untouched = manifest.stat().st_ino
    build = subprocess.Popen([*command, site], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while build.poll() is None and manifest.stat().st_ino == untouched:
        pass
    pause = time.perf_counter() + chance * 0.06
    while build.poll() is None and time.perf_counter() < pause:
        pass
    build.send_signal(signal.SIGKILL)
    build.wait()


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_build_harms_nothing(sites, tmp_path, seed):
    folder, command = sites
    old, new = tree(folder / "before"), tree(folder / "after")
    site = tmp_path / "site"
    shutil.copytree(folder / "before", site)
    kill_somewhere(command, site, random.Random(seed).random())
    for name, data in tree(site).items():
        if not posixpath.basename(name).startswith(".stoa-"):
            assert data in (old.get(name), new.get(name)), f"{name} is not whole"
    assert broken(site) == []
    done = subprocess.run([*command, site], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert tree(site) == new

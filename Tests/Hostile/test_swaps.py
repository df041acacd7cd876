"""Folders that become symbolic links while a command works: nothing behind the links is read."""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
import threading

import pytest

from Commands.preview import Preview

SETTINGS = "title: S\nurl: https://s.example\nhighlight: none\nsearch: none\nhistory: none\n"
SECRET = "the-secret-outside"
POST = "---\ntitle: {0}\nauthor: a\ndate: 2026-01-01\n---\n\n{0}\n"
SWAPS = int(os.environ.get("STOA_TRUST_SWAPS", "300"))
# Each of these is swapped: folders that Load reads, and folders that a build or preview copies.
FOLDERS = ["content/static/d", "content/posts/bundle", "content/posts/sorted", "content/pages", "content/responses/plain", "templates"]


@pytest.fixture
def place(tmp_path):
    """A community, and beside it folders with the same file names and secret content."""
    for folder, words in (("community", "inside"), ("outside", SECRET)):
        for name, text in {
            "content/static/d/f.txt": words, "content/static/d/deep/f.txt": words, "content/posts/bundle/index.md": POST.format(words),
            "content/posts/bundle/f.txt": words, "content/posts/sorted/s.md": POST.format(words),
            "content/pages/p.md": f"---\ntitle: P\n---\n\n{words}\n",
            "content/responses/plain/r.md": f"---\nguest: G\ndate: 2026-01-02\n---\n\n{words}\n",
            "templates/extra.css": f"/* {words} */\n",
        }.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    (tmp_path / "community/stoa.yml").write_text(SETTINGS)
    (tmp_path / "community/content/posts/plain.md").write_text(POST.format("plain"))
    return tmp_path


class Swapper(threading.Thread):
    """Replaces a folder by a link and restores it, in one step each, as fast as possible."""

    def __init__(self, place, folder):
        super().__init__(daemon=True)
        self.path = place / "community" / folder
        self.link = place / "community" / f".link-{folder.replace('/', '-')}"
        self.link.symlink_to(place / "outside" / folder)
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.count, self.isover = 0, threading.Event()

    def exchange(self):
        at_folder, exchange = -100, 2
        if self.libc.renameat2(at_folder, os.fsencode(self.link), at_folder, os.fsencode(self.path), exchange) != 0:
            raise OSError(ctypes.get_errno(), "renameat2")

    def run(self):
        while not self.isover.is_set():
            self.exchange()
            self.count += 1

    def end(self):
        self.isover.set()
        self.join()
        if self.count % 2:
            self.exchange()


@contextlib.contextmanager
def swapping(place, folders=FOLDERS):
    if sys.platform != "linux":
        pytest.skip("folders are exchanged by a call of Linux")
    swappers = [Swapper(place, folder) for folder in folders]
    try:
        for swapper in swappers:
            swapper.start()
        yield lambda: sum(swapper.count for swapper in swappers)
    finally:
        for swapper in swappers:
            swapper.end()


def assert_nothing_outside(site):
    for path in site.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def test_a_build_reads_nothing_outside(stoa, place):
    builds = 0
    with swapping(place) as count:
        while count() < SWAPS or builds < 5:
            done = subprocess.run(
                [stoa, "build", "--source", place / "community", "--keep-going", "--as-of", "2026-06-01"], capture_output=True, timeout=60)
            builds += 1
            assert done.returncode in (0, 1, 74), done.stderr
            assert SECRET.encode() not in done.stdout + done.stderr
            assert_nothing_outside(place / "community/site")
            shutil.rmtree(place / "community/site", ignore_errors=True)
        print(f"{builds} builds, {count()} swaps")


def test_a_preview_reads_nothing_outside(stoa, place):
    preview = Preview(stoa, place / "community")
    paths = ["/d/f.txt", "/d/deep/f.txt", "/posts/bundle/f.txt", "/posts/bundle/", "/posts/s/", "/p/", "/posts/plain/", "/extra.css"]
    asked = 0
    try:
        assert preview.page("/d/f.txt") == "inside"
        with swapping(place) as count:
            while count() < SWAPS or asked < 200:
                status, body = preview.ask(paths[asked % len(paths)])
                asked += 1
                assert SECRET not in body, (status, body)
        print(f"{asked} requests, {count()} swaps")
    finally:
        preview.end()


def test_a_folder_that_became_a_link_is_not_followed(stoa, place):
    """The folder is moved away, a link takes its place, and the request follows at once."""
    preview = Preview(stoa, place / "community")
    folder = place / "community/content/static/d"
    try:
        for _ in range(20):
            folder.rename(place / "away")
            folder.symlink_to(place / "outside/content/static/d")
            for _ in range(10):
                assert SECRET not in preview.ask("/d/f.txt")[1]
            folder.unlink()
            (place / "away").rename(folder)
            preview.ask("/d/f.txt")
    finally:
        preview.end()


def test_an_import_writes_nothing_outside(stoa, place):
    """Writes into folders that become links between two files of one import."""
    outside = place / "outside"
    comments = place / "comments"
    for number in range(40):
        folder = comments / "_data/comments" / f"post-{number}"
        folder.mkdir(parents=True)
        (folder / "entry1.yml").write_text(f"_id: {number}\nname: Ada\nmessage: Words of comment {number}.\ndate: 2026-01-02\n")
        post = comments / "_posts" / f"2026-01-01-post-{number}.md"
        post.parent.mkdir(exist_ok=True)
        post.write_text(f"---\ntitle: Post {number}\n---\n\nWords.\n")
    for folder in ("content/posts", "content/responses"):
        (outside / folder).mkdir(parents=True, exist_ok=True)
    before = sorted(outside.rglob("*"))
    runs = 0
    with swapping(place, ["content/posts", "content/responses"]) as count:
        while count() < SWAPS or runs < 5:
            done = subprocess.run(
                [stoa, "import", "staticman", comments, "--into", place / "community"], capture_output=True, timeout=60)
            assert done.returncode in (0, 74), done.stderr
            runs += 1
            assert sorted(outside.rglob("*")) == before
    print(f"{runs} imports, {count()} swaps")
    # Without swaps, the import succeeds.
    done = subprocess.run([stoa, "import", "staticman", comments, "--into", place / "community"], capture_output=True, timeout=60)
    assert done.returncode == 0 and (place / "community/content/posts/post-1.md").exists(), done.stderr

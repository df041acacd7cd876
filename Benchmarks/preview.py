"""Measures how long after a save `stoa serve` serves it, and its memory after many saves.

Run by `make bench-preview`.
"""

import argparse
import http.client
import pathlib
import re
import statistics
import subprocess
import tempfile
import threading
import time

import corpus
import measure
import stoa_site

HERE = pathlib.Path(__file__).resolve().parent
MEBIBYTE = 1 << 20


class Preview:
    """A running preview, and the events that it sends to pages."""

    def __init__(self, stoa, root):
        self.process = subprocess.Popen(
            [str(stoa), "serve", "--source", str(root), "--port", "0", "--as-of", "2026-11-01"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        start = time.monotonic()
        line = next(line for line in self.process.stdout if line.startswith("Serving "))
        self.start = time.monotonic() - start
        self.port = int(re.search(r":(\d+)/", line)[1])
        # A log that nobody reads would fill its pipe, and the program would wait.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/.stoa-preview/events")
        self.events = connection.getresponse()
        self.pages = http.client.HTTPConnection("127.0.0.1", self.port)
        self.news()

    def news(self):
        """Waits until the site has changed."""
        while not self.events.readline().startswith(b"data: "):
            pass

    def page(self, path):
        self.pages.request("GET", path)
        return self.pages.getresponse().read()

    def saved(self, file, text, path, mark):
        """The seconds from a save to the last byte of a page that shows it."""
        start = time.monotonic()
        file.write_text(text)
        while True:
            self.news()
            if mark in self.page(path):
                return time.monotonic() - start

    def memory(self):
        return measure.proportional_set(self.process.pid)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stoa", type=pathlib.Path, default=HERE.parent / ".build" / "release" / "stoa")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stoa-preview-") as folder:
        root = pathlib.Path(folder) / "community"
        community = corpus.generate(options.posts)
        stoa_site.write(community, root)
        bench(options, root, community)


def bench(options, root, community):
    preview = Preview(options.stoa, root)
    print(f"{options.posts} posts, {sum(len(post.responses) for post in community.posts)} responses")
    print(f"first snapshot after {preview.start:.1f} s")
    times, memory = [], []
    for number in range(options.edits):
        slug = community.posts[number * 7919 % options.posts].slug
        file = root / "content" / "posts" / f"{slug}.md"
        mark = f"edit {number} of the body"
        times.append(preview.saved(file, f"{file.read_text()}\n{mark}\n", f"/posts/{slug}/", mark.encode()))
        if number % max(options.edits // 10, 1) == 0 or number == options.edits - 1:
            memory.append(preview.memory() / MEBIBYTE)
    print(f"a post's body: {statistics.median(times) * 1000:.0f} ms at the median, {max(times) * 1000:.0f} at most")
    print("memory after edits: " + ", ".join(f"{size:.0f}" for size in memory) + " MiB")
    template = root / "templates" / "page.mustache"
    template.parent.mkdir()
    slug = community.posts[0].slug
    template = root / "templates" / "conversation.mustache"
    times = [
        preview.saved(template, f"<h1>{{{{title}}}}</h1><p>edit {number} of the template</p>\n", f"/posts/{slug}/",
                      f"edit {number} of the template".encode())
        for number in range(10)
    ]
    print(f"a template: {statistics.median(times) * 1000:.0f} ms at the median")
    preview.process.terminate()
    preview.process.wait()


if __name__ == "__main__":
    main()

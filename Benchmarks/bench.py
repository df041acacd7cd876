"""Builds the same community with Stoa and with Hugo, in turn, and says how they compare.

Run by `make bench`. Writes its table into README.md beside this file.
"""

import argparse
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

import corpus
import hugo_site
import measure
import stoa_site

HERE = pathlib.Path(__file__).resolve().parent
MEBIBYTE = 1 << 20
PIECE = 1_000_000
# What Stoa's site has besides; it also cuts more kinds of lists into pages.
STOA_ALONE = re.compile(
    r"^(\.stoa-manifest|_headers|_redirects|addresses\.txt|favicon\.svg|theme\.[0-9a-f]+\.(css|js)|.+/page/\d+/index\.html)$")


class Sites:
    """The two generators' copies of one community."""

    def __init__(self, folder, count, stoa, hugo):
        self.count, self.folder, self.stoa, self.hugo = count, folder / str(count), stoa, hugo
        self.folder.mkdir(parents=True)
        self.attic, self.put_away = self.folder / "attic", 0
        self.attic.mkdir()
        community = corpus.generate(count)
        self.responses = sum(len(post.responses) for post in community.posts)
        for highlight in (False, True):
            self.source("stoa", highlight).mkdir()
            stoa_site.write(community, self.source("stoa", highlight), "pygments" if highlight else "none")
            hugo_site.write(community, self.source("hugo", highlight), highlight)

    def source(self, generator, highlight=False):
        return self.folder / (generator + ("-highlight" if highlight else ""))

    def output(self, generator, highlight=False):
        return self.source(generator, highlight) / ("site" if generator == "stoa" else "public")

    def command(self, generator, highlight=False):
        source = self.source(generator, highlight)
        if generator == "stoa":
            return [self.stoa, "build", "--quiet", "--source", source, "--as-of", "2026-11-01"]
        return [self.hugo, "--quiet", "--source", source]

    def remove_output(self, generator, highlight=False):
        """Puts the output aside rather than deleting it: for seconds after a deletion, ext4 makes new files very slowly."""
        output = self.output(generator, highlight)
        if output.exists():
            self.put_away += 1
            output.rename(self.attic / str(self.put_away))

    def build_clean(self, generator, highlight=False):
        self.remove_output(generator, highlight)
        if generator == "hugo":
            shutil.rmtree(self.source(generator, highlight) / "resources", ignore_errors=True)
        else:
            shutil.rmtree(self.source(generator, highlight) / ".stoa-cache", ignore_errors=True)
        return measure.run(self.command(generator, highlight))

    def files(self, generator):
        root = self.output(generator)
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

    def compare(self):
        """Says how the two sites' files, links between pages, and responses differ."""
        stoa, hugo = self.files("stoa"), self.files("hugo")
        ours = {name for name in stoa - hugo if not STOA_ALONE.match(name)}
        if ours or hugo - stoa:
            raise SystemExit(f"The two sites have different pages: {sorted(ours)[:5]} {sorted(hugo - stoa)[:5]}")
        for name in sorted(name for name in hugo if re.match(r"posts/[^/]+/index\.html$", name)):
            first, second = ((self.output(g) / name).read_text() for g in ("stoa", "hugo"))
            for what, pattern in (("responses", r'<article class="response[^>]* id="(response-[^"]+)"'),
                                  ("links in texts", r'<a href="(/posts/[^"]+/)"(?: rel="[^"]*")?>')):
                found = [sorted(re.findall(pattern, body(text))) for text in (first, second)]
                if what == "responses" and found[0] != found[1]:
                    raise SystemExit(f"{name}: different {what}: {found}")
        return len(stoa & hugo)


def body(page):
    return page[page.find("<article"):page.find("<nav class=\"neighbours\"")]


def floor(sites, folder):
    """The least that a build could take: cmark-gfm over the same bytes on one core, then a copy of the output."""
    texts = sorted((sites.source("stoa") / "content").rglob("*.md"))
    pieces, piece = [], bytearray()
    for path in texts:
        piece += path.read_bytes() + b"\n\n"
        if len(piece) > PIECE:
            pieces.append(bytes(piece))
            piece.clear()
    pieces.append(bytes(piece))
    names = []
    for number, piece in enumerate(pieces):
        name = folder / f"piece-{number}.md"
        name.write_bytes(piece)
        names.append(str(name))
    script = 'for f in "$@"; do cmark-gfm -e table -e strikethrough -e autolink -e tasklist "$f"; done'
    parse = measure.run(["taskset", "-c", "0", "sh", "-c", script, "sh", *names])
    copy = measure.run(["cp", "-r", sites.output("stoa"), pathlib.Path(tempfile.mkdtemp(dir=folder)) / "copy"])
    return parse.wall + copy.wall


class Report:
    def __init__(self):
        self.lines, self.missed = [], 0

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def target(self, name, value, limit, unit=""):
        passed = value <= limit
        self.missed += not passed
        self.say(f"| {name} | {value:.3g}{unit} | {limit:.3g}{unit} | {'pass' if passed else '**miss**'} |")


def side(runs):
    return (f"{measure.best(runs, 'wall'):.2f} / {measure.median(runs, 'wall'):.2f} s | "
            f"{measure.best(runs, 'user'):.2f} s | {measure.best(runs, 'system'):.2f} s")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stoa", default=HERE.parent / ".build" / "release" / "stoa")
    arguments.add_argument("--hugo", default=HERE.parent / ".venv" / "bin" / "hugo")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--posts", type=int, default=10_000)
    options = arguments.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="stoa-bench-", dir="/var/tmp") as name:
        folder = pathlib.Path(name)
        bench(folder, options, report)
    readme = HERE / "README.md"
    head, _, rest = readme.read_text().partition("<!-- table -->\n")
    tail = rest.partition("<!-- end of table -->")[2]
    readme.write_text(head + "<!-- table -->\n" + "\n".join(report.lines) + "\n<!-- end of table -->" + tail)
    sys.exit(1 if report.missed else 0)


def bench(folder, options, report):
    small = Sites(folder, 1_000, options.stoa, options.hugo)
    large = Sites(folder, options.posts, options.stoa, options.hugo)
    for generator in ("stoa", "hugo"):
        large.build_clean(generator)
    shared = large.compare()
    markdown = sum(path.stat().st_size for path in (large.source("stoa") / "content").rglob("*.md"))
    version = subprocess.run([options.hugo, "version"], capture_output=True, text=True).stdout
    hugo_version = re.search(r"hugo (v[\d.]+)", version)[1]
    report.say(f"{large.count:,} posts, {large.responses:,} responses, {markdown / 1e6:.0f} MB of markdown; "
               f"{shared:,} files on both sides; Hugo {hugo_version}; {platform.machine()}, "
               f"{len(__import__('os').sched_getaffinity(0))} cores; {options.runs} runs in turn.")
    report.say()
    report.say("| Clean build | wall, best / median | user | system |")
    report.say("| :--- | ---: | ---: | ---: |")
    results = {}
    for highlight in (False, True):
        runs = {"stoa": [], "hugo": []}
        for _ in range(options.runs):
            for generator in runs:
                runs[generator].append(large.build_clean(generator, highlight))
        for generator in runs:
            label = generator.capitalize() + (", code highlighted" if highlight else "")
            report.say(f"| {label} | {side(runs[generator])} |")
        results[highlight] = runs
    floors = [floor(large, folder) for _ in range(3)]
    report.say(f"| Floor: cmark-gfm on one core, then a copy | {min(floors):.2f} s | | |")
    small_runs = [small.build_clean("stoa") for _ in range(options.runs)]
    report.say(f"| Stoa, {small.count:,} posts | {side(small_runs)} |")
    large.build_clean("stoa")
    unchanged = [measure.run(large.command("stoa")) for _ in range(options.runs)]
    report.say(f"| Stoa, nothing changed | {side(unchanged)} |")
    memory = {generator: peak_memory(large, generator) for generator in ("stoa", "hugo")}
    starts = [measure.run([options.stoa, "--version"]) for _ in range(30)]

    stoa, hugo = results[False]["stoa"], results[False]["hugo"]
    wall = measure.best(stoa, "wall")
    report.say()
    report.say("| Target | measured | at most | |")
    report.say("| :--- | ---: | ---: | :--- |")
    report.target("wall, of Hugo's", wall / measure.best(hugo, "wall"), 0.1)
    report.target("user CPU, of Hugo's", measure.best(stoa, "user") / measure.best(hugo, "user"), 0.1)
    report.target("wall, of the floor", wall / min(floors), 1.5)
    report.target("peak memory of all processes, of Hugo's", memory["stoa"] / memory["hugo"], 1 / 12)
    report.target(f"wall per post, of that at {small.count:,}",
                  (wall / large.count) / (measure.best(small_runs, "wall") / small.count), 1.15)
    report.target("nothing changed, of a clean build", measure.best(unchanged, "wall") / wall, 0.25)
    report.target("stoa --version", measure.best(starts, "wall") * 1_000, 6, " ms")
    report.say()
    report.say(f"Peak memory: Stoa {memory['stoa'] / MEBIBYTE:.0f} MiB, Hugo {memory['hugo'] / MEBIBYTE:.0f} MiB.")


def peak_memory(sites, generator):
    sites.remove_output(generator)
    if generator == "stoa":
        shutil.rmtree(sites.source(generator) / ".stoa-cache", ignore_errors=True)
    return measure.peak_memory(sites.command(generator))


if __name__ == "__main__":
    main()

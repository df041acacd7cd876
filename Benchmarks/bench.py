"""Builds the same community alternately with Stoa and with Hugo, and compares them.

Run by `make bench`. Writes its table into README.md beside this file, and the guide's table of how a build grows, unless there
were fewer than five runs.
"""

import argparse
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import corpus
import hugo_site
import measure
import scaling
import stoa_site

HERE = pathlib.Path(__file__).resolve().parent
MEBIBYTE = 1 << 20
PIECE = 1_000_000
# Fewer runs are too inaccurate to publish.
RUNS = 5
# Parts of Stoa's site that Hugo's lacks; Stoa also divides more kinds of lists into pages.
STOA_ALONE = re.compile(
    r"^(\.stoa-manifest|_headers|_redirects|addresses\.txt|favicon\.svg|theme\.[0-9a-f]+\.(css|js)|.+/page/\d+/index\.html"
    r"|(bridges|digest|follow|waiting)/.*|(practices|questions)/feed\.xml|(people|topics)\.opml|contributors/[^/]+/replies\.xml)$")


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
        """Moves the output away instead of deleting it: for seconds after a deletion, ext4 creates files very slowly."""
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

    def build_changed(self, number):
        """Builds after one new response; the next run replaces it by another one."""
        threads = sorted((self.source("stoa") / "content/responses").iterdir())
        for thread in threads:
            (thread / "bench-one-more.md").unlink(missing_ok=True)
        (threads[number] / "bench-one-more.md").write_text("---\nguest: Zed\ndate: 2026-10-31\n---\n\nOne more.\n")
        return measure.run(self.command("stoa"))

    def files(self, generator):
        root = self.output(generator)
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

    def compare(self):
        """Describes how the two sites' files, links between pages, and responses differ."""
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


def floor(sites, folder, cores):
    """The minimum time of a build: cmark-gfm over the same bytes on some cores, then a copy of the output."""
    pieces = sorted(folder.glob("piece-*.md")) or write_pieces(sites, folder)
    script = "cmark-gfm -e table -e strikethrough -e autolink -e tasklist {} >/dev/null"
    command = ["xargs", "-0", "-P", str(cores), "-I", "{}", "sh", "-c", script]
    names = folder / "pieces"
    names.write_text("".join(f"{piece}\0" for piece in pieces))
    parse = measure.run([*(["taskset", "-c", "0"] if cores == 1 else []), *command[:1], "-a", names, *command[1:]])
    copy = measure.run(["cp", "-r", sites.output("stoa"), pathlib.Path(tempfile.mkdtemp(dir=folder)) / "copy"])
    return parse.wall + copy.wall


def write_pieces(sites, folder):
    """All markdown in pieces of a megabyte, because starting the program for each text would be slow."""
    pieces, piece = [], bytearray()

    def end():
        path = folder / f"piece-{len(pieces):04}.md"
        path.write_bytes(piece)
        pieces.append(path)
        piece.clear()

    for path in sorted((sites.source("stoa") / "content").rglob("*.md")):
        piece += path.read_bytes() + b"\n\n"
        if len(piece) > PIECE:
            end()
    end()
    return pieces


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
    return (f"{measure.median(runs, 'wall'):.2f} / {measure.best(runs, 'wall'):.2f} s | "
            f"{measure.median(runs, 'user'):.2f} s | {measure.median(runs, 'system'):.2f} s")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stoa", default=HERE.parent / ".build" / "release" / "stoa")
    arguments.add_argument("--hugo", default=HERE.parent / ".venv" / "bin" / "hugo")
    arguments.add_argument("--runs", type=int, default=RUNS)
    arguments.add_argument("--posts", type=int, default=10_000)
    options = arguments.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="stoa-bench-", dir="/var/tmp") as name:
        folder = pathlib.Path(name)
        bench(folder, options, report)
        rows = scaling.rows(options.stoa, folder, [1_000, 3_000, 10_000, 30_000], options.runs)
    if options.runs < RUNS:
        print(f"\nNo table is written from fewer than {RUNS} runs.")
        sys.exit(1 if report.missed else 0)
    scaling.publish(rows)
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
               f"{shared:,} files on both sides, Stoa's {bytes_of(large.output('stoa')) / 1e6:.0f} MB; {options.runs} runs in turn. "
               f"{machine(options.stoa)}; Hugo {hugo_version}.")
    report.say()
    report.say("| Clean build | wall, median / best | user | system |")
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
    cores = len(os.sched_getaffinity(0))
    floors = {count: sorted(floor(large, folder, count) for _ in range(options.runs)) for count in (1, cores)}
    for count, runs in floors.items():
        where = "one core" if count == 1 else f"{count} cores"
        report.say(f"| Floor: cmark-gfm on {where}, then a copy | {statistics.median(runs):.2f} / {runs[0]:.2f} s | | |")
    small_runs = [small.build_clean("stoa") for _ in range(options.runs)]
    report.say(f"| Stoa, {small.count:,} posts | {side(small_runs)} |")
    large.build_clean("stoa")
    unchanged = [measure.run(large.command("stoa")) for _ in range(options.runs)]
    report.say(f"| Stoa, nothing changed | {side(unchanged)} |")
    changed = [large.build_changed(number) for number in range(options.runs)]
    report.say(f"| Stoa, one response more | {side(changed)} |")
    memory = {generator: peak_memory(large, generator) for generator in ("stoa", "hugo")}
    starts = [measure.run([options.stoa, "--version"]) for _ in range(30)]

    stoa, hugo = results[False]["stoa"], results[False]["hugo"]
    wall = measure.median(stoa, "wall")
    processor = {side: measure.median(runs, "user") + measure.median(runs, "system") for side, runs in results[False].items()}
    report.say()
    report.say("| Target, of medians | measured | at most | |")
    report.say("| :--- | ---: | ---: | :--- |")
    report.target("wall, of Hugo's", wall / measure.median(hugo, "wall"), 1 / 12)
    report.target("processor time, of Hugo's", processor["stoa"] / processor["hugo"], 1 / 12)
    report.target("wall, of the floor on one core", wall / statistics.median(floors[1]), 2)
    report.target("peak memory of all processes, of Hugo's", memory["stoa"] / memory["hugo"], 1 / 12)
    report.target(f"wall per post, of that at {small.count:,}",
                  (wall / large.count) / (measure.median(small_runs, "wall") / small.count), 1.15)
    report.target("nothing changed, of a clean build", measure.median(unchanged, "wall") / wall, 0.15)
    report.target("one response more, of a clean build", measure.median(changed, "wall") / wall, 0.35)
    report.target("stoa --version", measure.median(starts, "wall") * 1_000, 6, " ms")
    report.say()
    report.say(f"Peak memory: Stoa {memory['stoa'] / MEBIBYTE:.0f} MiB, Hugo {memory['hugo'] / MEBIBYTE:.0f} MiB.")


def bytes_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def machine(stoa):
    """The system, its cores, and the libraries that Stoa runs on."""
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    told = subprocess.run([stoa, "--version", "--verbose"], capture_output=True, text=True, check=True).stdout.splitlines()
    return ", ".join([
        system[1] if system else platform.system(), f"{len(os.sched_getaffinity(0))} cores of {platform.machine()}",
        *(" ".join(line.split()) for line in told if not line.startswith("note:")),
    ])


def peak_memory(sites, generator):
    sites.remove_output(generator)
    if generator == "stoa":
        shutil.rmtree(sites.source(generator) / ".stoa-cache", ignore_errors=True)
    return measure.peak_memory(sites.command(generator))


if __name__ == "__main__":
    main()

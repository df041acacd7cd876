#!/usr/bin/env python3
"""Measures how the cost of a build grows with a community, for the table in the guide.

    Benchmarks/scaling.py [--stoa .build/release/stoa] [--posts 1000,3000,10000,30000] [--runs 5] [--write]

`make bench` makes the guide's table, and `make bench-scale` goes on to 100,000 posts.
"""

import argparse
import pathlib
import re
import shutil
import tempfile

import corpus
import measure
import stoa_site

GUIDE = pathlib.Path(__file__).resolve().parent.parent / "content/posts/scaling.md"
BEGIN, END = "<!-- make bench -->\n", "<!-- end -->"
HEAD = [
    "| Posts | Responses | Markdown | Site | Clean build | Of it per 1,000 posts | Nothing changed | Memory |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
]


def rows(stoa, folder, counts, runs):
    """The table's rows, printed as they are measured; a time is the median."""
    made = []
    for count in counts:
        made.append(row(stoa, folder / f"scale-{count}", count, runs))
        print(made[-1], flush=True)
    return made


def row(stoa, folder, count, runs):
    folder.mkdir()
    community = corpus.generate(count)
    stoa_site.write(community, folder, "none")
    markdown = sum(path.stat().st_size for path in (folder / "content").rglob("*.md"))
    command = lambda output: [stoa, "build", "--quiet", "--source", folder, "--as-of", "2026-11-01", "--output", folder / output]
    # Each run has its own folder: for seconds after a deletion, ext4 creates files very slowly.
    clean = []
    for run in range(runs):
        shutil.rmtree(folder / ".stoa-cache", ignore_errors=True)
        clean.append(measure.run(command(f"site-{run}")))
    unchanged = [measure.run(command(f"site-{runs - 1}")) for _ in range(runs)]
    shutil.rmtree(folder / ".stoa-cache", ignore_errors=True)
    memory = measure.peak_memory(command("site-memory"))
    site = sum(path.stat().st_size for path in (folder / "site-memory").rglob("*") if path.is_file())
    wall = measure.median(clean, "wall")
    responses = sum(len(post.responses) for post in community.posts)
    return (f"| {count:,} | {responses:,} | {markdown / 1e6:.0f} MB | {site / 1e6:.0f} MB | {wall:.1f} s | {wall / count * 1e3:.2f} s | "
            f"{measure.median(unchanged, 'wall'):.1f} s | {memory / (1 << 20):.0f} MiB |")


def publish(made):
    """Writes the guide's table."""
    text = GUIDE.read_text()
    assert text.count(BEGIN) == text.count(END) == 1
    table = "\n".join([*HEAD, *made])
    GUIDE.write_text(re.sub(re.escape(BEGIN) + ".*" + END, lambda _: f"{BEGIN}\n{table}\n\n{END}", text, flags=re.S))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--posts", default="1000,3000,10000,30000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the guide's table")
    options = parser.parse_args()
    print("\n".join(HEAD))
    with tempfile.TemporaryDirectory(prefix="stoa-scaling-", dir="/var/tmp") as name:
        made = rows(options.stoa, pathlib.Path(name), [int(count) for count in options.posts.split(",")], options.runs)
    if options.write:
        publish(made)


if __name__ == "__main__":
    main()

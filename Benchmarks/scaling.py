#!/usr/bin/env python3
"""Says what a build costs as a community grows, for the table of the guide.

    Benchmarks/scaling.py [--stoa .build/release/stoa] [--posts 1000,3000,10000,30000] [--runs 2]
"""

import argparse
import pathlib
import tempfile

import corpus
import measure
import stoa_site


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--posts", default="1000,3000,10000,30000")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stoa-scaling-", dir="/var/tmp") as name:
        for count in map(int, options.posts.split(",")):
            print(row(options, pathlib.Path(name) / str(count), count), flush=True)


def row(options, folder, count):
    folder.mkdir()
    community = corpus.generate(count)
    stoa_site.write(community, folder, "none")
    markdown = sum(path.stat().st_size for path in (folder / "content").rglob("*.md"))
    command = lambda output: [options.stoa, "build", "--quiet", "--source", folder, "--as-of", "2026-11-01", "--output", folder / output]
    # Each run has a folder of its own: for seconds after a deletion, ext4 makes new files very slowly.
    clean = [measure.run(command(f"site-{run}")) for run in range(options.runs)]
    unchanged = [measure.run(command(f"site-{options.runs - 1}")) for _ in range(options.runs)]
    memory = measure.peak_memory(command("site-memory"))
    wall = measure.best(clean, "wall")
    responses = sum(len(post.responses) for post in community.posts)
    return (f"| {count:,} | {responses:,} | {markdown / 1e6:.0f} MB | {wall:.1f} s | {wall / count * 1e3:.2f} s | "
            f"{measure.best(unchanged, 'wall'):.1f} s | {memory / (1 << 20):.0f} MiB |")


if __name__ == "__main__":
    main()

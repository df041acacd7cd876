#!/usr/bin/env python3
"""Compares `stoa check` of a community full of mistakes with that of the same community without: at most 1.5 times the CPU.

    Benchmarks/mistakes.py [--stoa .build/release/stoa] [--posts 10000] [--runs 3]

Every post has one more sentence with a link; where there are mistakes, its name has a slip. In a third community every folder of
responses has a name that no post has.
"""

import argparse
import pathlib
import tempfile

import corpus
import measure
import stoa_site

AT_MOST = 1.5


def add_links(folder, slip):
    posts = sorted((folder / "content/posts").glob("*.md"))
    for post, other in zip(posts, posts[1:] + posts[:1]):
        name = other.stem[:-1] + "~" if slip else other.stem
        with post.open("a") as file:
            file.write(f"\nSee also [[{name}]].\n")


def rename_folders(folder):
    for thread in (folder / "content/responses").iterdir():
        thread.rename(thread.with_name("renamed-" + thread.name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    community = corpus.generate(options.posts)
    with tempfile.TemporaryDirectory() as name:
        folders = {side: pathlib.Path(name) / side for side in ("clean", "wrong names", "renamed folders")}
        for side, folder in folders.items():
            stoa_site.write(community, folder)
            add_links(folder, slip=side == "wrong names")
        rename_folders(folders["renamed folders"])
        runs = {side: [] for side in folders}
        for _ in range(options.runs):
            for side, folder in folders.items():
                command = [options.stoa, "check", "--source", folder, "--as-of", "2026-11-01"]
                runs[side].append(measure.run(command, status=1 if side == "renamed folders" else 0))
        cpu = {side: min(run.user + run.system for run in all_runs) for side, all_runs in runs.items()}
        for side, seconds in cpu.items():
            ratio = seconds / cpu["clean"]
            print(f"{side:16} {seconds:6.2f} s of CPU, {ratio:4.2f} times  {'pass' if ratio <= AT_MOST else 'MISS'}")


if __name__ == "__main__":
    main()

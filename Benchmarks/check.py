#!/usr/bin/env python3
"""Compares `stoa check` with `stoa build` at 10,000 posts: a check may take no longer.

    Benchmarks/check.py [--stoa .build/release/stoa] [--posts 10000] [--runs 3]
"""

import argparse
import pathlib
import shutil
import tempfile

import corpus
import measure
import stoa_site


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "community"
        stoa_site.write(corpus.generate(options.posts), folder)
        arguments = ["--source", folder, "--as-of", "2026-11-01"]
        runs = {"check": [], "build": [], "unchanged": []}
        for _ in range(options.runs):
            for kept in ("site", ".stoa-cache"):
                shutil.rmtree(folder / kept, ignore_errors=True)
            runs["build"].append(measure.run([options.stoa, "build", *arguments]))
            runs["check"].append(measure.run([options.stoa, "check", *arguments]))
            runs["unchanged"].append(measure.run([options.stoa, "build", *arguments]))
        for side, all_runs in runs.items():
            print(
                f"{side:10} {measure.best(all_runs, 'wall'):6.2f} s, processors"
                f" {measure.best(all_runs, 'user'):6.2f} + {measure.best(all_runs, 'system'):5.2f} s")


if __name__ == "__main__":
    main()

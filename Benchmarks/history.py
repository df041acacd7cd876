#!/usr/bin/env python3
"""Compares reading the history of 40,000 commits with `git log --name-status`.

    Benchmarks/history.py [--stoa .build/release/stoa] [--commits 40000] [--runs 3]

The target: at most 1.5 times git's own time. Stoa's is what a listing with history takes beyond one without; both
sides count processors too, because a machine may have other work.
"""

import argparse
import pathlib
import random
import subprocess
import tempfile

import measure

TEXTS = 8_000
AUTHORS = 200
FIRST_SECOND = 1_500_000_000


def write_repository(folder, commits):
    """A repository of texts that are added, changed, moved and removed, in the format of `git fast-import`."""
    source = random.Random(7)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", folder], check=True)
    importer = subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    out = importer.stdin
    paths = []

    def data(text):
        encoded = text.encode()
        out.write(b"data %d\n%s\n" % (len(encoded), encoded))

    def text(name, number):
        return f"---\ntitle: {name}\nauthor: Person 1\ndate: 2019-01-01\n---\n\nText {number} of {name}.\n"

    for number in range(commits):
        out.write(b"commit refs/heads/main\n")
        person = source.randrange(AUTHORS)
        moment = FIRST_SECOND + number * 3_000
        out.write(f"author Person {person} <p{person}@example.org> {moment} +0000\n".encode())
        out.write(f"committer Person {person} <p{person}@example.org> {moment} +0000\n".encode())
        trailer = f"\n\nCo-authored-by: Person {source.randrange(AUTHORS)} <x@example.org>\n"
        data(f"Change {number}" + (trailer if number % 10 == 0 else "\n"))
        if number == 0:
            out.write(b"M 100644 inline stoa.yml\n")
            data("title: History\nurl: https://history.example\nhistory: required\n")
        if len(paths) < TEXTS and (number % 3 == 0 or not paths):
            path = f"content/posts/text-{number:05}.md"
            paths.append(path)
            out.write(f"M 100644 inline {path}\n".encode())
            data(text(path[14:24], number))
        elif number % 50 == 1:
            place = source.randrange(len(paths))
            moved = f"content/posts/{2019 + number % 5}/text-{number:05}.md"
            out.write(f"R {paths[place]} {moved}\n".encode())
            paths[place] = moved
        else:
            for path in source.sample(paths, min(len(paths), source.choice([1, 1, 1, 2, 5]))):
                out.write(f"M 100644 inline {path}\n".encode())
                data(text(path.rpartition("/")[2][:10], number))
        out.write(b"\n")
    out.close()
    if importer.wait() != 0:
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-C", folder, "reset", "--quiet", "--hard"], check=True)
    subprocess.run(["git", "-C", folder, "repack", "-adq"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--commits", type=int, default=40_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "community"
        write_repository(folder, options.commits)
        listing = [options.stoa, "list", "drafts", "--source", folder]
        log = ["git", "-C", folder, "log", "--name-status"]
        settings = folder / "stoa.yml"
        text = settings.read_text()
        runs = {"git": [], "with": [], "without": []}
        for _ in range(options.runs):
            runs["git"].append(measure.run(log))
            runs["with"].append(measure.run(listing))
            settings.write_text(text.replace("required", "none"))
            runs["without"].append(measure.run(listing))
            settings.write_text(text)
    figures = {}
    for side, all_runs in runs.items():
        figures[side] = (
            measure.best(all_runs, "wall"), min(run.user + run.system for run in all_runs))
        print(f"{side:8} {figures[side][0]:6.2f} s, processors {figures[side][1]:6.2f} s")
    for index, what in enumerate(["wall", "processors"]):
        ratio = (figures["with"][index] - figures["without"][index]) / figures["git"][index]
        print(f"reading the history, {what}: {ratio:.2f} times git log --name-status (target 1.5)")


if __name__ == "__main__":
    main()

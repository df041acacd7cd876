"""Counts the instructions of a build of 300 posts and compares them with the recorded ones.

Run by `make bench-quick`; with --record it writes the counts to instructions.json.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import corpus
import stoa_site

HERE = pathlib.Path(__file__).resolve().parent
RECORD = HERE / "instructions.json"
TOLERANCE = 0.05


def machine():
    """The toolchain and the processor: counts for different ones cannot be compared."""
    toolchain = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{toolchain}; {model[1] if model else 'unknown processor'}"


def instructions(output):
    """The instructions of one process, without hashing: valgrind's processor lacks the instructions that real ones have for it."""
    text = output.read_text()
    total = int(re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)[1])
    functions = subprocess.run(["callgrind_annotate", "--threshold=100", output], check=True, capture_output=True, text=True)
    hashing = re.findall(r"^\s*([\d,]+) .*StoaModel6SHA256", functions.stdout, re.MULTILINE)
    return total - sum(int(number.replace(",", "")) for number in hashing)


def count(stoa):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        community = folder / "community"
        community.mkdir()
        stoa_site.write(corpus.generate(300), community)
        # Valgrind cannot read the debug information that Swift writes.
        stripped = folder / "stoa"
        subprocess.run(["strip", "--strip-debug", "-o", stripped, stoa], check=True)
        subprocess.run(
            ["valgrind", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={folder}/out.%p", stripped,
             "build", "--quiet", "--jobs", "1", "--source", community, "--as-of", "2026-11-01"],
            check=True, capture_output=True, env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})
        return sum(instructions(output) for output in folder.glob("out.*"))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stoa", default=HERE.parent / ".build" / "release" / "stoa")
    arguments.add_argument("--record", action="store_true")
    options = arguments.parse_args()
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    name, counted = machine(), count(options.stoa)
    if options.record:
        RECORD.write_text(json.dumps({**recorded, name: counted}, indent=2, sort_keys=True) + "\n")
        print(f"recorded {counted:,} instructions for {name}")
        return
    before = recorded.get(name)
    if before is None:
        print(f"{counted:,} instructions; none are recorded for {name}")
        return
    ratio = counted / before
    print(f"{counted:,} instructions, {ratio:.3f} of the {before:,} that are recorded for {name}")
    sys.exit(1 if ratio > 1 + TOLERANCE else 0)


if __name__ == "__main__":
    main()

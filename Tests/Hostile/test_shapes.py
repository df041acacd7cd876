"""A hostile text costs a build little time and nothing else.

With the program optimised (`make trust`) a text of 16 KiB, 64 KiB or 1 MiB may take 2 seconds and 256 MiB, and its time may
grow at most twice as fast as its size.
"""

import os
import subprocess
import sys

import pytest

from Hostile.shapes import K, MARKDOWN, YAML

SIZES = [int(size) * K for size in os.environ.get("STOA_TRUST_SIZES", "16").split()]
PROCESSOR_SECONDS = 2
MEMORY = 256 * K * K
# Shorter times are too inaccurate to measure growth.
NOISE = 0.03

SETTINGS = "title: S\nurl: https://s.example\nhighlight: none\nsearch: none\nhistory: none\n"
FRONT = "---\ntitle: A\nauthor: a\ndate: 2026-01-01\n{}---\n\n{}\n"
# Diagnostics that refuse a text; any other problem is a bug of ours.
REFUSALS = {"markdown-too-complex", "nested-too-deep", "line-too-long", "file-too-large"}


def community(root, posts):
    (root / "content/posts").mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS)
    for name, text in posts.items():
        (root / f"content/posts/{name}.md").write_text(text)
    return root


def measured(stoa, root):
    """Builds; returns status, output, processor time in seconds and the memory of the largest process."""
    # The system counts the memory of the process that started a program: pytest's, which grows. So a small process starts the
    # build.
    small = (
        "import os, sys; _, status, used = os.wait4(os.spawnv(os.P_NOWAIT, sys.argv[2], sys.argv[2:]), 0); "
        "open(sys.argv[1], 'w').write(f'{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime} {used.ru_maxrss}')")
    build = [stoa, "build", "--source", root, "--keep-going", "--jobs", "1", "--as-of", "2026-06-01"]
    with open(root / "words", "w+", encoding="utf-8", errors="replace") as words:
        subprocess.run([sys.executable, "-c", small, root / "used", *build], stdout=subprocess.DEVNULL, stderr=words, check=True)
        words.seek(0)
        said = words.read()
    status, seconds, memory = (root / "used").read_text().split()
    # Linux counts in KiB, Darwin in bytes.
    return int(status), said, float(seconds), int(memory) * (1 if sys.platform == "darwin" else K)


@pytest.fixture(scope="module")
def isoptimised(stoa):
    return "release" in str(stoa)


@pytest.fixture(scope="module")
def alone(stoa, tmp_path_factory):
    """The processor time of a build without hostile texts."""
    root = community(tmp_path_factory.mktemp("alone"), {"other": FRONT.format("", "Words.")})
    return min(measured(stoa, root)[2] for _ in range(3))


def assert_cheap(times):
    """Times by size: each within the limit, and none disproportionate to the previous one."""
    for size, (seconds, memory) in times.items():
        assert seconds <= PROCESSOR_SECONDS, f"{size // K} KiB take {seconds:.2f} s"
        assert memory <= MEMORY, f"{size // K} KiB take {memory // K // K} MiB"
    sizes = sorted(times)
    for small, large in zip(sizes, sizes[1:]):
        before, after = max(times[small][0], NOISE), times[large][0]
        growth = after / before / (large / small)
        assert growth <= 2, f"{small // K} KiB take {before:.3f} s, {large // K} KiB {after:.3f} s"


@pytest.mark.parametrize("shape", MARKDOWN)
def test_markdown(stoa, tmp_path, shape, alone, isoptimised):
    times = {}
    for size in SIZES:
        text = MARKDOWN[shape](size)
        root = community(tmp_path / str(size), {"shape": FRONT.format("", text), "other": FRONT.format("", "Words.")})
        status, said, seconds, memory = measured(stoa, root)
        assert status in (0, 1), said[-2000:]
        assert (root / "site/posts/other/index.html").exists(), said[-2000:]
        codes = {line.rpartition("[")[2].rstrip("]") for line in said.splitlines() if ": error: " in line}
        assert codes <= REFUSALS, codes
        times[size] = max(seconds - alone, 0), memory
    print(shape, {size // K: (round(seconds, 3), memory // K // K) for size, (seconds, memory) in times.items()})
    if isoptimised:
        assert_cheap(times)


@pytest.mark.parametrize("shape", YAML)
def test_front_matter(stoa, tmp_path, shape, alone, isoptimised):
    times = {}
    # Front matter may have 16 KiB; 15 are read completely, and larger ones not at all.
    for size in [1 * K, 15 * K, *SIZES]:
        text = "---\nauthor: a\ndate: 2026-01-01\n" + YAML[shape](size) + "\n---\n\n# Title\n\nWords.\n"
        root = community(tmp_path / str(size), {"shape": text, "other": FRONT.format("", "Words.")})
        status, said, seconds, memory = measured(stoa, root)
        assert status in (0, 1), said[-2000:]
        assert (root / "site/posts/other/index.html").exists(), said[-2000:]
        times[size] = max(seconds - alone, 0), memory
    print(shape, {size // K: (round(seconds, 3), memory // K // K) for size, (seconds, memory) in times.items()})
    if isoptimised:
        assert_cheap(times)

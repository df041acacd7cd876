"""A hostile text costs a build a little and nothing else."""

import os
import resource

import pytest

from conftest import run
from Hostile.shapes import K, MARKDOWN, YAML

SIZES = [int(size) * K for size in os.environ.get("STOA_TRUST_SIZES", "16").split()]
# What a text may take, with the program optimised.
PROCESSOR_SECONDS = 2

SETTINGS = "title: S\nurl: https://s.example\nhighlight: none\nsearch: none\nhistory: none\n"
FRONT = "---\ntitle: A\nauthor: a\ndate: 2026-01-01\n{}---\n\n{}\n"


def community(root, posts):
    (root / "content/posts").mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS)
    for name, text in posts.items():
        (root / f"content/posts/{name}.md").write_text(text)
    return root


def measured(stoa, root):
    """Builds, and returns the result with the processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(stoa, "build", "--source", root, "--keep-going", "--jobs", "1", check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("shape", MARKDOWN)
def test_markdown(stoa, tmp_path, shape):
    times = []
    for size in SIZES:
        text = MARKDOWN[shape](size)
        root = community(tmp_path / str(size), {"shape": FRONT.format("", text), "other": FRONT.format("", "Words.")})
        done, seconds = measured(stoa, root)
        assert done.returncode in (0, 1), done.stderr[-2000:]
        assert (root / "site/posts/other/index.html").exists(), done.stderr[-2000:]
        codes = {line.rpartition("[")[2].rstrip("]") for line in done.stderr.splitlines() if ": error: " in line}
        assert codes <= {"markdown-too-complex", "nested-too-deep", "line-too-long", "file-too-large"}, codes
        times.append(seconds)
    if "release" in str(stoa):
        assert max(times) < PROCESSOR_SECONDS + 0.5


@pytest.mark.parametrize("shape", YAML)
def test_front_matter(stoa, tmp_path, shape):
    for size in (1 * K, 15 * K, 64 * K):
        text = "---\nauthor: a\ndate: 2026-01-01\n" + YAML[shape](size) + "\n---\n\n# Title\n\nWords.\n"
        root = community(tmp_path / str(size), {"shape": text, "other": FRONT.format("", "Words.")})
        done, seconds = measured(stoa, root)
        assert done.returncode in (0, 1), done.stderr[-2000:]
        assert (root / "site/posts/other/index.html").exists(), done.stderr[-2000:]

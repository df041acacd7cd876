"""A response that makes the markdown library hang costs a build two seconds and nothing else.

No such text is known for the tested library version, so one of its functions is replaced by one that hangs.
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).parent
SETTINGS = "title: H\nurl: https://h.example\nhighlight: none\nsearch: none\nhistory: none\n"
POST = "---\ntitle: {0}\nauthor: a\ndate: 2026-01-01\n---\n\nWords of {0}, see [[p1]].\n"
RESPONSE = "---\nguest: {0}\ndate: 2026-01-02\n---\n\n{1}\n"


@pytest.fixture(scope="module")
def hanging(tmp_path_factory):
    """The environment in which the library hangs on a text."""
    compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
    if not compiler or sys.platform != "linux":
        pytest.skip("a function of a library is replaced with Linux's loader and a C compiler")
    library = tmp_path_factory.mktemp("hang") / "hang.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, HERE / "hang.c", "-ldl"], check=True)
    return {**os.environ, "LD_PRELOAD": str(library)}


def community(root, text):
    """Many responses, so that the hanging one is parsed together with others; ids from 100 to 139."""
    for folder in ("posts", "responses/p1"):
        (root / "content" / folder).mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS)
    for number in range(5):
        (root / f"content/posts/p{number}.md").write_text(POST.format(f"p{number}"))
    for number in range(100, 140):
        words = text if number == 117 else f"An answer, {number}."
        (root / f"content/responses/p1/r{number}.md").write_text(RESPONSE.format(f"G{number}", words))
    return root


def build(stoa, root, environment, *options):
    """Builds, and returns the result with the processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [stoa, "build", "--source", root, "--as-of", "2026-06-01", "--jobs", "2", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tree(site):
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name != ".stoa-manifest"}


def test_one_text_costs_two_seconds_and_nothing_else(stoa, hanging, tmp_path):
    plain, hostile = community(tmp_path / "plain", "Yes."), community(tmp_path / "hostile", "never-to-end")
    done, seconds = build(stoa, plain, hanging)
    assert done.returncode == 0, done.stderr
    done, longer = build(stoa, hostile, hanging, "--keep-going")
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert len(errors) == 1 and errors[0].startswith("content/responses/p1/r117.md")
    assert errors[0].endswith("[markdown-too-complex]")
    # A debug build takes longer to start another worker.
    assert longer - seconds <= (2.0 if "release" in str(stoa) else 2.5)
    one, other = tree(plain / "site"), tree(hostile / "site")
    assert one.keys() == other.keys()
    differing = [name for name in one if one[name] != other[name]]
    assert differing and all(b"r117" in one[name] for name in differing), differing
    page = other["posts/p1/index.html"].decode()
    for number in range(100, 140):
        assert (f"An answer, {number}." in page) == (number != 117)


def test_without_keep_going_nothing_is_written(stoa, hanging, tmp_path):
    root = community(tmp_path / "hostile", "never-to-end")
    done, _ = build(stoa, root, hanging)
    assert done.returncode == 1 and "[markdown-too-complex]" in done.stderr
    assert not (root / "site/index.html").exists()

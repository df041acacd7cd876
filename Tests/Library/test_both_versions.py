"""The result for a community does not depend on the version of the markdown library.

`STOA_OTHER` is a program that was built with another version than the one under test; `make test-library` gives both.
"""

import os
import pathlib
import re
import shutil

import pytest

from conftest import ROOT, SHARED, run

OTHER = os.environ.get("STOA_OTHER")
COMMUNITIES = {
    "example": ROOT,
    "real": SHARED / "community",
    **{f"{kind}/{site.name}": site for kind in ("valid", "invalid") for site in sorted((ROOT / "Tests/Sites" / kind).iterdir())},
}

if not OTHER:
    pytest.skip("STOA_OTHER names no program with another version of the library", allow_module_level=True)


def version(program):
    return re.search(r"cmark-gfm (\S+)", run(program, "--version", "--verbose").stdout)[1]


def test_the_versions_differ(stoa):
    assert version(stoa) != version(OTHER)


def built(program, source, site):
    done = run(program, "build", "--source", source, "--output", site, "--as-of", "2026-07-01", "--keep-going", check=False)
    tree = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    # After a build that reached a limit, an older library is reported.
    said = [line for line in done.stderr.splitlines() if not line.startswith("note: cmark-gfm ")]
    return done.returncode, said, tree


@pytest.mark.parametrize("name", COMMUNITIES)
def test_both_versions_say_and_write_the_same(name, stoa, tmp_path):
    source = COMMUNITIES[name]
    if not (source / "content").is_dir():
        pytest.skip(f"{source} is not there")
    if source != ROOT:
        # Each build begins without the caches of others.
        shutil.copytree(source, tmp_path / "community")
        source = tmp_path / "community"
    status, said, tree = built(stoa, source, tmp_path / "one")
    other_status, other_said, other_tree = built(pathlib.Path(OTHER), source, tmp_path / "other")
    assert (other_status, other_said) == (status, said)
    assert sorted(other_tree) == sorted(tree)
    assert [path for path in tree if tree[path] != other_tree[path]] == []

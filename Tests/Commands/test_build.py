"""Changes that `stoa build` makes to an output folder."""

import re

from conftest import ROOT, run


def written(build):
    return int(re.search(r"^written +(\d+)$", build.stdout, re.MULTILINE)[1])


def test_a_second_build_writes_nothing(stoa, tmp_path):
    site = tmp_path / "site"
    files = lambda: {path for path in site.rglob("*") if path.is_file() and not path.name.startswith(".stoa")}
    first = run(stoa, "build", "--source", ROOT, "--output", site)
    assert written(first) == len(files()) > 100
    before = {path: path.stat().st_mtime_ns for path in files()}
    assert written(run(stoa, "build", "--source", ROOT, "--output", site)) == 0
    assert before == {path: path.stat().st_mtime_ns for path in files()}

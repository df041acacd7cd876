"""Same content, same bytes, independent of the machine, its clock, zone, language, cores, the order of its files, and caches."""

import hashlib
import os
import random
import shutil

import pytest

from conftest import ROOT, copy_colours, run

PARTS = ["content", "templates", "stoa.yml"]


def hashes(site):
    """A hash of every file below a folder, and its entry in the manifest."""
    files = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    manifest = files.pop(".stoa-manifest").decode().splitlines()
    ours = {path: hashlib.sha256(bytes).hexdigest() for path, bytes in files.items()}
    return ours | {line: "in the manifest" for line in manifest}


def shuffled_copy(target, seed):
    """The example community, with its files and folders created in another order and at other times."""
    order = random.Random(seed)
    files = [ROOT / "stoa.yml"]
    for part in ["content", "templates"]:
        files += sorted(path for path in (ROOT / part).rglob("*") if path.is_file())
    order.shuffle(files)
    for file in files:
        copy = target / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        moment = order.randrange(1_000_000_000, 1_700_000_000)
        os.utime(copy, (moment, moment))
    return target


@pytest.fixture(scope="module")
def expected(stoa, tmp_path_factory):
    """The files of a default build with one job."""
    folder = tmp_path_factory.mktemp("one")
    community = shuffled_copy(folder / "community", 0)
    run(stoa, "build", "--source", community, "--output", folder / "site", "--jobs", 1, TZ="UTC", LC_ALL="C")
    files = hashes(folder / "site")
    assert len(files) > 100
    assert any(path.startswith("search/index/words") for path in files)
    return community, files


@pytest.mark.parametrize(
    ("seed", "jobs", "zone", "locale"),
    [
        (1, 8, "Pacific/Kiritimati", "tr_TR.UTF-8"),
        (2, 8, "America/St_Johns", "de_DE.UTF-8"),
        (3, 1, "Asia/Kathmandu", "ar_EG.UTF-8"),
    ],
)
def test_the_example_builds_to_the_same_bytes(stoa, tmp_path, expected, seed, jobs, zone, locale):
    first, expected = expected
    community = shuffled_copy(tmp_path / "elsewhere" / "community", seed)
    # One of the builds runs Pygments again.
    if seed > 1:
        copy_colours(first, community)
    arguments = ["--source", community, "--output", tmp_path / "site", "--jobs", jobs]
    run(stoa, "build", *arguments, TZ=zone, LC_ALL=locale, LANG=locale)
    files = hashes(tmp_path / "site")
    different = {path for path in files.keys() | expected.keys() if files.get(path) != expected.get(path)}
    assert different == set()

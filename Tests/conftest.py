"""Shared by the tests outside Swift: the program, and the built example community."""

import os
import pathlib
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


# The files that take longest, the longest first.
LONGEST = [
    "Client/test_client.py", "Browser/test_policy.py", "Browser/test_accessibility.py", "Audiences/test_flawed.py",
    "Browser/test_search.py", "Intake/test_receive_service.py", "Browser/test_replies.py", "Browser/test_validity.py",
    "Browser/test_reading.py", "Hostile/test_imports.py", "Hostile/test_amplification.py", "Editing/test_moves.py",
    "Browser/test_machine_readable.py", "Browser/test_preview_replies.py", "Audiences/test_noninterference.py",
    "Format/test_every_word.py", "Commands/test_community.py", "Hostile/test_shapes.py", "History/test_history.py",
]


def pytest_collection_modifyitems(items):
    """Long files first, so that at the end of a parallel run every process still has work."""
    places = {ROOT / "Tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def run(*arguments, cwd=None, check=True, **environment):
    """Runs a command and returns its output and status."""
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        check=check,
        capture_output=True,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1782000000", **environment},
    )


def copy_example(folder):
    """Copies the example community, with the Pygments cache of an earlier build, because highlighting takes longer than
    everything else."""
    for part in ("content", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copyfile(ROOT / "stoa.yml", folder / "stoa.yml")
    copy_colours(ROOT, folder)


def copy_colours(folder, other):
    """Copies the Pygments cache of a build to another community."""
    if (folder / ".stoa-cache/highlight").exists():
        (other / ".stoa-cache").mkdir(exist_ok=True)
        shutil.copyfile(folder / ".stoa-cache/highlight", other / ".stoa-cache/highlight")


def program_under_test():
    """The program that `STOA` names, otherwise the one that make test or swift build built last."""
    if "STOA" in os.environ:
        return pathlib.Path(os.environ["STOA"])
    built = [path for path in (ROOT / ".build/tests/release/stoa", ROOT / ".build/debug/stoa") if path.exists()]
    assert built, "there is no program: run swift build first"
    return max(built, key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def stoa():
    """The path of the built program."""
    path = program_under_test()
    assert path.exists(), f"{path} is not there: run swift build first"
    return path


@pytest.fixture(scope="session")
def example_site(stoa, tmp_path_factory):
    """The example community's site."""
    site = tmp_path_factory.mktemp("example") / "site"
    run(stoa, "build", "--source", ROOT, "--output", site)
    return site


@pytest.fixture(scope="session")
def shared():
    """The folder of third-party data; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    return SHARED


def launch(playwright):
    """Starts Chromium, if possible its headless build, which takes a quarter of the time for the same pages."""
    programs = map(shutil.which, ["chromium-headless-shell", "chromium", "chromium-browser"])
    program = next(filter(None, programs), None)
    assert program, "chromium is not there: make test installs it"
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def browser():
    """The shared browser: one thread cannot drive two."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()

"""The output and exit code of `stoa build` when the machine or the caller is at fault."""

import os
import shutil
import stat
import subprocess

import pytest

from conftest import ROOT, run

SITE = ROOT / "Tests" / "Sites" / "valid" / "threads"
NOBODY = 65534


@pytest.fixture
def community(tmp_path):
    """A copy of a small community that anybody may read."""
    return shutil.copytree(SITE, tmp_path / "community", ignore=shutil.ignore_patterns("expected*"))


def build(stoa, community, *arguments, **options):
    return run(stoa, "build", "--source", community, *arguments, check=False, **options)


def without_privileges(stoa, community, *arguments):
    """Builds as a user whom permissions restrict, unlike root."""
    command = [str(part) for part in (stoa, "build", "--source", community, *arguments)]
    if os.geteuid() != 0:
        return subprocess.run(command, capture_output=True, text=True)
    # Only root may have access to the program's folder.
    program = community.parent / "stoa"
    shutil.copy2(stoa, program)
    for folder in [community.parent, *community.parent.parents]:
        if folder.owner() == "root" and len(folder.parts) > 2:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    command[0] = str(program)
    environment = {**os.environ, "TMPDIR": "/var/tmp"}
    return subprocess.run(
        command, capture_output=True, text=True, user=NOBODY, group=NOBODY, extra_groups=[], env=environment)


def in_small_memory(folder, options, *command):
    """Runs a command while a separate file system is mounted on a folder."""
    mounted = 'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"'
    arguments = ["sh", "-c", mounted, "sh", options, folder, *command]
    script = ["unshare", "--mount", "--map-root-user", *map(str, arguments)]
    result = subprocess.run(script, capture_output=True, text=True)
    if "unshare:" in result.stderr or "mount:" in result.stderr:
        pytest.skip(f"no file system can be mounted here: {result.stderr.strip()}")
    return result


def test_a_full_disk_is_status_74_and_the_path(stoa, community, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    result = in_small_memory(full, "size=64k", stoa, "build", "--source", community, "--output", full / "site")
    assert result.returncode == 74
    assert result.stderr.startswith(f"stoa: {full}/site/")
    assert result.stderr.endswith(": No space left on device\n")
    assert result.stdout == ""


def test_a_read_only_folder_is_status_74_and_the_path(stoa, community, tmp_path):
    folder = tmp_path / "read-only"
    folder.mkdir()
    result = in_small_memory(folder, "ro", stoa, "build", "--source", community, "--output", folder / "site")
    assert result.returncode == 74
    assert result.stderr == f"stoa: {folder}/site: Read-only file system\n"


def test_a_full_temporary_folder_is_status_74_and_the_path(stoa, community, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    # Documents that an earlier build parsed need no space.
    shutil.rmtree(community / ".stoa-cache", ignore_errors=True)
    result = in_small_memory(
        full, "size=4k,nr_inodes=1", "env", f"TMPDIR={full}", stoa, "build", "--source", community)
    assert result.returncode == 74
    assert result.stderr.startswith(f"stoa: {full}: ")
    assert not (community / "site").exists()


def test_files_that_may_not_grow_are_no_fault_of_the_content(stoa, community, tmp_path):
    limited = 'ulimit -f 1 && exec "$@"'
    result = run("sh", "-c", limited, "sh", stoa, "build", "--source", community, check=False)
    assert result.returncode == 74
    assert result.stderr.endswith(": File too large\n")


def test_a_folder_without_permission_is_status_74_and_the_path(stoa, community):
    community.chmod(0o755)
    result = without_privileges(stoa, community, "--output", community / "site")
    assert result.returncode == 74
    assert result.stderr == f"stoa: {community}/site: Permission denied\n"


def test_a_file_that_may_not_be_read_is_a_diagnostic(stoa, community):
    (community / "content/responses/slack-rope/b-reply.md").chmod(0)
    result = without_privileges(stoa, community, "--output", community / "site")
    assert result.returncode == 1
    assert (
        "content/responses/slack-rope/b-reply.md: error: the file cannot be read: Permission denied; "
        "check its permissions [unreadable-file]\n" in result.stderr
    )


def test_a_folder_of_content_that_may_not_be_listed_is_status_74_and_the_path(stoa, community):
    folder = community / "content/responses/slack-rope"
    folder.chmod(0)
    result = without_privileges(stoa, community, "--output", community / "site")
    folder.chmod(0o755)
    assert result.returncode == 74
    assert result.stderr == f"stoa: {folder}: Permission denied\n"


def test_without_stoa_yml_there_is_no_community(stoa, tmp_path):
    result = build(stoa, tmp_path)
    assert result.returncode == 1
    assert (
        result.stderr.splitlines()[0]
        == "stoa.yml: error: there is no stoa.yml; a community begins with one that has a title [missing-settings]"
    )
    result = run(stoa, "build", cwd=tmp_path, check=False)
    assert result.returncode == 64
    assert result.stderr == f"stoa: there is no stoa.yml in {tmp_path} or above it: stoa init creates one\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--jobs", "0"], "--jobs takes a number from 1 to 256"),
        (["--as-of", "yesterday"], "“yesterday” is not a date: write one such as 2026-03-04"),
        (["--audience", "team"], "stoa.yml lists no audiences"),
        (["--source", "/nowhere"], "there is no folder /nowhere"),
        (["--nonsense"], "Unknown option '--nonsense'"),
    ],
)
def test_wrong_usage_is_status_64(stoa, community, arguments, words):
    result = build(stoa, community, *arguments)
    assert result.returncode == 64
    assert words in result.stderr
    assert not (community / "site").exists()

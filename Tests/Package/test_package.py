"""The result of Tools/package, with a script in place of the program; make trust builds the program itself, twice."""

import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

import pytest
import yaml
from conftest import ROOT, run

from .release import MACHINE, script

sys.path.insert(0, str(ROOT / "Tools"))

VERSION = re.search(r'"(.*)"', (ROOT / "Sources/Model/StoaVersion.swift").read_text())[1]
PROGRAM = script(VERSION) + b'[ "$1" != completions ] || echo "completions for $2"\n'
IS_LONG = os.environ.get("STOA_TRUST_PACKAGE")

needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not there")


def package(folder, **environment):
    """The files that are made in a folder, with a program that has minimal output."""
    folder.mkdir()
    program = folder / "program"
    program.write_bytes(PROGRAM)
    program.chmod(0o755)
    run(
        ROOT / "Tools/package", "--program", program, "--output", folder / "dist", "--scratch", folder / "scratch",
        STOA_REPOSITORY="https://forge.example/people/stoa", **environment,
    )
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return package(tmp_path_factory.mktemp("package") / "first")


@needs_dpkg
def test_two_runs_in_two_folders_give_the_same_bytes(made, tmp_path):
    os.umask(os.umask(0o077))
    assert package(tmp_path / "second", TZ="Pacific/Auckland", LC_ALL="C") == made


@needs_dpkg
def test_the_sums_are_those_of_the_files(made):
    sums = dict(reversed(line.split("  ")) for line in made["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in made.items() if name != "SHA256SUMS"}
    assert set(sums) == {
        "install.sh", "stoa.schema.json", f"stoa-{VERSION}-linux-{MACHINE}.tar.gz", f"stoa-{VERSION}.spdx.json",
        f"stoa_{VERSION}_{'amd64' if MACHINE == 'x86_64' else 'arm64'}.deb",
    }
    assert b"repository='https://forge.example/people/stoa'" in made["install.sh"]


@needs_dpkg
def test_the_tarball_says_nothing_of_who_made_it(made):
    top = f"stoa-{VERSION}-linux-{MACHINE}"
    with tarfile.open(fileobj=io.BytesIO(made[f"{top}.tar.gz"])) as archive:
        entries = archive.getmembers()
    assert {entry.name.split("/")[0] for entry in entries} == {top}
    assert {(entry.uid, entry.gid, entry.uname, entry.mtime) for entry in entries} == {(0, 0, "root", 1782000000)}
    modes = {entry.name.removeprefix(f"{top}/"): entry.mode for entry in entries if entry.isfile()}
    assert modes["bin/stoa"] == 0o755 and set(modes.values()) == {0o755, 0o644}
    for path in ["share/bash-completion/completions/stoa", "share/zsh/site-functions/_stoa", "share/fish/vendor_completions.d/stoa.fish", "share/doc/stoa/LICENSE"]:
        assert path in modes


@needs_dpkg
def test_the_deb_says_what_it_needs(made, tmp_path):
    name = next(name for name in made if name.endswith(".deb"))
    (tmp_path / name).write_bytes(made[name])
    fields = {field: run("dpkg-deb", "--field", tmp_path / name, field).stdout.strip() for field in ["Version", "Depends", "Recommends", "Suggests"]}
    assert fields == {"Version": VERSION, "Depends": "libc6 (>= 2.35), tzdata", "Recommends": "git", "Suggests": "graphviz, pandoc, python3-pygments"}
    run("dpkg-deb", "--extract", tmp_path / name, tmp_path / "root")
    assert (tmp_path / "root/usr/bin/stoa").read_bytes() == PROGRAM
    assert (tmp_path / "root/usr/share/zsh/vendor-completions/_stoa").read_text() == "completions for zsh\n"


@needs_dpkg
def test_the_list_of_what_is_in_it_is_spdx(made):
    document = json.loads(made[f"stoa-{VERSION}.spdx.json"])
    assert document["spdxVersion"] == "SPDX-2.3" and document["creationInfo"]["created"] == "2026-06-21T00:00:00Z"
    ids = [package["SPDXID"] for package in document["packages"]]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", id) for id in ids)
    stoa = document["packages"][0]
    assert stoa["checksums"][0]["checksumValue"] == hashlib.sha256(made[f"stoa-{VERSION}-linux-{MACHINE}.tar.gz"]).hexdigest()


@pytest.mark.parametrize("address", ["http://forge.example/people/stoa", "https://user:key@forge.example/people/stoa", 'https://forge.example/a"b', "https://forge.example"])
def test_a_repository_that_is_none_is_refused(tmp_path, address):
    result = run(ROOT / "Tools/package", "--program", "/bin/true", "--output", tmp_path, check=False, STOA_REPOSITORY=address)
    assert result.returncode == 1 and "STOA_REPOSITORY" in result.stderr


# Version, CHANGELOG.md and tag.

def notes(*arguments):
    return subprocess.run([ROOT / "Tools/release-notes", *arguments], capture_output=True, text=True)


def test_version_changelog_and_tag_agree():
    assert notes().returncode == 0, notes().stderr
    tags = run("git", "-C", ROOT, "tag", "--points-at", "HEAD", "--list", "v*").stdout.split()
    for tag in tags:
        assert notes(tag).returncode == 0, notes(tag).stderr


@pytest.mark.parametrize("version, changelog, tag, reason", [
    ("0.2.0", "## Unreleased\n\n- New.\n", None, None),
    ("0.2.0", "## Unreleased\n\n- New.\n\n## 0.1.0 - 2026-01-01\n", None, None),
    ("0.2.0", "## 0.2.0 - 2026-02-01\n\n- New.\n", "v0.2.0", None),
    ("0.10.0", "## 0.10.0 - 2026-02-01\n\n- New.\n\n## 0.9.0 - 2026-01-01\n", "v0.10.0", None),
    ("0.2.0", "## 0.2.0 - 2026-02-01\n\n- New.\n", "v0.3.0", "the tag is v0.3.0"),
    ("0.2.0", "## Unreleased\n\n- New.\n", "v0.2.0", "must be ## 0.2.0"),
    ("0.3.0", "## 0.2.0 - 2026-02-01\n\n- New.\n", "v0.3.0", "must be ## 0.3.0"),
    ("0.1.0", "## 0.2.0 - 2026-02-01\n\n- New.\n", None, "is at 0.2.0"),
    ("0.3.0", "## 0.2.0 - 2026-02-01\n\n- New.\n", None, "has no section for it"),
    ("0.2.0", "## 0.1.0 - 2026-02-01\n\n## 0.2.0 - 2026-02-01\n", None, "not in order"),
    ("0.2.0", "## 0.2.0 (soon)\n", None, "has a section"),
    ("0.2", "## Unreleased\n", None, "no version"),
])
def test_what_does_not_agree_is_named(tmp_path, version, changelog, tag, reason):
    (tmp_path / "Sources/Model").mkdir(parents=True)
    (tmp_path / "Tools").mkdir()
    shutil.copy(ROOT / "Tools/release-notes", tmp_path / "Tools")
    (tmp_path / "Sources/Model/StoaVersion.swift").write_text(f'package let stoaVersion = "{version}"\n')
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog}")
    result = subprocess.run([tmp_path / "Tools/release-notes", *([tag] if tag else [])], capture_output=True, text=True)
    if reason:
        assert result.returncode == 1 and reason in result.stderr
    else:
        assert (result.returncode, result.stdout) == (0, "- New.\n"), result.stderr


# Scripts and workflows that make or use releases.

def test_tools_have_one_version_everywhere():
    texts = {name: (ROOT / name).read_text() for name in ["starter/install-stoa", "Tools/run-action", "Containerfile"]}
    for tool in ["pygments"]:
        found = {name: re.findall(rf"{tool}(?:\[bin\])?={{1,2}}(\d[\d.]*)", text, re.I) for name, text in texts.items()}
        assert all(found.values()) and len({version for versions in found.values() for version in versions}) == 1, found


WORKFLOWS = [".github/workflows/release.yml", ".github/workflows/libraries.yml", ".forgejo/workflows/release.yml"]


@pytest.mark.parametrize("file", WORKFLOWS)
def test_workflows_trust_nobody_s_tags_and_hand_out_no_rights(file):
    text = (ROOT / file).read_text()
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for line in text.splitlines():
        if uses := re.search(r"uses: (\S+)(.*)", line):
            assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", uses[1] + uses[2]), line
        if image := re.search(r"(?:image|container|-): ?(\w+:\S+)|- (debian:\S+)", line):
            assert re.search(r"@sha256:[0-9a-f]{64}$", line), image[0]
    for name, job in workflow["jobs"].items():
        assert all("${{" not in step.get("run", "") for step in job["steps"])
        # A job that can write to the repository does not run built files.
        if "write" in job["permissions"].values() and file.startswith(".github"):
            assert not re.search("make |stoa ", "\n".join(step.get("run", "") for step in job["steps"])), name


@pytest.mark.parametrize("file", [ROOT / ".gitlab-ci.yml", ROOT / ".gitlab/stoa.yml", ROOT / "action.yml"])
def test_files_for_forges_are_yaml(file):
    documents = list(yaml.safe_load_all(file.read_text()))
    assert all(documents)
    for image in re.findall(r"image: (\S+)", file.read_text()):
        assert image.startswith("$") or "@sha256:" in image


def test_the_action_installs_and_runs_a_command(tmp_path):
    from .release import Forge, files

    forge = Forge()
    forge.releases["0.2.0"] = files("0.2.0", program=b'#!/bin/sh\n[ "$1" = --version ] && exec echo 0.2.0\nprintf "<%s>" "$@"\n')
    variables = {"STOA_VERSION": "", "STOA_COMMAND": "build", "STOA_BASE_URL": "https://a.example", "STOA_ARGUMENTS": "--output\na b\n$(touch taken)"}
    with forge.served() as address:
        path = tmp_path / "path"
        result = run(ROOT / "Tools/run-action", cwd=tmp_path, STOA_REPOSITORY=address, RUNNER_TEMP=str(tmp_path), GITHUB_PATH=str(path), **variables)
        assert result.stdout.endswith("<build><--base-url><https://a.example><--output><a b><$(touch taken)>")
        assert path.read_text().splitlines()[0] == str(tmp_path / "stoa")
        checked = run(
            ROOT / "Tools/run-action", cwd=tmp_path, STOA_REPOSITORY=address, RUNNER_TEMP=str(tmp_path), GITHUB_ACTIONS="true",
            **{**variables, "STOA_COMMAND": "check", "STOA_BASE_URL": "", "STOA_ARGUMENTS": "", "STOA_VERSION": "0.2.0"},
        )
        assert checked.stdout.endswith("<check><--format><github>")
    assert not (tmp_path / "taken").exists()


def test_without_proc_a_command_says_so(stoa):
    if subprocess.run(["unshare", "--mount", "--map-root-user", "true"], capture_output=True).returncode:
        pytest.skip("no namespace of one's own is to be had here")
    result = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", f"mount -t tmpfs none /proc && exec '{stoa}' --version"],
        capture_output=True, text=True,
    )
    assert (result.returncode, result.stdout) == (74, "")
    assert result.stderr == "stoa: the arguments cannot be read: /proc is not mounted\n"


# In the long form: make trust.

@pytest.mark.skipif(not IS_LONG, reason="takes an hour; make trust")
@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_the_package_works_on_a_bare_system(suite, shared, tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    shutil.copy(shared / "disqus/disqus.xml", exports)
    shutil.copy(shared / "wordpress/themeunittestdata.wordpress.xml", exports / "wordpress.xml")
    dist = pathlib.Path(IS_LONG) if os.path.isdir(IS_LONG) else ROOT / "dist"
    if dist == ROOT / "dist":
        subprocess.run([ROOT / "Tools/package"], check=True)
    subprocess.run([ROOT / "Tools/try-package", "--chroot", suite, dist, exports], check=True)


@pytest.mark.skipif(not IS_LONG, reason="takes an hour; make trust")
def test_two_builds_in_two_folders_are_the_same_bytes(tmp_path):
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "clone"], check=True)
    shutil.copy(ROOT / "Package.resolved", tmp_path / "clone")
    for folder in [ROOT, tmp_path / "clone"]:
        subprocess.run([folder / "Tools/package"], check=True)
    assert (ROOT / "dist/SHA256SUMS").read_bytes() == (tmp_path / "clone/dist/SHA256SUMS").read_bytes()

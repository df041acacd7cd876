"""install.sh, with made-up releases over loopback."""

import os
import pathlib
import shutil
import subprocess

import pytest
from conftest import ROOT

from .release import MACHINE, Forge, files, script, tarball

SCRIPT = ROOT / "Tools/install.sh"


@pytest.fixture
def forge():
    forge = Forge()
    forge.releases["0.2.0"] = files("0.2.0")
    with forge.served() as address:
        forge.address = address
        yield forge


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def install(forge, home, *arguments, path=None, shell="sh", text=None, **environment):
    variables = {"HOME": str(home), "PATH": path or os.environ["PATH"], "STOA_REPOSITORY": forge.address, "TMPDIR": str(home), **environment}
    script = SCRIPT.read_text() if text is None else text
    return subprocess.run([shell, "-s", "--", *map(str, arguments)], input=script, env=variables, cwd=home, capture_output=True, text=True)


def present(home):
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def version(program):
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def tools(folder, *missing, **scripts):
    """A folder for PATH with all programs that the script calls, except those to omit, and with scripts of ours."""
    folder.mkdir()
    for name in "awk cat chmod cp curl cut dirname find grep gzip head mkdir mktemp mv rm sed sh sha256sum tar uname wc wget".split():
        if name not in missing and name not in scripts and (found := shutil.which(name)):
            (folder / name).symlink_to(found)
    for name, text in scripts.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("form", ["github", "forgejo", "gitlab"])
def test_the_newest_release_of_any_forge_is_installed(home, form):
    forge = Forge(form)
    forge.releases |= {"0.2.0": files("0.2.0"), "0.10.0": files("0.10.0")}
    with forge.served() as forge.address:
        result = install(forge, home)
    assert result.returncode == 0, result.stderr
    assert "Installed Stoa 0.10.0" in result.stdout and str(home / ".local/bin/stoa") in result.stdout
    assert "export PATH=" in result.stdout
    assert version(home / ".local/bin/stoa") == "0.10.0"
    assert present(home) == [
        ".local/bin/stoa", ".local/share/bash-completion/completions/stoa", ".local/share/man/man1/stoa.1",
    ]


def test_a_given_folder_gets_the_program_alone(forge, home):
    result = install(forge, home, "--to", "tools here")
    assert result.returncode == 0, result.stderr
    assert present(home) == ["tools here/stoa"]
    assert str(home / "tools here") in result.stdout


def test_it_updates_goes_back_and_can_be_run_again(forge, home):
    assert "Installed Stoa 0.2.0:" in install(forge, home).stdout
    assert "Installed Stoa 0.2.0 again" in install(forge, home).stdout
    forge.releases["0.3.0"] = files("0.3.0")
    assert "Updated Stoa from 0.2.0 to 0.3.0" in install(forge, home).stdout
    assert "Updated Stoa from 0.3.0 to 0.2.0" in install(forge, home, "--version", "v0.2.0").stdout
    assert version(home / ".local/bin/stoa") == "0.2.0"


@pytest.mark.parametrize("missing", ["curl", "wget"])
def test_curl_or_wget_is_enough(forge, home, tmp_path, missing):
    result = install(forge, home, path=tools(tmp_path / "bin", missing))
    assert result.returncode == 0, result.stderr
    lost = install(forge, home, "--version", "9.9.9", path=str(tmp_path / "bin"))
    assert lost.returncode == 1 and "there is no release 9.9.9" in lost.stderr


def refused(forge, home, reason, *arguments, status=1, **options):
    """The script refuses with the reason, and changes nothing that is installed."""
    if not (home / ".local/bin/stoa").exists():
        (home / ".local/bin").mkdir(parents=True)
        (home / ".local/bin/stoa").write_bytes(script("0.1.0"))
        (home / ".local/bin/stoa").chmod(0o755)
    result = install(forge, home, *arguments, **options)
    assert result.returncode == status, result.stdout + result.stderr
    assert reason in result.stderr and "install.sh: " in result.stderr
    assert present(home) == [".local/bin/stoa"]
    assert version(home / ".local/bin/stoa") == "0.1.0"


def test_a_tampered_file_is_refused(forge, home):
    name, data = tarball("0.2.0")
    forge.releases["0.2.0"][name] = data[:-1] + bytes([data[-1] ^ 1])
    refused(forge, home, "is not the file that the release names")


def test_a_truncated_file_is_refused(forge, home):
    name, data = tarball("0.2.0")
    forge.releases["0.2.0"][name] = data[: len(data) // 2]
    refused(forge, home, "is not the file that the release names")


@pytest.mark.parametrize("missing", ["curl", "wget"])
def test_a_download_that_breaks_off_is_refused(forge, home, tmp_path, missing):
    forge.breaks_off = ".tar.gz"
    result_path = tools(tmp_path / "bin", missing)
    refused(forge, home, "nothing was changed", path=result_path)


@pytest.mark.parametrize("sums", [b"", b"<!DOCTYPE html>\n<title>Sign in</title>\n", b"0123  stoa-0.2.0-linux-x86_64.tar.gz\n"])
def test_a_release_without_a_sum_is_refused(forge, home, sums):
    forge.releases["0.2.0"]["SHA256SUMS"] = sums
    refused(forge, home, "no list of sums")


def test_a_release_without_a_list_of_sums_is_none(forge, home):
    del forge.releases["0.2.0"]["SHA256SUMS"]
    refused(forge, home, "there is no release of Stoa")


def test_a_file_that_is_named_and_not_there_is_refused(forge, home):
    del forge.releases["0.2.0"][tarball("0.2.0")[0]]
    refused(forge, home, "does not have it")


@pytest.mark.parametrize("system, reason", [("Linux riscv64", "this machine (riscv64)"), ("Darwin arm64", "this is Darwin")])
def test_an_unknown_machine_is_refused(forge, home, tmp_path, system, reason):
    name, machine = system.split()
    uname = f'#!/bin/sh\n[ "$1" = -s ] && echo {name} || echo {machine}\n'
    refused(forge, home, reason, path=tools(tmp_path / "bin", uname=uname))


def test_a_program_that_does_not_run_here_is_refused(forge, home):
    forge.releases["0.2.0"] = files("0.2.0", program=b"#!/bin/sh\necho 'GLIBC_2.35 not found' >&2\nexit 1\n")
    refused(forge, home, "needs glibc 2.35 or newer")


def test_a_program_of_another_version_is_refused(forge, home):
    forge.releases["0.2.0"] = files("0.2.0", program=script("6.6.6"))
    refused(forge, home, "calls itself 6.6.6")


def test_a_release_that_holds_another_version_is_refused(forge, home):
    forge.releases["0.3.0"] = files("0.2.0")
    refused(forge, home, "holds 0.2.0", "--version", "0.3.0")


def test_two_programs_for_one_machine_are_refused(forge, home):
    forge.releases["0.2.0"]["SHA256SUMS"] *= 2
    refused(forge, home, "several programs")


@pytest.mark.parametrize("arguments", [["--to"], ["--version"], ["--version", "../../x"], ["here"], ["--version", "a b"]])
def test_arguments_that_make_no_sense_are_refused(forge, home, arguments):
    refused(forge, home, "", *arguments, status=64)
    assert forge.asked == []


@pytest.mark.parametrize("address", ["", "@repository@", "http://forge.example/people/stoa", "ftp://forge.example/stoa", "http://127.0.0.1.example/stoa"])
def test_only_the_web_is_asked_and_only_safely(forge, home, address):
    refused(forge, home, "https address", status=64, STOA_REPOSITORY=address)


def test_half_a_script_does_nothing(forge, home):
    text = SCRIPT.read_text()
    for length in [*range(0, len(text) - 2, 97), *range(len(text) - 40, len(text) - 2)]:
        install(forge, home, text=text[:length])
        assert present(home) == [], length
    assert forge.asked == []


def test_a_full_disk_leaves_what_was_there(forge, home, tmp_path):
    copy = '#!/bin/sh\nfor last; do :; done\ncase $last in */stoa.new.*) echo half >"$last"; exit 1 ;; esac\nexec /bin/cp "$@"\n'
    refused(forge, home, "cannot be written", path=tools(tmp_path / "bin", cp=copy))


def test_the_script_is_sound():
    subprocess.run(["sh", "-n", SCRIPT], check=True)
    checker = shutil.which("shellcheck") or ROOT / ".venv/bin/shellcheck"
    if pathlib.Path(checker).exists():
        for name in ["install.sh", "static-libraries"]:
            subprocess.run([checker, ROOT / "Tools" / name], check=True)


def test_machines_have_the_names_of_releases():
    assert MACHINE in {"x86_64", "aarch64"}

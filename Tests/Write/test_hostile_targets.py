"""A build changes only its own files, whatever output folder it gets and whatever the folder contains."""

import contextlib
import fcntl
import os
import pathlib
import resource
import signal
import subprocess
import tempfile

import pytest

from small import SETTINGS, community, post, tree, write

INPUT_OUTPUT = 74


def build(stoa, root, output, *more, **options):
    return subprocess.run(
        [stoa, "build", "--source", root, "--output", output, "--as-of", "2026-06-01", "--jobs", "1", *more],
        capture_output=True, text=True, timeout=60, **options,
    )


@pytest.fixture
def place(tmp_path):
    """A community's folder, and a file outside of it that must not change."""
    community(tmp_path / "work" / "community")
    (tmp_path / "treasure").mkdir()
    (tmp_path / "treasure" / "gold.html").write_text("gold")
    return tmp_path


def assert_refused(done, said=""):
    assert done.returncode == INPUT_OUTPUT, done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    "target, said",
    [
        ("/", "root of the file system"),
        ("{home}", "home folder"),
        ("{root}", "own files"),
        ("{root}/..", "own files"),
        ("{root}/content", "content folder"),
        ("{root}/content/posts", "content folder"),
        ("{root}/templates", "templates folder"),
        ("{root}/.git/site", ".git folder"),
        ("{root}/./content/../content", "content folder"),
        ("{root}/stoa.yml", "not a folder"),
        ("{root}/stoa.yml/site", ""),
        ("/dev/null", "not a folder"),
        ("/proc/stoa", ""),
    ],
)
def test_folders_that_are_no_place_for_a_site(stoa, place, target, said):
    root = place / "work" / "community"
    home = place / "home"
    home.mkdir()
    (home / "letter.txt").write_text("dear")
    before = tree(place)
    done = build(stoa, root, target.format(home=home, root=root), env={**os.environ, "HOME": str(home)})
    assert_refused(done, said)
    assert tree(place) == before


def test_a_link_in_place_of_the_folder(stoa, place):
    link = place / "site"
    link.symlink_to(place / "treasure")
    before = tree(place)
    assert_refused(build(stoa, place / "work" / "community", link), "symbolic link")
    assert tree(place) == before


def test_a_link_on_the_way_to_content(stoa, place):
    root = place / "work" / "community"
    (place / "way").symlink_to(root / "content")
    before = tree(place)
    assert_refused(build(stoa, root, place / "way" / "site"), "content folder")
    assert tree(place) == before


@pytest.mark.parametrize("plant", ["file", "folder", "link", "dangling", "fifo"])
@pytest.mark.parametrize("where", ["index.html", "posts/one/index.html", "feed.xml"])
def test_something_foreign_in_place_of_a_file(stoa, place, plant, where):
    site = place / "site"
    path = site / where
    path.parent.mkdir(parents=True)
    match plant:
        case "file": path.write_text("mine")
        case "folder": path.mkdir()
        case "link": path.symlink_to(place / "treasure" / "gold.html")
        case "dangling": path.symlink_to(place / "treasure" / "new.html")
        case "fifo": os.mkfifo(path)
    before = tree(place)
    assert_refused(build(stoa, place / "work" / "community", site), where)
    assert tree(place) == before


@pytest.mark.parametrize("plant", ["file", "link"])
@pytest.mark.parametrize("where", ["posts", "posts/one", "topics"])
def test_something_foreign_in_place_of_a_folder(stoa, place, plant, where):
    path = place / "site" / where
    path.parent.mkdir(parents=True)
    path.write_text("mine") if plant == "file" else path.symlink_to(place / "treasure")
    before = tree(place)
    assert_refused(build(stoa, place / "work" / "community", place / "site"), where)
    assert tree(place) == before


def test_files_that_are_not_in_the_way_stay(stoa, place):
    root, site = place / "work" / "community", place / "site"
    foreign = {".git/config": "git", ".gitignore": "*", "CNAME": "a.example", "posts/mine.txt": "mine", "posts/one/b.txt": "b"}
    write(site, foreign)
    (site / "stoa.yml").unlink()
    assert build(stoa, root, site).returncode == 0
    (root / "content/posts/one.md").unlink()
    assert build(stoa, root, site).returncode == 0
    assert not (site / "posts/one/index.html").exists()
    assert {name: (site / name).read_text() for name in foreign} == foreign
    subprocess.run([stoa, "clean", "--source", root, "--output", site], check=False)


def test_a_file_that_somebody_changed(stoa, place):
    root, site = place / "work" / "community", place / "site"
    assert build(stoa, root, site).returncode == 0
    page = site / "posts/two/index.html"
    page.write_text("my own words")
    write(root, post("two", "Other words."))
    before = tree(place)
    assert_refused(build(stoa, root, site), "changed by hand")
    assert tree(place) == before
    (root / "content/posts/two.md").unlink()
    (root / "content/responses/two/r1.md").unlink()
    (root / "content/responses/two").rmdir()
    build(stoa, root, site)
    assert page.read_text() == "my own words"


def test_a_file_that_somebody_changed_in_secret(stoa, place):
    """It has the size and the time that it had, and the build has other things to write."""
    root, site = place / "work" / "community", place / "site"
    write(root, post("three", "Nothing."))
    assert build(stoa, root, site).returncode == 0
    page = site / "posts/two/index.html"
    status = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Words.", b"Swords"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    write(root, post("three", "Something."))
    assert_refused(build(stoa, root, site), "changed by hand")


@pytest.mark.parametrize(
    "path",
    ["../treasure/gold.html", "posts/../../treasure/gold.html", "{place}/treasure/gold.html", "/etc/hostname",
     # To Swift, a slash and an accent are one Character; to the system, the slash is still a slash.
     "../\u0301gold.html"],
)
def test_a_manifest_that_somebody_planted(stoa, place, path):
    """The manifest claims that an earlier build wrote files outside."""
    (place / "\u0301gold.html").write_text("gold")
    site = place / "site"
    write(site, {".stoa-manifest": "stoa manifest 1\naudience \nbase-url \n0 - " + path.format(place=place) + "\n"})
    (site / "stoa.yml").unlink()
    before = tree(place)
    assert_refused(build(stoa, place / "work" / "community", site), "manifest")
    assert tree(place) == before
    subprocess.run([stoa, "clean", "--source", place / "work" / "community", "--output", site], check=False)
    assert (place / "treasure" / "gold.html").read_text() == "gold"
    assert (place / "\u0301gold.html").read_text() == "gold"


def test_a_link_in_place_of_a_folder_that_is_no_longer_needed(stoa, place):
    """The manifest's entry does not match the present file."""
    root, site = place / "work" / "community", place / "site"
    assert build(stoa, root, site).returncode == 0
    (site / "posts/one").rename(place / "treasure" / "one")
    (site / "posts/one").symlink_to(place / "treasure" / "one")
    (root / "content/posts/one.md").unlink()
    before = tree(place / "treasure")
    build(stoa, root, site)
    assert tree(place / "treasure") == before


def test_a_folder_that_another_build_holds(stoa, place):
    site = place / "site"
    site.mkdir()
    lock = os.open(site, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert_refused(build(stoa, place / "work" / "community", site), "another build")
    assert not any(site.iterdir())
    os.close(lock)
    assert build(stoa, place / "work" / "community", site).returncode == 0


def test_the_folder_of_another_audience(stoa, place):
    root, site = place / "work" / "community", place / "site"
    community(root, SETTINGS + "audiences: [team, public]\ndefault-audience: public\n")
    assert build(stoa, root, site).returncode == 0
    before = tree(site)
    assert_refused(build(stoa, root, site, "--audience", "team"), "public")
    assert tree(site) == before


def test_a_disk_that_takes_no_more(stoa, place):
    """Simulates a full disk: the system refuses to write beyond a size, for every size."""
    root, site = place / "work" / "community", place / "site"
    write(root, post("three", "Long words. " * 2000))
    first = build(stoa, root, place / "whole")
    assert first.returncode == 0
    whole = tree(place / "whole")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))

    done = build(stoa, root, site, preexec_fn=limit)
    assert_refused(done)
    left = tree(site)
    assert all(whole[name] == left[name] for name in left if not name.startswith(".stoa"))
    assert not any(".stoa-tmp" in name for name in left)
    assert build(stoa, root, site).returncode == 0
    assert tree(site) == whole


@contextlib.contextmanager
def mounted(folder, *options):
    """A separate file system at a folder, if this process may mount one."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("kilobytes", [16, 64, 128])
def test_a_full_disk(stoa, place, kilobytes):
    root, site = place / "work" / "community", place / "site"
    write(root, post("three", "Long words. " * 2000))
    assert build(stoa, root, place / "whole").returncode == 0
    whole = tree(place / "whole")
    with mounted(site, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs"):
        assert_refused(build(stoa, root, site), "No space left")
        left = tree(site)
        assert all(whole[name] == left[name] for name in left if not name.startswith(".stoa"))
        assert not any(".stoa-tmp" in name for name in left)
        subprocess.run(["mount", "-o", "remount,size=64m", site], check=True)
        assert build(stoa, root, site).returncode == 0
        assert tree(site) == whole


def test_a_disk_that_can_only_be_read(stoa, place):
    root, site = place / "work" / "community", place / "site"
    with mounted(site, "-t", "tmpfs", "tmpfs"):
        assert build(stoa, root, site).returncode == 0
        write(root, post("one", "Other words."))
        before = tree(site)
        subprocess.run(["mount", "-o", "remount,ro", site], check=True)
        assert_refused(build(stoa, root, site), "Read-only")
        assert tree(site) == before


@pytest.fixture
def nobody(stoa):
    """Removes a process's privileges, because root may do everything."""
    if os.geteuid() != 0:
        return {}
    try:
        subprocess.run([stoa, "--version"], user=65534, group=65534, extra_groups=[], capture_output=True, check=True)
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("others than root may not run the program where it lies")
    return {"user": 65534, "group": 65534, "extra_groups": []}


@pytest.mark.parametrize("where", ["", "posts", "posts/one"])
def test_a_folder_without_permission(stoa, nobody, where):
    # Not below pytest's own folder, which other users cannot enter.
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        place.chmod(0o755)
        root, site = place / "community", place / "site"
        community(root)
        assert build(stoa, root, site).returncode == 0
        if nobody:
            for path in [site, *site.rglob("*")]:
                os.chown(path, 65534, 65534)
        (site / where).chmod(0o555)
        # A page with a new name, so that the build has to create a file.
        write(root, post("one", "Other words.") | post("two-more", "New words."))
        before = tree(site)
        assert_refused(build(stoa, root, site, **nobody), "Permission denied")
        left = tree(site)
        assert left.keys() >= before.keys()
        (site / where).chmod(0o755)
        assert build(stoa, root, site, **nobody).returncode == 0
        assert b"New words." in (site / "posts/two-more/index.html").read_bytes()


def test_clean_takes_the_cache_and_nothing_else(stoa, place):
    root = place / "work" / "community"
    write(root, {".stoa-cache/highlight": "a", ".stoa-cache/search-all": "b", ".stoa-cache/.search-all.7": "c", ".stoa-cache/.gitignore": "*\n"})
    subprocess.run([stoa, "clean", "--source", root], check=True)
    assert not (root / ".stoa-cache").exists()
    write(root, {".stoa-cache/highlight": "a", ".stoa-cache/letter.txt": "dear"})
    subprocess.run([stoa, "clean", "--source", root], check=True)
    assert [path.name for path in (root / ".stoa-cache").iterdir()] == ["letter.txt"]
    (root / ".stoa-cache/letter.txt").unlink()
    (root / ".stoa-cache").rmdir()
    (root / ".stoa-cache").symlink_to(place / "treasure")
    (place / "treasure" / "highlight").write_text("gold")
    subprocess.run([stoa, "clean", "--source", root], check=True)
    assert (place / "treasure" / "highlight").exists()
